import type { BookingId, PersonId, SeriesId, SlotId } from '@scheduling/domain';
import { statement, type Tx } from '@scheduling/persistence';
import type { PaymentMethod } from '../bookings/bookings.entity.ts';
import type { Hold } from '../holds/holds.store.ts';
import type { Slot } from '../slots/slots.store.ts';
import type { Wanted } from '../waitlist/line.store.ts';

/** A date of a series that waits for its slot. */
export interface Planned {
  readonly seriesId: SeriesId;
  readonly number: number;
  readonly studentId: PersonId;
  readonly paymentMethod: PaymentMethod;
  /** The most that the lesson may cost. */
  readonly priceCents: number;
  readonly currency: string;
}

const TUTORS = statement(`
  select distinct s.tutor_id as "tutorId" from slots s
   where s.id = any($1)
     and exists (select from series_dates d where d.tutor_id = s.tutor_id and d.status = 'planned' and d.start_at > $2)`);

/** What series wait for with the tutors of these slots: any of their slots may have come free with them, too. */
export async function seatsPlanned(tx: Tx, slotIds: readonly SlotId[]): Promise<Wanted> {
  const tutors = await tx.run<{ tutorId: PersonId }>(TUTORS, [slotIds, tx.now]);
  const tutorIds = tutors.map(({ tutorId }) => tutorId);
  return { tutorIds, seats: tutorIds.length > 0 ? await slotsPlanned(tx, tutorIds) : [] };
}

// From the dates, which are few, to the slots: what is offered in one night is far more.
const SLOTS = statement(`
  select s.id as "slotId", d.count
    from (select tutor_id, start_at, count(*)::int as count from series_dates
           where tutor_id = any($1) and status = 'planned' and start_at > $2 group by tutor_id, start_at) as d
    join slots s using (tutor_id, start_at)
   where s.offered and not s.withheld and s.deleted_at is null
   order by start_at`);

/** The slots of these tutors that are offered by now, and that series wait for. */
export const slotsPlanned = (tx: Tx, tutorIds: readonly PersonId[]): Promise<{ slotId: SlotId; count: number }[]> =>
  tx.run(SLOTS, [tutorIds, tx.now]);

const FIRST = statement(`
  select d.series_id as "seriesId", d.number, r.student_id as "studentId", r.payment_method as "paymentMethod",
         r.price_cents as "priceCents", r.currency
    from series_dates d join series r on r.id = d.series_id
   where d.tutor_id = $1 and d.start_at = $2 and d.status = 'planned'
   order by r.number limit 1`);

/** The date that a slot of a tutor's is for: of the series that was made first. */
export async function firstPlanned(tx: Tx, { tutorId, startAt }: Hold): Promise<Planned | null> {
  const [first] = await tx.run<Planned>(FIRST, [tutorId, startAt]);
  return first ?? null;
}

/** Of these dates, those for which as many series wait with a tutor as a slot of theirs has seats. */
export async function promisedAt(tx: Tx, { tutorId, capacity }: Slot, dates: readonly Date[]): Promise<Date[]> {
  const promised = await tx.prepared<{ startAt: Date }>`
    select start_at as "startAt" from series_dates
     where tutor_id = ${tutorId} and status = 'planned' and start_at = any(${dates}::timestamptz[])
     group by start_at having count(*) >= ${capacity}`;
  return promised.map(({ startAt }) => startAt);
}

/** Writes down which lesson a date has. */
export async function markBooked(tx: Tx, { seriesId, number }: Planned, bookingId: BookingId): Promise<void> {
  await tx.sql`
    update series_dates set status = 'booked', booking_id = ${bookingId}
     where series_id = ${seriesId} and number = ${number}`;
}

/** Writes down why a date has none. */
export async function markSkipped(tx: Tx, { seriesId, number }: Planned, code: string): Promise<void> {
  await tx.sql`
    update series_dates set status = 'skipped', code = ${code} where series_id = ${seriesId} and number = ${number}`;
}

/** Tutors after one, in the order of their ids, of whom a slot is open that a series waits for. */
export async function tutorsPlanned(tx: Tx, after: PersonId | null, limit: number): Promise<PersonId[]> {
  const tutors = await tx.sql<{ tutorId: PersonId }>`
    select distinct d.tutor_id as "tutorId"
      from series_dates d join slots s using (tutor_id, start_at)
     where d.status = 'planned' and d.start_at > ${tx.now} and (${after}::uuid is null or d.tutor_id > ${after})
       and s.status = 'open' and s.offered and not s.withheld and s.deleted_at is null
     order by d.tutor_id limit ${limit}`;
  return tutors.map(({ tutorId }) => tutorId);
}

/** A date of a series that comes to nothing. */
export interface SkippedDate extends Pick<Planned, 'seriesId' | 'number' | 'studentId'> {
  readonly tutorId: PersonId;
  readonly startAt: Date;
}

/**
 * Leaves out dates that their tutors have never offered, so many at most, once the notice before a lesson has begun. A few minutes
 * later, since whoever was about to book one has begun before that.
 */
export function skipUnoffered(tx: Tx, code: string, limit: number): Promise<SkippedDate[]> {
  return tx.sql<SkippedDate>`
    update series_dates d set status = 'skipped', code = ${code}
      from (select series_id, number from series_dates join schedules k using (tutor_id)
             where status = 'planned'
               and start_at < ${tx.now}::timestamptz - interval '5 minutes' + make_interval(mins => k.minimum_notice_minutes)
             order by start_at limit ${limit} for update of series_dates skip locked) as late
      join series r on r.id = late.series_id
     where d.series_id = late.series_id and d.number = late.number
    returning d.series_id as "seriesId", d.number, r.student_id as "studentId", d.tutor_id as "tutorId", d.start_at as "startAt"`;
}
