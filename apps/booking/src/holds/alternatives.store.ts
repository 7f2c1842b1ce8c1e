import type { BookingId, HoldId, PersonId, SlotId } from '@scheduling/domain';
import { type Glance, NOW } from '@scheduling/persistence';

/** Where a slot is in its tutor's time, and what the student who asked for it has: nothing is decided by it. */
export interface Standing {
  readonly tutorId: PersonId;
  readonly startAt: Date;
  /** The student's live holds, anywhere. */
  readonly holds: readonly { hold_id: HoldId; slot_id: SlotId; expires_at: string }[];
  /** The student's lessons that meet this slot's time. */
  readonly bookings: readonly { booking_id: BookingId; start_at: string; end_at: string }[];
}

/** Reads it; undefined where there is no such slot. */
export async function standingOf(glance: Glance, slotId: SlotId, student: PersonId): Promise<Standing | undefined> {
  const [standing] = await glance.sql<Standing>`
    select s.tutor_id as "tutorId", s.start_at as "startAt",
           coalesce((select jsonb_agg(jsonb_build_object('hold_id', id, 'slot_id', slot_id, 'expires_at', expires_at))
                       from holds where student_id = ${student} and held_at > ${NOW} - interval '1 hour'
                        and kind = 'student' and status = 'held' and expires_at > ${NOW}), '[]') as holds,
           coalesce((select jsonb_agg(jsonb_build_object('booking_id', b.id, 'start_at', b.start_at, 'end_at', b.end_at))
                       from claims c join bookings b on b.slot_id = c.slot_id and b.student_id = c.person_id
                      where c.person_id = ${student} and c.seat > 0 and c.during && tstzrange(s.start_at, s.end_at)
                        and b.status in ('confirmed', 'pending_payment')), '[]') as bookings
      from slots s where s.id = ${slotId}`;
  return standing;
}
