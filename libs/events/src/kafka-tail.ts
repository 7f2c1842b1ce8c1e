import { randomUUID } from 'node:crypto';
import type { Admin, Consumer, EachBatchPayload, Kafka } from 'kafkajs';
import type { Watcher } from './event-log.ts';
import { MEMBERSHIP } from './kafka-consumer.ts';
import { envelopeIn } from './kafka-message.ts';
import { Loop } from './loop.ts';
import { watch } from './watch.ts';

interface Place {
  readonly topic: string;
  readonly partition: number;
  offset: string;
}

/** Watches topics in Kafka from now on, in a group of its own; its place is in memory only. */
export class KafkaTail {
  private readonly places = new Map<string, Place>();
  private readonly keeper = new Loop('tail', () => this.keep());
  private member: Consumer | undefined;

  constructor(
    private readonly kafka: Kafka,
    private readonly group: string,
    private readonly topics: readonly string[],
    private readonly watcher: Watcher,
  ) {}

  /** Takes its place behind the last event of each partition, then begins. */
  async start(admin: Admin): Promise<void> {
    for (const topic of this.topics) {
      for (const { partition, high } of await admin.fetchTopicOffsets(topic)) {
        this.places.set(`${topic}/${partition}`, { topic, partition, offset: high });
      }
    }
    await this.keep();
    this.keeper.start();
  }

  /** Lets the watcher finish with the event that it has, then ends. */
  async stop(): Promise<void> {
    await this.keeper.stop();
    await this.member?.disconnect();
    this.member = undefined;
  }

  /** Joins, and joins anew after a crash. */
  private async keep(): Promise<boolean> {
    if (this.member) return false;
    const member = this.kafka.consumer({ ...MEMBERSHIP, groupId: `${this.group}.${randomUUID()}` });
    this.member = member;
    member.on(member.events.CRASH, () => {
      if (this.member === member) this.member = undefined;
    });
    // Before the first fetch, and again after each rejoin: nothing is ever committed that it could go on from.
    member.on(member.events.GROUP_JOIN, () => {
      for (const place of this.places.values()) member.seek(place);
    });
    try {
      await member.connect();
      await member.subscribe({ topics: [...this.topics] });
      await member.run({
        autoCommit: false,
        eachBatchAutoResolve: false,
        eachBatch: (payload) => this.eachBatch(payload),
      });
    } catch (error) {
      this.member = undefined;
      await member.disconnect();
      throw error;
    }
    return false;
  }

  private async eachBatch(payload: EachBatchPayload): Promise<void> {
    const { batch } = payload;
    const place = this.places.get(`${batch.topic}/${batch.partition}`);
    for (const message of batch.messages) {
      if (!payload.isRunning() || payload.isStale()) break;
      const envelope = envelopeIn(batch.topic, batch.partition, message);
      if (envelope) await watch(this.watcher, envelope);
      if (place) place.offset = String(BigInt(message.offset) + 1n);
      payload.resolveOffset(message.offset);
      await payload.heartbeat();
    }
  }
}
