import { PaymentError, type PlanId } from '@scheduling/domain';

export class PlanNotFound extends PaymentError {
  readonly kind = 'missing';
  readonly code = 'plan_not_found';

  constructor(id: PlanId) {
    super('There is no such plan.', { plan_id: id });
  }
}

export class PlanNotActive extends PaymentError {
  readonly kind = 'conflict';
  readonly code = 'plan_not_active';

  constructor(id: PlanId) {
    super('The plan takes no new subscriptions.', { plan_id: id });
  }
}

export class StripePriceTaken extends PaymentError {
  readonly kind = 'conflict';
  readonly code = 'stripe_price_taken';

  constructor() {
    super('Another plan has this price of Stripe.');
  }
}
