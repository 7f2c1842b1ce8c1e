import type { BookingId, PersonId, SeriesId, SlotId, SubscriptionId, WaitlistId } from '@scheduling/domain';
import type { Tx } from '@scheduling/persistence';
import { studentAccount, tutorAccount } from '../credits/transfers.store.ts';

/** Someone who is gone, and since when. */
export interface Erasure {
  readonly personId: PersonId;
  readonly requestedAt: Date;
  readonly attempts: number;
}

/** What somebody has begun that has not ended. */
export interface Unended {
  readonly holds: readonly SlotId[];
  readonly waits: readonly WaitlistId[];
  readonly series: readonly SeriesId[];
  readonly bookings: readonly BookingId[];
  readonly subscriptions: readonly SubscriptionId[];
}

/** Notes that a person is gone, once. */
export async function planErasure(tx: Tx, person: PersonId): Promise<void> {
  await tx.sql`
    insert into erasures (person_id, requested_at, next_attempt_at) values (${person}, ${tx.now}, ${tx.now})
    on conflict do nothing`;
}

/** Those of whom something may still have to be ended, at most so many; whoever takes them looks again after so many seconds. */
export function takeErasures(tx: Tx, limit: number, seconds: number): Promise<Erasure[]> {
  return tx.sql<Erasure>`
    update erasures set attempts = attempts + 1, next_attempt_at = ${tx.now}::timestamptz + ${seconds} * interval '1 second'
     where person_id in (select person_id from erasures where done_at is null and next_attempt_at <= ${tx.now}
                          order by next_attempt_at limit ${limit} for update skip locked)
    returning person_id as "personId", requested_at as "requestedAt", attempts`;
}

/** What of a person's has not ended: only what lies ahead of now. */
export async function unendedOf(tx: Tx, person: PersonId): Promise<Unended> {
  const ids = async <Id>(rows: Promise<{ id: Id }[]>): Promise<Id[]> => (await rows).map(({ id }) => id);
  return {
    holds: await ids(tx.sql<{ id: SlotId }>`
      select distinct slot_id as id from holds where student_id = ${person} and status = 'held'`),
    waits: await ids(tx.sql<{ id: WaitlistId }>`
      select id from waitlist where student_id = ${person} and status in ('waiting', 'offered')`),
    series: await ids(tx.sql<{ id: SeriesId }>`
      select distinct s.id from series s join series_dates d on d.series_id = s.id
       where (s.student_id = ${person} or s.tutor_id = ${person}) and d.status = 'planned' and d.start_at > ${tx.now}`),
    bookings: await ids(tx.sql<{ id: BookingId }>`
      select id from bookings
       where (student_id = ${person} or tutor_id = ${person}) and status in ('confirmed', 'pending_payment')
         and start_at > ${tx.now}
       order by start_at`),
    subscriptions: await ids(tx.sql<{ id: SubscriptionId }>`
      select id from subscriptions where student_id = ${person} and ends_at is null`),
  };
}

/** Blanks what a person wrote, and what was written to them: the books and the ledger stand without words. */
export async function forgetWords(tx: Tx, person: PersonId): Promise<void> {
  await tx.sql`
    update audit set reason = null from bookings
     where bookings.id = audit.booking_id and (student_id = ${person} or tutor_id = ${person})
       and by is not null and reason is not null`;
  await tx.sql`
    update bookings set cancel_reason = null
     where (student_id = ${person} or tutor_id = ${person}) and cancel_reason is not null`;
  await tx.sql`
    update transfers set reason = null
     where (debit_account = any(${accountsOf(person)}) or credit_account = any(${accountsOf(person)})) and reason is not null`;
  await tx.sql`delete from idempotency where person_id = ${person}`;
}

/** Forgets what Stripe calls a student; it has been told. */
export async function forgetCustomer(tx: Tx, person: PersonId): Promise<void> {
  await tx.sql`delete from stripe_customers where student_id = ${person}`;
}

/** Notes why something could not be ended yet. */
export async function noteTrouble(tx: Tx, person: PersonId, why: string): Promise<void> {
  await tx.sql`update erasures set last_error = ${why} where person_id = ${person}`;
}

/** Ends an erasure: nothing can begin any more. */
export async function endErasure(tx: Tx, person: PersonId): Promise<void> {
  await tx.sql`update erasures set done_at = ${tx.now}, last_error = null where person_id = ${person}`;
}

/** What is kept of a person, for themselves to read; of money as the ledger has it. */
export async function keptOf(tx: Tx, person: PersonId): Promise<object> {
  return {
    bookings: await tx.sql<object>`
      select id, slot_id, student_id, tutor_id, start_at, end_at, status, price_cents, currency, payment_method, join_link,
             cancel_reason, refunded_cents, created_at
        from bookings where student_id = ${person} or tutor_id = ${person} order by start_at, id`,
    holds: await tx.sql<object>`
      select id, slot_id, status, held_at, expires_at from holds where student_id = ${person} order by held_at, id`,
    balances:
      await tx.sql<object>`select currency, balance_cents, changed_at from balances where person_id = ${person}`,
    transfers: await tx.sql<object>`
      select amount_cents, currency, kind, debit_account, credit_account, booking_id, reason, made_at from transfers
       where debit_account = any(${accountsOf(person)}) or credit_account = any(${accountsOf(person)}) order by id`,
    payments: await tx.sql<object>`
      select p.amount_cents, p.currency, p.refunded_cents, p.outcome, p.created_at, p.settled_at
        from payments p join holds on holds.id = p.id where holds.student_id = ${person} order by p.created_at, p.id`,
    refunds: await tx.sql<object>`
      select r.amount_cents, r.state, r.created_at, r.settled_at
        from refunds r join holds on holds.id = r.payment_id where holds.student_id = ${person} order by r.created_at, r.id`,
    proposals: await tx.sql<object>`
      select p.booking_id, p.kind, p.new_start_at, p.new_end_at, p.status, p.proposed_by = ${person} as is_own, p.made_at, p.ended_at
        from proposals p join bookings b on b.id = p.booking_id
       where b.student_id = ${person} or b.tutor_id = ${person} order by p.made_at, p.id`,
    history: await tx.sql<object>`
      select a.booking_id, a.action, a.reason, a.at from audit a join bookings b on b.id = a.booking_id
       where a.by = ${person} and (b.student_id = ${person} or b.tutor_id = ${person}) order by a.at, a.id`,
    series: await tx.sql<object>`
      select id, tutor_id, student_id, timezone, rule, created_at from series
       where student_id = ${person} or tutor_id = ${person} order by created_at, id`,
    waitlist: await tx.sql<object>`
      select id, tutor_id, slot_id, status, joined_at from waitlist where student_id = ${person} order by joined_at, id`,
    subscriptions: await tx.sql<object>`
      select id, plan_id, starts_at, ends_at, created_at from subscriptions where student_id = ${person} order by created_at, id`,
    saved_cards: await tx.sql<object>`select updated_at from stripe_customers where student_id = ${person}`,
  };
}

const accountsOf = (person: PersonId): string[] => [studentAccount(person), tutorAccount(person)];
