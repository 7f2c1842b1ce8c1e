import type { BookingId, Money, PersonId } from '@scheduling/domain';
import type { Tx } from '@scheduling/persistence';

/** The accounts that are nobody's own: what the platform gives or owes, and what a card provider has taken for us. */
export const PLATFORM = 'platform';
export const STRIPE = 'stripe';
export const studentAccount = (id: PersonId): string => `student:${id}`;
export const tutorAccount = (id: PersonId): string => `tutor:${id}`;

/** An amount, greater than zero, that moves from one account to another. */
export interface Transfer {
  readonly from: string;
  readonly to: string;
  readonly amount: Money;
  readonly kind: 'grant' | 'correction' | 'payment' | 'refund' | 'price_difference';
  readonly bookingId?: BookingId;
  readonly by: PersonId;
  readonly reason?: string;
}

/** Writes a transfer into the books; a student's balance is changed beside it. */
export async function transfer(tx: Tx, { from, to, amount, kind, bookingId, by, reason }: Transfer): Promise<void> {
  await tx.prepared`
    insert into transfers (debit_account, credit_account, amount_cents, currency, kind, booking_id, made_by, reason, made_at)
    values (${from}, ${to}, ${amount.cents}, ${amount.currency}, ${kind}, ${bookingId ?? null}, ${by}, ${reason ?? null},
            ${tx.now})`;
}
