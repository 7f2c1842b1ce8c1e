import { setTimeout as pause } from 'node:timers/promises';
import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import {
  BookingCanceled,
  BookingConfirmed,
  BookingPendingPayment,
  BookingRescheduled,
  metaOf,
  SlotHeld,
  SlotReleased,
  SlotsChanged,
  topicOf,
} from '@scheduling/contracts';
import { loggable, type PersonId } from '@scheduling/domain';
import { type Envelope, EventLog, hearOwn } from '@scheduling/events';
import { Database } from '@scheduling/persistence';
import { SlotCache } from './slot-cache.ts';

/** What changes a tutor's list; their key is the tutor. */
const CHANGES: ReadonlySet<string> = new Set([
  metaOf(SlotHeld).type,
  metaOf(SlotReleased).type,
  metaOf(SlotsChanged).type,
  metaOf(BookingPendingPayment).type,
  metaOf(BookingConfirmed).type,
  metaOf(BookingRescheduled).type,
  metaOf(BookingCanceled).type,
]);
const RETRY_MS = 250;
const OWN_TOPIC = topicOf(metaOf(SlotHeld).type);

/** Drops what is kept of a tutor when something happens to their slots: here at once, on other replicas as the log tells it. */
@Injectable()
export class CacheDropper implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(CacheDropper.name);
  private stopTail: () => Promise<void> = async () => {};
  private watching = Promise.resolve();
  private isStopping = false;

  constructor(
    private readonly db: Database,
    private readonly log: EventLog,
    private readonly cache: SlotCache,
  ) {}

  onApplicationBootstrap(): void {
    hearOwn(this.db, (envelope) => this.drop(envelope));
    this.watching = this.watchOthers();
  }

  async onApplicationShutdown(): Promise<void> {
    this.isStopping = true;
    await this.watching;
    await this.stopTail();
    await this.cache.close();
  }

  /** A log that cannot be watched yet stops nobody: until then answers die of age, within seconds. */
  private async watchOthers(): Promise<void> {
    while (!this.isStopping) {
      try {
        this.stopTail = await this.log.tail([OWN_TOPIC], (envelope) => this.drop(envelope));
        return;
      } catch (error) {
        this.logger.warn({ message: 'The log cannot be watched yet.', error: loggable(error) });
        await pause(RETRY_MS);
      }
    }
  }

  private drop({ type, partitionkey, data }: Envelope): void {
    if (!CHANGES.has(type)) return;
    void this.cache.drop(partitionkey as PersonId);
    // Who learns here may teach elsewhere: it is their own time as well.
    const { student_id: student } = data as Partial<SlotHeld>;
    if (student !== undefined) void this.cache.drop(student);
  }
}
