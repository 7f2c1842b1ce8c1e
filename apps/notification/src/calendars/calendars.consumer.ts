import { Controller } from '@nestjs/common';
import {
  CalendarConnected,
  CalendarDisconnected,
  CalendarSyncFailed,
  CalendarSyncRecovered,
} from '@scheduling/contracts';
import { On } from '@scheduling/events';
import type { Tx } from '@scheduling/persistence';
import { CalendarsService } from './calendars.service.ts';

@Controller()
export class CalendarsConsumer {
  constructor(private readonly calendars: CalendarsService) {}

  /** Sends this person no calendar files from now on. */
  @On(CalendarConnected, 'notification.calendars')
  connected(tx: Tx, { user_id: personId, version }: CalendarConnected): Promise<void> {
    return this.calendars.keep(tx, { personId, version, isConnected: true });
  }

  /** Sends this person calendar files again. */
  @On(CalendarDisconnected, 'notification.calendars')
  disconnected(tx: Tx, { user_id: personId, version }: CalendarDisconnected): Promise<void> {
    return this.calendars.keep(tx, { personId, version, isConnected: false });
  }

  /** Asks this person to connect their calendar again, if nobody else can mend it. */
  @On(CalendarSyncFailed, 'notification.calendars')
  failed(tx: Tx, event: CalendarSyncFailed): Promise<void> {
    return this.calendars.failed(tx, event);
  }

  /** Sends this person no calendar files from now on. */
  @On(CalendarSyncRecovered, 'notification.calendars')
  recovered(tx: Tx, { user_id: personId, version }: CalendarSyncRecovered): Promise<void> {
    return this.calendars.keep(tx, { personId, version, isConnected: true });
  }
}
