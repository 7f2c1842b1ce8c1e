import type { BookingId, PersonId, SlotId } from '@scheduling/domain';
import { lockPeople, type Tx } from '@scheduling/persistence';
import { until } from '@scheduling/testing';
import { PoliciesService } from '../src/policies/policies.service.ts';
import type { PolicyTerms } from '../src/policies/terms.policy.ts';
import { ReschedulesService } from '../src/reschedules/reschedules.service.ts';
import { type Offer, scenario } from './scenario.ts';

/** What a policy of these stories says unless told otherwise: nothing is in anyone's way. */
const TERMS: PolicyTerms = {
  full_refund_until_minutes: 0,
  partial_refund_until_minutes: 0,
  partial_refund_percent: 0,
  reschedule_until_minutes: 0,
  maximum_reschedules: 1000,
  student_no_show_refund_percent: 0,
};

/** A booking service with the words for what becomes of lessons after they are booked. */
export async function lifecycle() {
  const s = await scenario();
  const [reschedules, policies] = [s.get(ReschedulesService), s.get(PoliciesService)];
  let named = 0;

  return {
    ...s,

    /** Makes a policy and answers the term by which a tutor names it. */
    async policy(terms: Partial<PolicyTerms>) {
      const admin = s.person();
      const wording = { name: `policy ${++named}`, terms: { ...TERMS, ...terms } };
      return { cancellation_policy_id: (await policies.make(wording, admin, s.unnamed(admin))).id };
    },

    /** Has a new tutor offer a lesson at each of these starts; answers them with their slots, the soonest first. */
    async teach(offer: Offer) {
      const tutor = s.person();
      await s.publish(tutor, offer);
      return { tutor, slots: await s.slotsOf(tutor) };
    },

    move: (by: PersonId, bookingId: BookingId, newSlotId: SlotId) =>
      reschedules.move({ by, bookingId, newSlotId, reason: 'a trip' }, s.unnamed(by)),

    /** A row of the table of bookings. */
    async row(id: BookingId): Promise<Record<string, unknown>> {
      return (await s.source.query('select * from bookings where id = $1', [id]))[0];
    },

    /** What was done to a booking, in order: the word, the states, and who did it. */
    history: async (
      id: BookingId,
    ): Promise<[action: string, from: string | null, to: string, by: PersonId | null][]> => {
      const rows: { action: string; from_status: string | null; to_status: string; by: PersonId | null }[] =
        await s.source.query('select * from audit where booking_id = $1 order by id', [id]);
      return rows.map(({ action, from_status, to_status, by }) => [action, from_status, to_status, by]);
    },

    /** Who claims time in a slot, by seat. */
    seats: async (slot: SlotId): Promise<(readonly [seat: number, person: PersonId])[]> => {
      const rows: { seat: number; person_id: PersonId }[] = await s.source.query(
        'select seat, person_id from claims where slot_id = $1 order by seat',
        [slot],
      );
      return rows.map(({ seat, person_id }) => [seat, person_id]);
    },

    /** Begins something while a person is locked, and lets it go on once it waits for them and something else was done. */
    async behind<T>(person: PersonId, begin: () => Promise<T>, meanwhile?: (tx: Tx) => Promise<unknown>): Promise<T> {
      let begun: Promise<T>;
      await s.db.transaction(async (tx) => {
        await lockPeople(tx, [person]);
        begun = begin();
        let isOver = false;
        const over = () => (isOver = true);
        begun.then(over, over);
        await until('a wait for a person', async () => isOver || (await s.source.query(WAITS, [person])).length > 0);
        if (isOver) throw new Error('It did not wait for this person.');
        await meanwhile?.(tx);
      });
      return begun!;
    },

    /** Throws where the books, the balances or the seats are not what the bookings say. */
    async checkBooks(): Promise<void> {
      const wrong: unknown[] = await s.source.query(WRONG);
      if (wrong.length > 0) throw new Error(`The books are wrong: ${JSON.stringify(wrong, null, 2)}`);
    },
  };
}

export type Lifecycle = Awaited<ReturnType<typeof lifecycle>>;

const WAITS = `
  select from pg_locks, hashtextextended(current_schema() || ' person ' || $1, 0) as key
   where not granted and locktype = 'advisory' and (classid::bigint << 32) | objid::bigint = key`;

const WRONG = `
  with moves as (
    select credit_account as account, amount_cents as cents, currency, booking_id from transfers
    union all select debit_account, -amount_cents, currency, booking_id from transfers
  ), balances_off as (
    select b.person_id::text as what, b.balance_cents, sum(m.cents) as moved
      from balances b left join moves m on m.account = 'student:' || b.person_id and m.currency = b.currency
     group by b.person_id, b.currency, b.balance_cents having b.balance_cents <> coalesce(sum(m.cents), 0)
  ), paid_off as (
    -- What a tutor has for a lesson is its price less what went back.
    select b.id::text as what, b.price_cents - b.refunded_cents, coalesce(sum(m.cents), 0)
      from bookings b left join moves m on m.booking_id = b.id and m.account = 'tutor:' || b.tutor_id
     where b.payment_method = 'credit' and b.status <> 'pending_payment'
     group by b.id having coalesce(sum(m.cents), 0) <> b.price_cents - b.refunded_cents
  ), seats_off as (
    select b.id::text as what, 0, 0 from bookings b
     where b.status in ('confirmed', 'pending_payment')
       and not exists (select from claims c where c.slot_id = b.slot_id and c.person_id = b.student_id and c.seat = b.seat
                          and c.expires_at is null)
    union all
    select c.slot_id::text, 0, 0 from claims c
     where c.expires_at is null and c.seat > 0
       and not exists (select from bookings b where b.slot_id = c.slot_id and b.student_id = c.person_id
                          and b.status in ('confirmed', 'pending_payment', 'completed'))
    union all
    select c.slot_id::text, 0, 0 from claims c where c.seat = 0
       and not exists (select from claims s where s.slot_id = c.slot_id and s.seat > 0)
  )
  select 'balance' as about, * from balances_off union all select 'price', * from paid_off
  union all select 'seat', * from seats_off`;
