import { type BeforeApplicationShutdown, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { loggable } from '@scheduling/domain';
import { WorkLoop } from '@scheduling/persistence';
import { DeliveriesService, type Delivery } from './deliveries.service.ts';
import { MailServer, SENDERS } from './mail-server.ts';

/** How long it rests at most while nothing is due, in milliseconds. */
const LONGEST_REST = 250;
/** How long mails on their way may hold up the end of the process, in milliseconds; the rest is taken over after its lease. */
const FAREWELL = 3000;

/** Delivers what is due for as long as the application runs; any number of replicas may. */
@Injectable()
export class DeliveryLoop implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(DeliveryLoop.name);
  private readonly loop: WorkLoop<Delivery>;

  constructor(
    deliveries: DeliveriesService,
    private readonly server: MailServer,
  ) {
    this.loop = new WorkLoop({
      take: (limit) => deliveries.take(limit),
      attend: (delivery) => deliveries.deliver(delivery),
      failed: (error) => this.logger.error(loggable(error)),
      width: SENDERS,
      longestRest: LONGEST_REST,
    });
  }

  /** Begins. */
  onApplicationBootstrap(): void {
    this.loop.start();
  }

  /** Takes nothing more, waits a little for what is on its way, and lets the mail server go. */
  beforeApplicationShutdown(): Promise<void> {
    return this.loop.stop(FAREWELL, () => this.server.close());
  }
}
