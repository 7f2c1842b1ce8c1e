import { type BeforeApplicationShutdown, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { loggable } from '@scheduling/domain';
import { WorkLoop } from '@scheduling/persistence';
import type { DueImport } from './imports.store.ts';
import { FileReadings } from './reading.service.ts';

const WIDTH = 4;
/** How long it rests at most while nothing is due, in milliseconds. */
const LONGEST_REST = 500;
/** How long files on their way may hold up the end of the process, in milliseconds. */
const FAREWELL = 3000;

/** Reads the calendar files that are due for as long as the application runs; any number of replicas may. */
@Injectable()
export class ImportsLoop implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(ImportsLoop.name);
  private readonly loop: WorkLoop<DueImport>;

  constructor(readings: FileReadings) {
    this.loop = new WorkLoop({
      take: (limit) => readings.take(limit),
      attend: (due) => readings.attend(due),
      failed: (error) => this.logger.error(loggable(error)),
      width: WIDTH,
      longestRest: LONGEST_REST,
    });
  }

  /** Begins. */
  onApplicationBootstrap(): void {
    this.loop.start();
  }

  /** Takes nothing more and waits a little for what is on its way. */
  beforeApplicationShutdown(): Promise<void> {
    return this.loop.stop(FAREWELL);
  }
}
