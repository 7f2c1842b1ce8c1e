import { ApiProperty } from '@nestjs/swagger';
import { Count, ListOf, Maybe, OneOf, Text } from '@scheduling/contracts';
import { Matches } from 'class-validator';
import { REQUEST_FAULTS, type RequestFaultKind } from './request-faults.ts';
import { MOST_MS, Share } from './share.ts';

/** One way in which requests go wrong; without `times` and `share` it meets every request. */
export class RequestFaultBody {
  /**
   * `status` answers so, `reset` cuts the connection before anything happens, `drop_reply` after all has happened,
   * `hang` never answers.
   */
  @OneOf(REQUEST_FAULTS)
  readonly kind!: RequestFaultKind;

  /** The status to answer, for `status`. */
  @Maybe()
  @Count(400, 599)
  readonly status?: number;

  /** The word that the answer gives for it, such as Google's `rateLimitExceeded`. */
  @Maybe()
  @Text(1, 60)
  readonly reason?: string;

  /** How long the answer asks to be left in peace, in seconds. */
  @Maybe()
  @Count(0, 3600)
  readonly retry_after_s?: number;

  /** Only the next so many requests that it fits. */
  @Maybe()
  @Count(1, 1_000_000)
  readonly times?: number;

  /** Only this share of the requests that it fits. */
  @Maybe()
  @Share()
  readonly share?: number;

  /** Only requests of this method. */
  @Maybe()
  @OneOf(['GET', 'POST', 'PUT', 'PATCH', 'DELETE'])
  readonly method?: string;

  /** Only requests to this path; `*` stands for one segment. */
  @Maybe()
  @Matches(/^\/[\w/*.%@-]{1,300}$/)
  @ApiProperty({ type: String, example: '/v1/payment_intents/*/capture' })
  readonly path?: string;
}

/** What goes wrong with requests from now on, in place of what was said before; what is left out goes well. */
export class RequestFaultsBody {
  /** Whoever sets the same seed meets the same faults; 1, if nothing is said. */
  @Maybe()
  @Count(0, 2 ** 32 - 1)
  readonly seed?: number;

  /** How long each answer takes, in milliseconds. */
  @Maybe()
  @Count(0, MOST_MS)
  readonly latency_ms?: number;

  /** The first one that fits meets a request. */
  @Maybe()
  @ListOf(() => RequestFaultBody, 20)
  readonly requests?: RequestFaultBody[];
}

/** What goes wrong with what a provider tells us by itself. */
export class CallFaultsBody {
  /** The share that is sent twice. */
  @Maybe()
  @Share()
  readonly duplicate?: number;

  /** The share that is sent only after what follows it. */
  @Maybe()
  @Share()
  readonly reorder?: number;

  /** The share that is never sent. */
  @Maybe()
  @Share()
  readonly lose?: number;

  /** How long each is held back, in milliseconds. */
  @Maybe()
  @Count(0, MOST_MS)
  readonly delay_ms?: number;
}
