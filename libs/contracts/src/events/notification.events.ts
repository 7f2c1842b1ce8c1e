import type { BookingId, PersonId } from '@scheduling/domain';
import { Instant, Nullable, OpenWord, Uuid } from '../fields.ts';
import { booked, ids } from './booking.examples.ts';
import { EventType, SchedulingEvent } from './event.ts';

/** What became of one message to one person on one way; never what it says, nor where it went. */
abstract class NotificationOutcome extends SchedulingEvent {
  /** The message: its row in the ledger. */
  @Uuid() readonly notification_id!: string;
  /** Whom it is for. */
  @Uuid() readonly user_id!: PersonId;
  /** What it is about, such as `booking_confirmed`. */
  @OpenWord() readonly kind!: string;
  /** `email`, `sms`, `in_app` or `push`. */
  @OpenWord() readonly channel!: string;
  /** The booking that it is about; null where it is about none. */
  @Nullable() @Uuid() readonly booking_id!: BookingId | null;
  /** Where the message stands, in the ledger's word. */
  @OpenWord() readonly state!: string;
  /** Since when. */
  @Instant() readonly at!: string;
}

const outcome = {
  notification_id: '5d8e2b71-0f4c-4a96-b3d8-7e1c9a2f6b09',
  user_id: ids.student_id,
  kind: 'booking_confirmed',
  channel: 'in_app',
  booking_id: booked.booking_id,
  state: 'delivered',
  at: '2026-12-01T16:00:00.000Z',
};

/** A message is known to have reached its reader: it stands where they are signed in, or its provider says so; of mail and push nobody does. */
@EventType<NotificationDelivered>({
  type: 'scheduling.notification.NotificationDelivered.v1',
  key: (event) => event.user_id,
  examples: [outcome],
})
export class NotificationDelivered extends NotificationOutcome {}

/** A message did not reach its reader, and is not tried again by itself: `failed` where it was refused for good, `dead` where its tries are used up. */
@EventType<NotificationFailed>({
  type: 'scheduling.notification.NotificationFailed.v1',
  key: (event) => event.user_id,
  examples: [{ ...outcome, channel: 'email', state: 'failed' }],
})
export class NotificationFailed extends NotificationOutcome {}
