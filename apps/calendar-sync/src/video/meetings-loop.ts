import { type BeforeApplicationShutdown, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { loggable } from '@scheduling/domain';
import { WorkLoop } from '@scheduling/persistence';
import type { Meeting } from './meetings.store.ts';
import { ZoomWork } from './zoom-work.service.ts';

const WIDTH = 4;
/** How long it rests at most while nothing is due, in milliseconds. */
const LONGEST_REST = 500;
/** How long requests on their way may hold up the end of the process, in milliseconds. */
const FAREWELL = 3000;

/** Does what is due at Zoom for as long as the application runs; any number of replicas may. */
@Injectable()
export class MeetingsLoop implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(MeetingsLoop.name);
  private readonly loop: WorkLoop<Meeting>;

  constructor(work: ZoomWork) {
    this.loop = new WorkLoop({
      take: (limit) => work.take(limit),
      attend: (meeting) => work.attend(meeting),
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
