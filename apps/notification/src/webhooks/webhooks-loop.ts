import { type BeforeApplicationShutdown, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { loggable } from '@scheduling/domain';
import { WorkLoop } from '@scheduling/persistence';
import { MOST_ENDPOINTS } from './endpoints.service.ts';
import type { Taken } from './queue.store.ts';
import { BESIDE, SendingService } from './sending.service.ts';
import { WebhookSender } from './webhook-sender.ts';

/** How long it rests at most while nothing is due, in milliseconds. */
const LONGEST_REST = 500;
/** How long what is on its way may hold up the end of the process, in milliseconds; the rest is taken over after its lease. */
const FAREWELL = 3000;

/** Sends webhooks for as long as the application runs; any number of replicas may. */
@Injectable()
export class WebhooksLoop implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(WebhooksLoop.name);
  private readonly loop: WorkLoop<Taken>;

  constructor(
    sending: SendingService,
    private readonly sender: WebhookSender,
  ) {
    this.loop = new WorkLoop({
      take: (limit) => sending.take(limit),
      attend: (delivery) => sending.deliver(delivery),
      failed: (error) => this.logger.error(loggable(error)),
      // Room for all that may be on their way: endpoints that hang hold up nobody else.
      width: MOST_ENDPOINTS * BESIDE,
      longestRest: LONGEST_REST,
    });
  }

  /** Begins. */
  onApplicationBootstrap(): void {
    this.loop.start();
  }

  /** Takes nothing more, and waits a little for what is on its way. */
  async beforeApplicationShutdown(): Promise<void> {
    await this.loop.stop(FAREWELL, () => this.sender.close());
  }
}
