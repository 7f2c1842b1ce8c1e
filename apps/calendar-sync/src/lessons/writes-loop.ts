import { type BeforeApplicationShutdown, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { loggable } from '@scheduling/domain';
import { WorkLoop } from '@scheduling/persistence';
import { GoogleAccess } from '../google/google-access.service.ts';
import type { LessonEvent } from './lesson-events.store.ts';
import { WritingService } from './writing.service.ts';

/** How many calendars are written beside each other. */
const WRITERS = 4;
/** How long it rests at most while nothing is due, in milliseconds. */
const LONGEST_REST = 500;
/** How long writes on their way may hold up the end of the process, in milliseconds; they are made again after their lease. */
const FAREWELL = 3000;

/** Writes what is due for as long as the application runs; any number of replicas may. */
@Injectable()
export class WritesLoop implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(WritesLoop.name);
  private readonly loop: WorkLoop<LessonEvent>;

  constructor(
    writing: WritingService,
    private readonly google: GoogleAccess,
  ) {
    this.loop = new WorkLoop({
      take: (limit) => writing.take(limit),
      attend: (row) => writing.attend(row),
      failed: (error) => this.logger.error(loggable(error)),
      width: WRITERS,
      longestRest: LONGEST_REST,
    });
  }

  /** Begins, where a Google is set up. */
  onApplicationBootstrap(): void {
    if (this.google.isOn) this.loop.start();
  }

  /** Takes nothing more, and waits a little for what is on its way. */
  beforeApplicationShutdown(): Promise<void> {
    return this.loop.stop(FAREWELL);
  }
}
