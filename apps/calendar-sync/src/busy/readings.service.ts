import { Injectable, Logger } from '@nestjs/common';
import { Database, lockPeople, type Tx } from '@scheduling/persistence';
import { GoogleFailure } from '../google/google-failure.ts';
import { ChannelsService } from './channels.service.ts';
import { GoogleEvents, type Told } from './google-events.service.ts';
import { HealthService } from './health.service.ts';
import { restAfter, waitAfter } from './reading.policy.ts';
import { lockTaken, markRead, postponeReading, restCalendar, takeCalendars } from './readings.store.ts';
import { ToldService } from './told.service.ts';
import type { WatchedCalendar } from './watched-calendar.ts';

/** More than the longest that a reading takes. */
const LEASE_SECONDS = 120;

@Injectable()
export class ReadingsService {
  private readonly logger = new Logger(ReadingsService.name);

  constructor(
    private readonly db: Database,
    private readonly events: GoogleEvents,
    private readonly channels: ChannelsService,
    private readonly told: ToldService,
    private readonly health: HealthService,
  ) {}

  /** Takes at most so many calendars that are to be read, for this worker alone. */
  take(limit: number): Promise<WatchedCalendar[]> {
    return this.db.transaction((tx) => takeCalendars(tx, limit, LEASE_SECONDS));
  }

  /** Reads a calendar that was taken, outside any transaction, and writes down what it says or why it says nothing. */
  async read(calendar: WatchedCalendar): Promise<void> {
    try {
      // The channel comes first: what changes after the reading is then pushed.
      const isPushed = await this.channels.keepOpen(calendar);
      const told = await this.events.read(calendar);
      await this.db.transaction((tx) => this.keep(tx, calendar, told, isPushed));
    } catch (error) {
      if (!(error instanceof GoogleFailure)) throw error;
      this.logger.warn({
        message: 'A calendar could not be read.',
        calendar: calendar.id,
        kind: error.kind,
        code: error.code,
      });
      await this.db.transaction((tx) => this.failed(tx, calendar, error));
    }
  }

  private async keep(tx: Tx, calendar: WatchedCalendar, told: Told, isPushed: boolean): Promise<void> {
    await lockPeople(tx, [calendar.userId]);
    const current = await lockTaken(tx, calendar);
    // Somebody else has it by now, or its owner has let it go.
    if (!current) return;
    const progress = { syncToken: null, timezone: calendar.timezone, ...told };
    await markRead(tx, calendar, progress, restAfter({ isPushed, extent: told.extent }, Math.random()));
    await this.told.keep(tx, calendar, told, current.isBusy);
  }

  private async failed(tx: Tx, calendar: WatchedCalendar, failure: GoogleFailure): Promise<void> {
    await lockPeople(tx, [calendar.userId]);
    if (!(await lockTaken(tx, calendar))) return;
    if (failure.kind === 'reconnect_required') return restCalendar(tx, calendar);
    await postponeReading(tx, calendar, waitAfter(failure, calendar.attempts, Math.random()));
    await this.health.failed(tx, calendar.userId, failure);
  }
}
