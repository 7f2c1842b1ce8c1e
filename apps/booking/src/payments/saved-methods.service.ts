import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { newId, type PersonId } from '@scheduling/domain';
import { audit, Database, type Tx } from '@scheduling/persistence';
import type Stripe from 'stripe';
import type { Booking } from '../bookings/bookings.entity.ts';
import { planCharge } from './payments.store.ts';
import { StripeClient } from './stripe-client.ts';
import { findCustomer, keepCustomer, keepMethod } from './stripe-customers.store.ts';
import { StripeQueue } from './stripe-queue.ts';

/** Keeps which card pays for a student while they are away, and charges it. */
@Injectable()
export class SavedMethods {
  constructor(
    private readonly db: Database,
    private readonly stripe: StripeClient,
    private readonly queue: StripeQueue,
  ) {}

  /** Begins to save a card of a student. Its secret is kept nowhere here, so that it is Stripe who answers the same to the same key. */
  async begin(student: PersonId, key: string | null = null): Promise<Stripe.SetupIntent> {
    const params: Stripe.SetupIntentCreateParams = {
      customer: await this.customerOf(student),
      usage: 'off_session',
      automatic_payment_methods: { enabled: true, allow_redirects: 'never' },
      metadata: { student_id: student },
    };
    // Hashed, since Stripe's keys are no longer than ours.
    const known = createHash('sha256').update(`${student} setup ${key}`).digest('hex');
    const again = key === null ? {} : { idempotencyKey: known };
    return this.stripe.ask(({ setupIntents }) => setupIntents.create(params, again));
  }

  /** The cards that a student has saved, as Stripe has them now, the newest first: the first is the one that is charged. */
  async list(student: PersonId): Promise<Stripe.PaymentMethod[]> {
    const known = await this.db.transaction((tx) => findCustomer(tx, student));
    if (!known) return [];
    const { customerId } = known;
    const { data } = await this.stripe.ask(({ customers }) => customers.listPaymentMethods(customerId, { limit: 20 }));
    const newest = data[0]?.id ?? null;
    if (newest !== known.methodId) await this.db.transaction((tx) => keepMethod(tx, customerId, newest));
    return data;
  }

  /** Whether a student has a card that can be charged while they are away; asks Stripe, so it is no part of a transaction. */
  async has(student: PersonId): Promise<boolean> {
    return this.stripe.isOn && (await this.list(student)).length > 0;
  }

  /**
   * Has the student's saved card charged for a booking that waits for its payment, right after the commit; what comes of it is a
   * confirmed booking or `PaymentFailed`, after which it may be charged once more. False where no card is saved, or a charge is on its way.
   */
  async charge(tx: Tx, { id, studentId, priceCents: amountCents, currency }: Booking): Promise<boolean> {
    const customer = await findCustomer(tx, studentId);
    if (!customer?.methodId) return false;
    const { customerId, methodId } = customer;
    this.queue.afterCommit(tx);
    return planCharge(tx, { id, amountCents, currency, customerId, methodId });
  }

  private async customerOf(student: PersonId): Promise<string> {
    const known = await this.db.transaction((tx) => findCustomer(tx, student));
    if (known) return known.customerId;
    const params = { metadata: { student_id: student } };
    const made = await this.stripe.ask(({ customers }) =>
      customers.create(params, { idempotencyKey: `student:${student}:customer:${newId()}` }),
    );
    return this.db.transaction((tx) => {
      audit(tx, { action: 'CustomerKept', subject: ['person', student] });
      return keepCustomer(tx, student, made.id);
    });
  }
}
