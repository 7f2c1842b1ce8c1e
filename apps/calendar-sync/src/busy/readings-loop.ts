import { type BeforeApplicationShutdown, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { loggable } from '@scheduling/domain';
import { WorkLoop } from '@scheduling/persistence';
import { GoogleAccess } from '../google/google-access.service.ts';
import { ReadingsService } from './readings.service.ts';
import type { WatchedCalendar } from './watched-calendar.ts';

/** How many calendars are read beside each other. */
const READERS = 4;
/** How long it rests at most while nothing is due, in milliseconds. */
const LONGEST_REST = 500;
/** How long readings on their way may hold up the end of the process, in milliseconds; they are begun anew after their lease. */
const FAREWELL = 3000;

/** Reads what is due for as long as the application runs; any number of replicas may. */
@Injectable()
export class ReadingsLoop implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(ReadingsLoop.name);
  private readonly loop: WorkLoop<WatchedCalendar>;

  constructor(
    readings: ReadingsService,
    private readonly google: GoogleAccess,
  ) {
    this.loop = new WorkLoop({
      take: (limit) => readings.take(limit),
      attend: (calendar) => readings.read(calendar),
      failed: (error) => this.logger.error(loggable(error)),
      width: READERS,
      longestRest: LONGEST_REST,
    });
  }

  /** Begins, where a Google is set up. */
  onApplicationBootstrap(): void {
    if (this.google.isOn) this.loop.start();
  }

  /** Something has become due. */
  wake(): void {
    this.loop.wake();
  }

  /** Takes nothing more, and waits a little for what is on its way. */
  beforeApplicationShutdown(): Promise<void> {
    return this.loop.stop(FAREWELL);
  }
}
