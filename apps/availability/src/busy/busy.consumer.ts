import { Controller } from '@nestjs/common';
import {
  CalendarBusyChanged,
  CalendarConnected,
  CalendarDisconnected,
  CalendarSyncFailed,
  CalendarSyncRecovered,
} from '@scheduling/contracts';
import { On } from '@scheduling/events';
import type { Tx } from '@scheduling/persistence';
import { BusyService } from './busy.service.ts';
import { ConnectionsService } from './connections.service.ts';

@Controller()
export class BusyConsumer {
  constructor(
    private readonly busy: BusyService,
    private readonly connections: ConnectionsService,
  ) {}

  /** Takes time out of what a tutor offers, or gives it back. */
  @On(CalendarBusyChanged, 'availability.busy')
  changed(tx: Tx, event: CalendarBusyChanged): Promise<void> {
    return this.busy.changed(tx, event);
  }

  /** Offers by what the tutor chose for calendars that cannot be read. */
  @On(CalendarSyncFailed, 'availability.busy')
  failed(tx: Tx, { user_id, version, known_until }: CalendarSyncFailed): Promise<void> {
    return this.connections.heard(tx, { personId: user_id, version, knownUntil: new Date(known_until) });
  }

  /** Offers by what the calendars say again. */
  @On(CalendarSyncRecovered, 'availability.busy')
  recovered(tx: Tx, event: CalendarSyncRecovered): Promise<void> {
    return this.reachable(tx, event);
  }

  /** Offers by what the calendars say. */
  @On(CalendarConnected, 'availability.busy')
  connected(tx: Tx, event: CalendarConnected): Promise<void> {
    return this.reachable(tx, event);
  }

  /** There is nothing left that could not be read; what else is known of the person's time is told by a reading of its own. */
  @On(CalendarDisconnected, 'availability.busy')
  disconnected(tx: Tx, event: CalendarDisconnected): Promise<void> {
    return this.reachable(tx, event);
  }

  private reachable(tx: Tx, { user_id, version }: { user_id: CalendarConnected['user_id']; version: number }) {
    return this.connections.heard(tx, { personId: user_id, version, knownUntil: null });
  }
}
