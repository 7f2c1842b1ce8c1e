import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import {
  BookingCanceled,
  BookingConfirmed,
  metaOf,
  SlotHeld,
  SlotReleased,
  SlotsChanged,
  topicOf,
} from '@scheduling/contracts';
import type { PersonId } from '@scheduling/domain';
import { type Envelope, EventLog, hearOwn } from '@scheduling/events';
import { Database } from '@scheduling/persistence';
import { SlotCache } from './slot-cache.ts';

/** What changes a tutor's list; their key is the tutor. */
const CHANGES: ReadonlySet<string> = new Set([
  metaOf(SlotHeld).type,
  metaOf(SlotReleased).type,
  metaOf(SlotsChanged).type,
  metaOf(BookingConfirmed).type,
  metaOf(BookingCanceled).type,
]);
const OWN_TOPIC = topicOf(metaOf(SlotHeld).type);

/** Drops what is kept of a tutor when something happens to their slots: here at once, on other replicas as the log tells it. */
@Injectable()
export class CacheDropper implements OnApplicationBootstrap, OnApplicationShutdown {
  private stopTail: () => Promise<void> = async () => {};

  constructor(
    private readonly db: Database,
    private readonly log: EventLog,
    private readonly cache: SlotCache,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    hearOwn(this.db, (envelope) => this.drop(envelope));
    this.stopTail = await this.log.tail([OWN_TOPIC], (envelope) => this.drop(envelope));
  }

  async onApplicationShutdown(): Promise<void> {
    await this.stopTail();
    await this.cache.close();
  }

  private drop({ type, partitionkey, data }: Envelope): void {
    if (!CHANGES.has(type)) return;
    void this.cache.drop(partitionkey as PersonId);
    // Who learns here may teach elsewhere: it is their own time as well.
    const { student_id: student } = data as Partial<SlotHeld>;
    if (student !== undefined) void this.cache.drop(student);
  }
}
