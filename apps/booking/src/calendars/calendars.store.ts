import type { Tx } from '@scheduling/persistence';
import type { Booking, Side } from '../bookings/bookings.entity.ts';

/** Keeps what the calendar of one of the two calls a lesson: nobody is shown it, so that it makes no new version. */
export async function keepEventId(tx: Tx, { id }: Booking, side: Side, eventId: string): Promise<void> {
  await tx.prepared`
    update bookings
       set calendar_event_id_tutor = case when ${side} = 'tutor' then ${eventId} else calendar_event_id_tutor end,
           calendar_event_id_student = case when ${side} = 'student' then ${eventId} else calendar_event_id_student end
     where id = ${id}`;
}
