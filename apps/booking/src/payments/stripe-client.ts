import { Injectable } from '@nestjs/common';
import {
  circuitBreaker,
  ConsecutiveBreaker,
  ExponentialBackoff,
  handleWhen,
  type IPolicy,
  retry,
  timeout,
  TimeoutStrategy,
  wrap,
} from 'cockatiel';
import StripeSdk from 'stripe';
import { BookingConfig } from '../config.ts';
import { PaymentMethodUnavailable, SignatureInvalid, StripeRefused, StripeUnreachable } from './payments.errors.ts';

/** How long one request may take, in milliseconds; a person waits for it. */
const PATIENCE_MS = 5000;
/** After so many failures in a row Stripe is left in peace for so long. */
const BREAKER = { failures: 5, restMs: 10_000 };

/** Stripe's own client, behind a limit of time, one more try, and a breaker that all requests share. */
@Injectable()
export class StripeClient {
  private readonly stripe: StripeSdk | null;
  private readonly policy: IPolicy = wrap(
    retry(handleWhen(isTransient), {
      maxAttempts: 1,
      backoff: new ExponentialBackoff({ initialDelay: 50, maxDelay: 400 }),
    }),
    circuitBreaker(handleWhen(isTransient), {
      halfOpenAfter: BREAKER.restMs,
      breaker: new ConsecutiveBreaker(BREAKER.failures),
    }),
    timeout(PATIENCE_MS, TimeoutStrategy.Aggressive),
  );
  /** Whether real money moves. */
  readonly isLive: boolean;
  /** What webhooks may be signed with: two while one takes over from the other. */
  private readonly secrets: readonly string[];

  constructor({ STRIPE_SECRET_KEY: key, STRIPE_API_URL: url, STRIPE_WEBHOOK_SECRET: secrets }: BookingConfig) {
    this.secrets = secrets;
    this.stripe = key === undefined ? null : new StripeSdk(key, { ...placeOf(url), ...SETTINGS });
    this.isLive = key?.includes('_live_') ?? false;
  }

  /** Whether cards are taken here at all. */
  get isOn(): boolean {
    return this.stripe !== null;
  }

  /**
   * Asks Stripe for something that may be asked twice: a read, what carries an idempotency key, or what an intent does once only.
   * Throws `StripeRefused` for Stripe's no, and `StripeUnreachable` where nobody knows what has become of it.
   */
  async ask<T>(request: (stripe: StripeSdk) => Promise<T>): Promise<T> {
    const { stripe } = this;
    if (stripe === null) throw new PaymentMethodUnavailable();
    try {
      return await this.policy.execute(() => request(stripe));
    } catch (error) {
      if (isRefusal(error)) throw new StripeRefused(error.code ?? error.type, error.statusCode, error);
      throw new StripeUnreachable(error, isRepeated(error));
    }
  }

  /** What a webhook says, byte for byte, if it is signed with one of our secrets. */
  verified(body: Buffer, signature: string): StripeSdk.Event {
    if (this.secrets.length === 0) throw new PaymentMethodUnavailable();
    for (const secret of this.secrets) {
      try {
        return StripeSdk.webhooks.constructEvent(body, signature, secret);
      } catch {
        // Another secret may fit, and what fits none is refused below.
      }
    }
    throw new SignatureInvalid();
  }
}

/** Retries are ours to count. */
const SETTINGS = { maxNetworkRetries: 0, timeout: PATIENCE_MS, telemetry: false } satisfies StripeSdk.StripeConfig;

function placeOf(url: string | undefined): StripeSdk.StripeConfig {
  if (url === undefined) return {};
  const { hostname, port, protocol } = new URL(url);
  return { host: hostname, protocol: protocol === 'http:' ? 'http' : 'https', ...(port && { port }) };
}

/** Whether Stripe gives the same error to whoever comes with the same idempotency key again. */
const isRepeated = (error: unknown): boolean =>
  error instanceof StripeSdk.errors.StripeIdempotencyError ||
  (error instanceof StripeSdk.errors.StripeAPIError && (error.statusCode ?? 0) >= 500);

/** Stripe's considered no: about the card or what was asked. That our key is wrong is no answer to a student. */
function isRefusal(error: unknown): error is StripeSdk.errors.StripeError {
  const { StripeCardError, StripeInvalidRequestError } = StripeSdk.errors;
  return error instanceof StripeCardError || error instanceof StripeInvalidRequestError;
}

/** Everything but a no: the network, Stripe's own trouble, too many requests, and two at once about one thing. */
function isTransient(error: unknown): boolean {
  const { StripeAuthenticationError, StripePermissionError } = StripeSdk.errors;
  return !isRefusal(error) && !(error instanceof StripeAuthenticationError || error instanceof StripePermissionError);
}
