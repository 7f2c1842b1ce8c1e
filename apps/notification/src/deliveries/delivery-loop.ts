import { setTimeout as pause } from 'node:timers/promises';
import { type BeforeApplicationShutdown, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { loggable } from '@scheduling/domain';
import { DeliveriesService, type Delivery } from './deliveries.service.ts';
import { MailServer, SENDERS } from './mail-server.ts';

/** How long it rests while nothing is due, in milliseconds; after a failure of the database the longest. */
const REST = { first: 100, growth: 1.25, longest: 250, failed: 2000 };
/** How long mails on their way may hold up the end of the process, in milliseconds; the rest is taken over after its lease. */
const FAREWELL = 3000;

/** Delivers what is due for as long as the application runs; any number of replicas may. */
@Injectable()
export class DeliveryLoop implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(DeliveryLoop.name);
  private readonly underway = new Set<Promise<void>>();
  private readonly stopping = new AbortController();
  private running?: Promise<void>;

  constructor(
    private readonly deliveries: DeliveriesService,
    private readonly server: MailServer,
  ) {}

  /** Begins. */
  onApplicationBootstrap(): void {
    this.running = this.run();
  }

  /** Takes nothing more, waits a little for what is on its way, and lets the mail server go. */
  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    await this.running;
    await Promise.race([Promise.all(this.underway), pause(FAREWELL, undefined, { ref: false })]);
    this.server.close();
    // What was cut off fails at once and still writes that down, while there is a database to write to.
    await Promise.all(this.underway);
  }

  private async run(): Promise<void> {
    let rest = REST.first;
    while (!this.stopping.signal.aborted) {
      const free = SENDERS - this.underway.size;
      const taken = free > 0 ? await this.take(free) : [];
      for (const delivery of taken ?? []) this.send(delivery);
      rest = taken?.length ? REST.first : Math.min(rest * REST.growth, REST.longest);
      // Whoever finishes makes room for the next message: nobody waits for a mail that hangs.
      await Promise.race([...this.underway, this.rest(taken ? rest : REST.failed)]);
    }
  }

  /** Null when the database did not answer: then it is asked again a little later. */
  private async take(limit: number): Promise<Delivery[] | null> {
    try {
      return await this.deliveries.take(limit);
    } catch (error) {
      this.logger.error(loggable(error));
      return null;
    }
  }

  private send(delivery: Delivery): void {
    const sending = this.sendOrLog(delivery).finally(() => this.underway.delete(sending));
    this.underway.add(sending);
  }

  private async sendOrLog(delivery: Delivery): Promise<void> {
    try {
      await this.deliveries.deliver(delivery);
    } catch (error) {
      // What became of it could not be written down: it is due again when its lease ends.
      this.logger.error(loggable(error));
    }
  }

  private async rest(ms: number): Promise<void> {
    try {
      await pause(ms, undefined, { signal: this.stopping.signal });
    } catch (error) {
      if (!this.stopping.signal.aborted) throw error;
    }
  }
}
