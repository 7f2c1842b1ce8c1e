import type { Money, PersonId } from '@scheduling/domain';
import type { Tx } from '@scheduling/persistence';
import type { Booking } from '../bookings/bookings.entity.ts';
import { CurrencyMismatch, NotEnoughCredit } from './credits.errors.ts';

const PLATFORM = 'platform';
const studentAccount = (id: PersonId): string => `student:${id}`;
const tutorAccount = (id: PersonId): string => `tutor:${id}`;

/** A student's credits; nothing in US dollars for whoever never had any. */
export async function balanceOf(tx: Tx, person: PersonId): Promise<Money> {
  const [balance] = await tx.sql<{ cents: string; currency: string }>`
    select balance_cents as cents, currency from balances where person_id = ${person}`;
  return balance ? { cents: Number(balance.cents), currency: balance.currency } : { cents: 0, currency: 'USD' };
}

/** Moves the price of a lesson from its student to its tutor; the balance never falls below zero. */
export async function payForLesson(tx: Tx, booking: Booking): Promise<void> {
  const { studentId, tutorId, priceCents, currency } = booking;
  if (priceCents === 0) return;
  await changeBalance(tx, studentId, { cents: -priceCents, currency });
  await tx.sql`
    insert into transfers (debit_account, credit_account, amount_cents, currency, kind, booking_id, made_by, made_at)
    values (${studentAccount(studentId)}, ${tutorAccount(tutorId)}, ${priceCents}, ${currency}, 'payment', ${booking.id},
            ${studentId}, ${tx.now})`;
}

/** Moves what a canceled lesson refunds back to its student. */
export async function refundLesson(tx: Tx, booking: Booking): Promise<void> {
  const { studentId, tutorId, refundedCents, currency } = booking;
  if (refundedCents === 0) return;
  await changeBalance(tx, studentId, { cents: refundedCents, currency });
  await tx.sql`
    insert into transfers (debit_account, credit_account, amount_cents, currency, kind, booking_id, made_by, made_at)
    values (${tutorAccount(tutorId)}, ${studentAccount(studentId)}, ${refundedCents}, ${currency}, 'refund', ${booking.id},
            ${booking.canceledBy}, ${tx.now})`;
}

/** Credits that the platform gives to a student. */
export interface Grant {
  readonly to: PersonId;
  readonly amount: Money;
  readonly reason: string;
  readonly by: PersonId;
}

/** Moves credits from the platform to a student. */
export async function grantCredits(tx: Tx, { to, amount, reason, by }: Grant): Promise<void> {
  await changeBalance(tx, to, amount);
  await tx.sql`
    insert into transfers (debit_account, credit_account, amount_cents, currency, kind, made_by, reason, made_at)
    values (${PLATFORM}, ${studentAccount(to)}, ${amount.cents}, ${amount.currency}, 'grant', ${by}, ${reason}, ${tx.now})`;
}

/** The people's locks are held, so what is read here is what the write finds; the constraints say it once more. */
async function changeBalance(tx: Tx, person: PersonId, { cents, currency }: Money): Promise<void> {
  const held = await balanceOf(tx, person);
  if (held.cents > 0 && held.currency !== currency) throw new CurrencyMismatch(currency, held.currency);
  if (held.cents + cents < 0) throw new NotEnoughCredit(-cents, held.cents, held.currency);
  // Two steps: PostgreSQL checks the row that would be inserted before it finds the one that is there.
  await tx.sql`
    insert into balances (person_id, currency, balance_cents) values (${person}, ${currency}, 0) on conflict do nothing`;
  await tx.sql`
    update balances set balance_cents = balance_cents + ${cents}, currency = ${currency} where person_id = ${person}`;
}
