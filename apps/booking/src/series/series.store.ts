import type { BookingId, PersonId, SeriesId } from '@scheduling/domain';
import { statement, type Tx } from '@scheduling/persistence';
import { In } from 'typeorm';
import { Booking, type PaymentMethod } from '../bookings/bookings.entity.ts';
import type { OnConflict, SeriesRule } from './series-rules.ts';

/** What a student agreed to: lessons with a tutor that come back. */
export interface Series {
  readonly id: SeriesId;
  readonly studentId: PersonId;
  readonly tutorId: PersonId;
  /** The IANA zone whose wall clock its lessons keep. */
  readonly timezone: string;
  readonly rule: SeriesRule;
  readonly onConflict: OnConflict;
  readonly paymentMethod: PaymentMethod;
  /** The most that a later lesson may cost. */
  readonly priceCents: number;
  readonly currency: string;
  readonly createdAt: Date;
}

/** What became of a date as it is kept. */
export interface SeriesDate {
  /** Counted from 1. */
  readonly number: number;
  /** By the rule. */
  readonly startAt: Date;
  readonly status: 'planned' | 'booked' | 'skipped' | 'canceled';
  /** Why it was skipped, or not booked at its own time. */
  readonly code: string | null;
  readonly bookingId: BookingId | null;
}

/** A date with its lesson as that stands now. */
export interface DatedLesson extends SeriesDate {
  readonly booking: Booking | null;
}

/** A series with all of its dates, in order. */
export interface WholeSeries extends Series {
  readonly dates: readonly DatedLesson[];
  /** Of a date that starts before and has no slot yet, nothing is offered any more: its tutor's notice has begun. */
  readonly noticeUntil: Date;
}

const SERIES = `
  r.id, r.student_id as "studentId", r.tutor_id as "tutorId", r.timezone, r.rule, r.on_conflict as "onConflict",
  r.payment_method as "paymentMethod", r.price_cents as "priceCents", r.currency, r.created_at as "createdAt"`;

/** Keeps a new series; its dates follow with what became of them. */
export async function insertSeries(tx: Tx, series: Series): Promise<void> {
  await tx.sql`
    insert into series (id, student_id, tutor_id, timezone, rule, on_conflict, payment_method, price_cents, currency, created_at)
    values (${series.id}, ${series.studentId}, ${series.tutorId}, ${series.timezone}, ${series.rule}, ${series.onConflict},
            ${series.paymentMethod}, ${series.priceCents}, ${series.currency}, ${series.createdAt})`;
}

/** Keeps the dates of a new series. */
export async function insertDates(tx: Tx, { id, tutorId }: Series, dates: readonly SeriesDate[]): Promise<void> {
  await tx.sql`
    insert into series_dates (series_id, tutor_id, number, start_at, status, code, booking_id)
    select ${id}, ${tutorId}, number, "startAt", status, code, "bookingId"
      from jsonb_to_recordset(${JSON.stringify(dates)}::jsonb)
        as date (number smallint, "startAt" timestamptz, status text, code text, "bookingId" uuid)`;
}

const FIND = statement(`select ${SERIES} from series r where r.id = $1`);

/** A series of this person's, as its student or its tutor. */
export async function findOwnSeries(tx: Tx, id: SeriesId, person: PersonId): Promise<WholeSeries | null> {
  const [series] = await tx.run<Series>(FIND, [id]);
  if (!series || (series.studentId !== person && series.tutorId !== person)) return null;
  return (await withDates(tx, [series]))[0]!;
}

const side = (column: string): string => `
  (select ${SERIES}, r.number from series r
    where r.${column} = $1 and ($2::uuid is null or r.number < (select number from series where id = $2))
    order by r.number desc limit $3)`;
const LIST = statement(`
  select * from (${side('student_id')} union all ${side('tutor_id')}) as own order by number desc limit $3`);

/** A person's series on either side, the newest first, after one that has been seen, if any. */
export async function listSeries(
  tx: Tx,
  person: PersonId,
  { after, limit }: { after: SeriesId | null; limit: number },
): Promise<WholeSeries[]> {
  return withDates(tx, await tx.run<Series>(LIST, [person, after, limit]));
}

const DATES = statement(`
  select d.series_id as "seriesId", d.number, d.start_at as "startAt", d.status, d.code, d.booking_id as "bookingId",
         $2::timestamptz + greatest(make_interval(mins => k.minimum_notice_minutes), interval '1 millisecond') as "noticeUntil"
    from series_dates d left join schedules k using (tutor_id)
   where d.series_id = any($1)
   order by d.series_id, d.number`);

async function withDates(tx: Tx, all: readonly Series[]): Promise<WholeSeries[]> {
  const ids = all.map(({ id }) => id);
  const dates = await tx.run<SeriesDate & { seriesId: SeriesId; noticeUntil: Date }>(DATES, [ids, tx.now]);
  const booked = dates.flatMap(({ bookingId }) => bookingId ?? []);
  const bookings = await tx.repository(Booking).findBy({ id: In(booked) });
  const byId = new Map(bookings.map((booking) => [booking.id, booking]));
  return all.map((series) => {
    const own = dates.filter(({ seriesId }) => seriesId === series.id);
    return {
      ...series,
      noticeUntil: own[0]!.noticeUntil,
      dates: own.map(({ number, startAt, status, code, bookingId }) => ({
        number,
        startAt,
        status,
        code,
        bookingId,
        booking: bookingId === null ? null : byId.get(bookingId)!,
      })),
    };
  });
}

/** Cancels the dates of a series from a number on that nobody has booked yet. */
export async function cancelPlanned(tx: Tx, id: SeriesId, from: number): Promise<void> {
  await tx.sql`
    update series_dates set status = 'canceled' where series_id = ${id} and number >= ${from} and status = 'planned'`;
}
