import type { Money, PersonId } from '@scheduling/domain';
import type { Tx } from '@scheduling/persistence';
import type { Booking } from '../bookings/bookings.entity.ts';
import { CurrencyMismatch, NotEnoughCredit } from './credits.errors.ts';

const PLATFORM = 'platform';
const studentAccount = (id: PersonId): string => `student:${id}`;
const tutorAccount = (id: PersonId): string => `tutor:${id}`;

/** A student's credits in one currency, or in the one that changed last; nothing in US dollars for whoever never had any. */
export async function balanceOf(tx: Tx, person: PersonId, currency?: string): Promise<Money> {
  const [balance] = await tx.sql<{ cents: string; currency: string }>`
    select balance_cents as cents, currency from balances
     where person_id = ${person} and (${currency}::text is null or currency = ${currency})
     order by changed_at desc, currency
     limit 1`;
  return balance
    ? { cents: Number(balance.cents), currency: balance.currency }
    : { cents: 0, currency: currency ?? 'USD' };
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

/** The people's locks are held, so that what is read here is what the write finds; the constraint says it once more. */
async function changeBalance(tx: Tx, person: PersonId, { cents, currency }: Money): Promise<void> {
  if (cents < 0) await refuseToOverdraw(tx, person, { cents: -cents, currency });
  // Two steps: PostgreSQL checks the row that would be inserted before it finds the one that is there.
  await tx.sql`
    insert into balances (person_id, currency, balance_cents, changed_at) values (${person}, ${currency}, 0, ${tx.now})
    on conflict do nothing`;
  await tx.sql`
    update balances set balance_cents = balance_cents + ${cents}, changed_at = ${tx.now}
     where person_id = ${person} and currency = ${currency}`;
}

async function refuseToOverdraw(tx: Tx, person: PersonId, { cents, currency }: Money): Promise<void> {
  const held = await balanceOf(tx, person, currency);
  if (held.cents >= cents) return;
  const other = await balanceOf(tx, person);
  if (held.cents === 0 && other.cents > 0) throw new CurrencyMismatch(currency, other.currency);
  throw new NotEnoughCredit(cents, held.cents, currency);
}
