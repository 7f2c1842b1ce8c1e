import type { SlotId } from '@scheduling/domain';
import type { Tx } from '@scheduling/persistence';
import type { Booking } from '../bookings/bookings.entity.ts';

/** A time of the same length as a lesson's. */
export interface Wanted {
  readonly startAt: Date;
  readonly endAt: Date;
}

/**
 * The slot of the same tutor's at exactly this time that the lesson could move to, by what can be seen now: offered, a seat free, and
 * neither of the two in another lesson. Its own seats are in nobody's way. Whoever moves it decides again, behind the locks.
 */
export async function wantedSlot(tx: Tx, booking: Booking, { startAt, endAt }: Wanted): Promise<SlotId | null> {
  const { tutorId, studentId, slotId } = booking;
  const [slot] = await tx.sql<{ id: SlotId }>`
    select s.id
      from slots s join schedules k using (tutor_id)
     where s.tutor_id = ${tutorId} and s.start_at = ${startAt} and s.end_at = ${endAt} and s.id <> ${slotId}
       and s.offered and not s.withheld and s.deleted_at is null
       and s.start_at >= ${tx.now}::timestamptz + make_interval(mins => k.minimum_notice_minutes) and s.start_at > ${tx.now}
       and s.capacity > (select count(*) from claims c
                          where c.slot_id = s.id and c.seat > 0 and c.person_id <> ${studentId}
                            and (c.expires_at is null or c.expires_at > ${tx.now}))
       and not exists (select from waiting_for(s.id, s.tutor_id, s.start_at, ${tx.now}))
       and not exists (
         select from claims c
          where c.person_id in (${tutorId}, ${studentId}) and c.slot_id not in (s.id, ${slotId})
            and (c.expires_at is null or c.expires_at > ${tx.now})
            and c.during && case when c.person_id = ${tutorId}
                                 then tstzrange(s.start_at - make_interval(mins => k.buffer_before_minutes),
                                                s.end_at + make_interval(mins => k.buffer_after_minutes))
                                 else tstzrange(s.start_at, s.end_at) end)`;
  return slot?.id ?? null;
}
