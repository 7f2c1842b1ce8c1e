import { Injectable } from '@nestjs/common';
import type { PersonId } from '@scheduling/domain';
import { Database } from '@scheduling/persistence';
import { StripeRefused } from '../payments/payments.errors.ts';
import { StripeClient } from '../payments/stripe-client.ts';
import { findCustomer } from '../payments/stripe-customers.store.ts';
import { forgetCustomer } from './privacy.store.ts';

@Injectable()
export class CustomersService {
  constructor(
    private readonly db: Database,
    private readonly stripe: StripeClient,
  ) {}

  /** Has Stripe delete a student's saved cards with the customer that they belong to, then forgets both. May be asked again. */
  async forget(student: PersonId): Promise<void> {
    const known = await this.db.transaction((tx) => findCustomer(tx, student));
    if (!known) return;
    try {
      await this.stripe.ask(({ customers }) => customers.del(known.customerId));
    } catch (error) {
      // Gone already: an earlier try came through, and its answer was lost.
      if (!(error instanceof StripeRefused && error.status === 404)) throw error;
    }
    await this.db.transaction((tx) => forgetCustomer(tx, student));
  }
}
