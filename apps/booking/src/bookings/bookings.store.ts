import type { BookingId, PersonId, SlotId } from '@scheduling/domain';
import type { Tx } from '@scheduling/persistence';
import { In, MoreThanOrEqual } from 'typeorm';
import { Booking, type BookingStatus } from './bookings.entity.ts';

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

/** The lessons of a tutor that stand in these slots, all of which start at an instant or later. */
export function confirmedIn(tx: Tx, tutorId: PersonId, slotIds: readonly SlotId[], from: Date): Promise<Booking[]> {
  return tx
    .repository(Booking)
    .findBy({ tutorId, startAt: MoreThanOrEqual(from), slotId: In([...slotIds]), status: 'confirmed' });
}

/** Where a page of bookings begins: after this one. */
export interface Mark {
  readonly startAt: Date;
  readonly id: BookingId;
}

/** Which of a person's bookings are asked for: in one status, after a mark, at most so many. */
export interface Listing {
  readonly status: BookingStatus | null;
  readonly mark: Mark | null;
  readonly limit: number;
}

/** A person's bookings, as student or as tutor, the latest start first. */
export function listBookings(tx: Tx, person: PersonId, { status, mark, limit }: Listing): Promise<Booking[]> {
  const query = tx
    .repository(Booking)
    .createQueryBuilder('b')
    .where('(b.studentId = :person or b.tutorId = :person)', { person })
    .orderBy({ 'b.startAt': 'DESC', 'b.id': 'DESC' })
    .limit(limit);
  if (status) query.andWhere('b.status = :status', { status });
  if (mark) query.andWhere('(b.startAt, b.id) < (:startAt, :id)', { ...mark });
  return query.getMany();
}

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
