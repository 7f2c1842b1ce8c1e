import { PaymentError, type SubscriptionId } from '@scheduling/domain';

export class NoSubscription extends PaymentError {
  readonly kind = 'conflict';
  readonly code = 'no_subscription';

  constructor() {
    super('No subscription of yours has a period that runs now.');
  }
}

export class AllowanceUsedUp extends PaymentError {
  readonly kind = 'conflict';
  readonly code = 'allowance_used_up';

  constructor(allowance: number, endsAt: Date) {
    super('All lessons of the period have been booked.', { allowance, period_ends_at: endsAt });
  }
}

export class SubscriptionNotFound extends PaymentError {
  readonly kind = 'missing';
  readonly code = 'subscription_not_found';

  constructor(id: SubscriptionId) {
    super('There is no such subscription.', { subscription_id: id });
  }
}

export class StripeSubscriptionTaken extends PaymentError {
  readonly kind = 'conflict';
  readonly code = 'stripe_subscription_taken';

  constructor() {
    super('This subscription of Stripe is known already.');
  }
}

export class EndedByStripe extends PaymentError {
  readonly kind = 'conflict';
  readonly code = 'ended_by_stripe';

  constructor(id: SubscriptionId) {
    super('Stripe charges for this subscription: cancel it there, and it ends here.', { subscription_id: id });
  }
}
