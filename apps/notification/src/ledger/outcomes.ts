import { NotificationDelivered, NotificationFailed } from '@scheduling/contracts';
import type { BookingId } from '@scheduling/domain';
import { announce } from '@scheduling/events';
import type { Tx } from '@scheduling/persistence';
import type { Message, News } from '../messages/message.ts';

/** How a message has ended that is known to have reached its reader, or never will. */
export type Outcome = 'delivered' | 'failed' | 'dead';

/** States what became of a message, in the transaction that writes it into the ledger. */
export function announceOutcome(
  tx: Tx,
  { id, recipientId: user_id, channel, news }: Pick<Message, 'id' | 'recipientId' | 'channel' | 'news'>,
  state: Outcome,
): void {
  const outcome = {
    notification_id: id,
    user_id,
    kind: news.kind,
    channel,
    booking_id: bookingOf(news),
    state,
    at: tx.now.toISOString(),
  };
  announce(tx, state === 'delivered' ? NotificationDelivered.of(outcome) : NotificationFailed.of(outcome));
}

/** The booking that news are about; null where there is none, or none yet. */
export const bookingOf = ({ event }: News): BookingId | null => ('booking_id' in event ? event.booking_id : null);
