import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { loggable } from '@scheduling/domain';
import { WorkLoop } from '@scheduling/persistence';
import { DeliveriesService } from './deliveries.service.ts';
import { Pace } from './pace.ts';
import { type Delivery, type Way, WAYS } from './way.ts';

/** How long a loop rests at most while nothing is due, in milliseconds; one of a way that is off only clears away. */
const LONGEST_REST = { on: 250, off: 5000 };
/** How long messages on their way may hold up the end of the process, in milliseconds; the rest is taken over after its lease. */
const FAREWELL = 3000;

/** Delivers what is due for as long as the application runs, each way in a loop of its own; any number of replicas may. */
@Injectable()
export class DeliveryLoops implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(DeliveryLoops.name);
  private readonly loops: readonly { readonly way: Way; readonly loop: WorkLoop<Delivery> }[];

  constructor(
    private readonly deliveries: DeliveriesService,
    @Inject(WAYS) ways: readonly Way[],
  ) {
    this.loops = ways.map((way) => ({ way, loop: this.loopOf(way) }));
  }

  /** Begins. */
  onApplicationBootstrap(): void {
    for (const { loop } of this.loops) loop.start();
  }

  /** Takes nothing more, waits a little for what is on its way, and lets the providers go. */
  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all(this.loops.map(({ way, loop }) => loop.stop(FAREWELL, () => way.close())));
  }

  private loopOf(way: Way): WorkLoop<Delivery> {
    const pace = new Pace(way.perSecond);
    return new WorkLoop({
      take: async (limit) => {
        const room = pace.room(limit);
        const taken = room > 0 ? await this.deliveries.take(way, room) : [];
        pace.spend(taken.length);
        return taken;
      },
      attend: (delivery) => this.deliveries.deliver(way, pace, delivery),
      failed: (error) => this.logger.error(loggable(error)),
      width: way.width,
      portion: way.portion,
      longestRest: way.isOn ? LONGEST_REST.on : LONGEST_REST.off,
    });
  }
}
