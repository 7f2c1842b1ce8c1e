import type Stripe from 'stripe';

/** The body of an answer that is no, as Stripe writes it under `error`. */
export interface StripeErrorBody {
  readonly type: 'api_error' | 'card_error' | 'idempotency_error' | 'invalid_request_error' | 'rate_limit_error';
  readonly message: string;
  readonly code?: string;
  readonly decline_code?: string;
  readonly param?: string;
  readonly charge?: string;
  readonly payment_intent?: Stripe.PaymentIntent;
  readonly setup_intent?: Stripe.SetupIntent;
}

/** A no of Stripe's: what the double throws, and answers. */
export class StripeRefusal extends Error {
  constructor(
    readonly status: number,
    readonly body: StripeErrorBody,
    /** Whether Stripe had begun: only then does it keep the answer under the idempotency key. */
    readonly hadBegun = true,
  ) {
    super(body.message);
  }
}

/** A parameter that Stripe would not have begun with. */
export const invalid = (message: string, param?: string, code?: string): StripeRefusal =>
  new StripeRefusal(400, { type: 'invalid_request_error', code, message, param }, false);

/** An object that Stripe does not know. */
export const missing = (object: string, id: string, param = 'id', status = 404): StripeRefusal =>
  new StripeRefusal(
    status,
    { type: 'invalid_request_error', code: 'resource_missing', message: `No such ${object}: '${id}'`, param },
    false,
  );

/** A transition that an intent's status does not allow. */
export const unexpectedState = (intent: Stripe.PaymentIntent, message: string): StripeRefusal =>
  new StripeRefusal(400, {
    type: 'invalid_request_error',
    code: 'payment_intent_unexpected_state',
    message,
    payment_intent: structuredClone(intent),
  });
