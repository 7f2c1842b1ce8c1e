import type { BookingId, PersonId, SlotId } from '@scheduling/domain';
import type { Tx } from '@scheduling/persistence';
import { In, MoreThanOrEqual } from 'typeorm';
import { Booking, type BookingStatus, type Side } from './bookings.entity.ts';

/** A booking by its id. */
export async function findBooking(tx: Tx, id: BookingId): Promise<Booking | null> {
  return tx.repository(Booking).findOneBy({ id });
}

/** A booking of this person, as its student or its tutor. */
export async function findOwnBooking(tx: Tx, id: BookingId, person: PersonId): Promise<Booking | null> {
  return tx.repository(Booking).findOneBy([
    { id, studentId: person },
    { id, tutorId: person },
  ]);
}

/** The lessons of a tutor that stand in these slots, paid for or about to be, all of which start at an instant or later. */
export function confirmedIn(tx: Tx, tutorId: PersonId, slotIds: readonly SlotId[], from: Date): Promise<Booking[]> {
  return tx.repository(Booking).findBy({
    tutorId,
    startAt: MoreThanOrEqual(from),
    slotId: In([...slotIds]),
    status: In(['confirmed', 'pending_payment']),
  });
}

/** Where a page of bookings begins: after this one. */
export interface Mark {
  readonly startAt: Date;
  readonly id: BookingId;
}

/** Which of a person's bookings are asked for, at most so many. */
export interface Listing {
  /** As what the person is in them; both if null. */
  readonly role: Side | null;
  readonly status: BookingStatus | null;
  /** That start at this instant or later. */
  readonly from: Date | null;
  /** That start before this instant. */
  readonly until: Date | null;
  readonly mark: Mark | null;
  readonly limit: number;
}

/** A person's bookings, the latest start first; both sides are two reads by an index each, which no `or` is. */
export async function listBookings(tx: Tx, person: PersonId, listing: Listing): Promise<Booking[]> {
  const { role, limit } = listing;
  if (role) return bookingsOf(tx, person, role, listing);
  const asStudent = await bookingsOf(tx, person, 'student', listing);
  const asTutor = await bookingsOf(tx, person, 'tutor', listing);
  return [...asStudent, ...asTutor].toSorted(latestFirst).slice(0, limit);
}

function bookingsOf(tx: Tx, person: PersonId, role: Side, listing: Listing): Promise<Booking[]> {
  const { status, from, until, mark, limit } = listing;
  const query = tx
    .repository(Booking)
    .createQueryBuilder('b')
    .where(role === 'student' ? 'b.studentId = :person' : 'b.tutorId = :person', { person })
    .orderBy({ 'b.startAt': 'DESC', 'b.id': 'DESC' })
    .limit(limit);
  if (status) query.andWhere('b.status = :status', { status });
  if (from) query.andWhere('b.startAt >= :from', { from });
  if (until) query.andWhere('b.startAt < :until', { until });
  if (mark) query.andWhere('(b.startAt, b.id) < (:startAt, :id)', { ...mark });
  return query.getMany();
}

const latestFirst = (a: Booking, b: Booking): number =>
  b.startAt.getTime() - a.startAt.getTime() || (a.id < b.id ? 1 : -1);

/** The IANA zone of a tutor, as the newest openings said. */
export async function timezoneOfTutor(tx: Tx, tutorId: PersonId): Promise<string> {
  const [schedule] = await tx.sql<{ timezone: string }>`select timezone from schedules where tutor_id = ${tutorId}`;
  return schedule?.timezone ?? 'UTC';
}

/** The version of the tutor's schedule that their slots follow. */
export async function scheduleVersion(tx: Tx, tutorId: PersonId): Promise<number> {
  const [schedule] = await tx.sql<{ version: string }>`select version from schedules where tutor_id = ${tutorId}`;
  return Number(schedule!.version);
}
