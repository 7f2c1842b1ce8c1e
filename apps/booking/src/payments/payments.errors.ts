import { type BookingId, type Money, PaymentError, type SlotId } from '@scheduling/domain';

export class PaymentMethodUnavailable extends PaymentError {
  readonly kind = 'unavailable';
  readonly code = 'payment_method_unavailable';

  constructor() {
    super('Cards are not taken here. Pay another way.');
  }
}

/** Nobody knows whether Stripe has done what was asked. */
export class StripeUnreachable extends PaymentError {
  readonly kind = 'unavailable';
  readonly code = 'payment_provider_unavailable';

  constructor(
    cause: unknown,
    /** Whether Stripe answered, with an error that it repeats whenever it sees the idempotency key again. */
    readonly hasAnswered: boolean,
  ) {
    super('Stripe does not answer just now. Try again in a moment, or pay another way.', { retry_after_seconds: 10 });
    this.cause = cause;
  }
}

/** Stripe's own no, in its own word. */
export class StripeRefused extends PaymentError {
  readonly kind = 'conflict';
  readonly code = 'payment_refused';

  constructor(
    /** Such as `card_declined`. */
    readonly reason: string,
    readonly status: number | undefined,
    cause: unknown,
  ) {
    super('Stripe has refused this.', { reason });
    this.cause = cause;
  }
}

export class AmountNotChargeable extends PaymentError {
  readonly kind = 'conflict';
  readonly code = 'amount_not_chargeable';

  constructor({ cents, currency }: Money, reason: string) {
    super('No card can pay this amount.', { price_cents: cents, currency, reason });
  }
}

export class NothingToPay extends PaymentError {
  readonly kind = 'conflict';
  readonly code = 'nothing_to_pay';

  constructor(slotId: SlotId) {
    super('The lesson is free. Confirm it with credits.', { slot_id: slotId });
  }
}

export class IntentMismatch extends PaymentError {
  readonly kind = 'conflict';
  readonly code = 'payment_intent_mismatch';

  /** Says what of the intent differs, never what it says. */
  constructor(differs: string) {
    super('The payment intent is not the one for this hold, and nothing was charged.', { differs });
  }
}

export class PaymentNotAuthorized extends PaymentError {
  readonly kind = 'conflict';
  readonly code = 'payment_not_authorized';

  constructor(status: string) {
    super('The card has not authorized the payment.', { payment_intent_status: status });
  }
}

export class PaymentHasFailed extends PaymentError {
  readonly kind = 'conflict';
  readonly code = 'payment_failed';

  constructor(bookingId: BookingId) {
    super('The payment has failed, and the seat is free again.', { booking_id: bookingId });
  }
}

export class SignatureInvalid extends PaymentError {
  readonly kind = 'malformed';
  readonly code = 'signature_invalid';

  constructor() {
    super('This is not signed by Stripe.');
  }
}

export class TaskNotFound extends PaymentError {
  readonly kind = 'missing';
  readonly code = 'task_not_found';

  constructor(id: string) {
    super('There is no such task.', { task_id: id });
  }
}
