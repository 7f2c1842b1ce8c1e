import { Injectable } from '@nestjs/common';
import type { CalendarSyncFailed } from '@scheduling/contracts';
import type { Tx } from '@scheduling/persistence';
import { MessagesService } from '../messages/messages.service.ts';
import { revokeOlder } from '../messages/messages.store.ts';
import { advanceConnection, type Connection } from './calendars.store.ts';

@Injectable()
export class CalendarsService {
  constructor(private readonly messages: MessagesService) {}

  /** Keeps whether somebody's calendar shows lessons by itself; a mail that asks them to connect it is then out of date. */
  async keep(tx: Tx, connection: Connection): Promise<void> {
    const { personId, version } = connection;
    if (await advanceConnection(tx, connection)) await revokeOlder(tx, { bookingId: personId, version });
  }

  /** Asks somebody to connect their calendar again, where only they can mend it; what comes back by itself is nothing to tell. */
  async failed(tx: Tx, event: CalendarSyncFailed): Promise<void> {
    const { user_id: personId, version, code } = event;
    const isTheirs = code === 'reconnect_required';
    const isNews = await advanceConnection(tx, { personId, version, isConnected: !isTheirs });
    if (isNews && isTheirs) await this.messages.plan(tx, { kind: 'calendar_reconnect', event });
  }
}
