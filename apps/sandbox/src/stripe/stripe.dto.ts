import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Count, Instant, ListOf, Maybe, Nullable, OneOf, Part } from '@scheduling/contracts';
import { IsNumber, Matches, Max, Min } from 'class-validator';
import type Stripe from 'stripe';
import { type Card, CARDS } from './cards.ts';
import { MOST_KEPT } from './kept.ts';
import { type RefundFate, REFUNDS } from './refund-fate.ts';
import { REQUEST_FAULTS, type RequestFaultKind } from './faults.ts';

/** A part of all cases, between 0 and 1. */
const Share = () =>
  applyDecorators(IsNumber(), Min(0), Max(1), ApiProperty({ type: 'number', minimum: 0, maximum: 1 }));

const MOST_MS = 600_000;

/** Names one intent in a path. */
export class IntentParams {
  /** `pi_…` or `seti_…`. */
  @Matches(/^(pi|seti)_\w{1,60}$/)
  readonly id!: string;
}

/** With what a person pays. */
export class PayBody {
  /** What the card does. */
  @OneOf(CARDS)
  readonly card!: Card;
}

/** An intent as people see it. */
export class IntentView {
  /** `pi_…` for a payment, `seti_…` for a card that is to be saved. */
  @ApiProperty()
  readonly id!: string;

  /** Stripe's word, such as `requires_capture`. */
  @ApiProperty()
  readonly status!: string;

  /** In the currency's smallest unit; null where a card is saved. */
  @Nullable()
  @Count(1, Number.MAX_SAFE_INTEGER)
  readonly amount!: number | null;

  /** In small letters; null where a card is saved. */
  @ApiProperty({ type: String, nullable: true })
  readonly currency!: string | null;

  /** What its maker noted, such as the booking. */
  @ApiProperty({ type: 'object', additionalProperties: { type: 'string' } })
  readonly metadata!: Record<string, string>;

  /** When it was made. */
  @Instant()
  readonly created_at!: string;

  static of(intent: Stripe.PaymentIntent | Stripe.SetupIntent): IntentView {
    const money = intent.object === 'payment_intent' ? intent : { amount: null, currency: null };
    return {
      id: intent.id,
      status: intent.status,
      amount: money.amount,
      currency: money.currency,
      metadata: intent.metadata ?? {},
      created_at: new Date(intent.created * 1000).toISOString(),
    };
  }
}

/** The newest intents. */
export class IntentsView {
  /** Newest first. */
  @ListOf(() => IntentView, MOST_KEPT)
  readonly items!: IntentView[];
}

/** One way in which requests go wrong; without `times` and `share` it meets every request. */
export class RequestFaultBody {
  /** `status` answers so, `reset` cuts the connection before anything happens, `drop_reply` after all has happened. */
  @OneOf(REQUEST_FAULTS)
  readonly kind!: RequestFaultKind;

  /** The status to answer, for `status`. */
  @Maybe()
  @Count(400, 599)
  readonly status?: number;

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
  @OneOf(['GET', 'POST', 'DELETE'])
  readonly method?: string;

  /** Only requests to this path; `*` stands for one segment. */
  @Maybe()
  @Matches(/^\/v1\/[\w/*]{1,200}$/)
  @ApiProperty({ type: String, example: '/v1/payment_intents/*/capture' })
  readonly path?: string;
}

/** What goes wrong with webhooks. */
export class WebhookFaultsBody {
  /** The share that is sent twice. */
  @Maybe()
  @Share()
  readonly duplicate?: number;

  /** The share that is sent only after the event that follows it. */
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

/** Everything that goes wrong from now on, in place of what was said before; what is left out goes well. */
export class FaultsBody {
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

  /** What goes wrong with webhooks. */
  @Maybe()
  @Part(() => WebhookFaultsBody)
  readonly webhooks?: WebhookFaultsBody;

  /** Refunds succeed at once, wait for a bank that a test plays, or fail after having been taken. */
  @Maybe()
  @OneOf(REFUNDS)
  readonly refunds?: RefundFate;
}
