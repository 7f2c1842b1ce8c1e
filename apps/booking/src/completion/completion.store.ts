import type { PersonId } from '@scheduling/domain';
import type { Tx } from '@scheduling/persistence';
import { LessThanOrEqual } from 'typeorm';
import { Booking } from '../bookings/bookings.entity.ts';

/** Tutors with confirmed lessons that have ended, the longest ago first. */
export async function tutorsWithEnded(tx: Tx, limit: number): Promise<PersonId[]> {
  const tutors = await tx.sql<{ tutorId: PersonId }>`
    select tutor_id as "tutorId" from bookings where status = 'confirmed' and end_at <= ${tx.now}
     group by tutor_id order by min(end_at), tutor_id limit ${limit}`;
  return tutors.map(({ tutorId }) => tutorId);
}

/** Confirmed lessons of a tutor that have ended, the longest ago first. */
export function endedOfTutor(tx: Tx, tutorId: PersonId, limit: number): Promise<Booking[]> {
  return tx.repository(Booking).find({
    where: { tutorId, status: 'confirmed', endAt: LessThanOrEqual(tx.now) },
    order: { endAt: 'ASC', id: 'ASC' },
    take: limit,
  });
}
