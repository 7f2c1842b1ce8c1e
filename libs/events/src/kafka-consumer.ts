import { Logger } from '@nestjs/common';
import { topicOf } from '@scheduling/contracts';
import { loggable } from '@scheduling/domain';
import type { Database } from '@scheduling/persistence';
import type { Consumer, EachBatchPayload, Kafka } from 'kafkajs';
import type { Envelope } from './envelope.ts';
import type { Inbox } from './inbox.ts';
import { envelopeIn } from './kafka-message.ts';
import type { Subscription } from './subscription.ts';

/** Partitions handled at once; each has a connection of the service's pool meanwhile. */
const AT_ONCE = 2;
const COMMIT_EVERY = 20;
const HEARTBEAT_MS = 1000;
const PAUSE_WITHOUT_DATABASE_MS = 1000;

/** How a consumer takes part in its group; times in milliseconds. A dead replica is silent for the whole session. */
export const MEMBERSHIP = {
  sessionTimeout: 10_000,
  rebalanceTimeout: 60_000,
  heartbeatInterval: HEARTBEAT_MS,
  maxWaitTimeInMs: 250,
  maxBytesPerPartition: 512_000,
  allowAutoTopicCreation: false,
  // kafkajs's own restart fires even after a disconnect: a consumer that crashed is replaced by a new one instead.
  retry: { retries: 2, restartOnFailure: async () => false },
} as const;

/** The topics of what a group listens to. */
export const topicsOf = ({ handlers }: Subscription): string[] => [...new Set([...handlers.keys()].map(topicOf))];

/** One replica's member of a group: receipt and effects of an event commit together, and the offset after them. */
export class KafkaConsumer {
  private readonly logger = new Logger(KafkaConsumer.name);
  private readonly resting = new Set<NodeJS.Timeout>();
  private member: Consumer | undefined;

  constructor(
    private readonly kafka: Kafka,
    private readonly db: Database,
    private readonly inbox: Inbox,
    readonly subscription: Subscription,
  ) {}

  /** Joins the group, unless it has; after a crash it may be called again. */
  async start(): Promise<void> {
    if (this.member) return;
    const { group } = this.subscription;
    const member = this.kafka.consumer({ ...MEMBERSHIP, groupId: group });
    this.member = member;
    member.on(member.events.CRASH, ({ payload }) => {
      this.logger.warn({ message: 'A consumer crashed and will be replaced.', group, error: payload.error.message });
      if (this.member === member) this.member = undefined;
    });
    try {
      await member.connect();
      await member.subscribe({ topics: topicsOf(this.subscription), fromBeginning: true });
      await member.run({
        autoCommit: false,
        eachBatchAutoResolve: false,
        partitionsConsumedConcurrently: AT_ONCE,
        eachBatch: (payload) => this.eachBatch(payload),
      });
    } catch (error) {
      await this.stop();
      throw error;
    }
  }

  /** Lets the deliveries in flight finish and leaves the group. */
  async stop(): Promise<void> {
    const { member } = this;
    this.member = undefined;
    await member?.disconnect();
    for (const timer of this.resting) clearTimeout(timer);
    this.resting.clear();
  }

  /** Throws only what kafkajs threw: another error would make it deliver in a circle until it crashes. */
  private async eachBatch(payload: EachBatchPayload): Promise<void> {
    const { batch } = payload;
    let uncommitted = 0;
    for (const message of batch.messages) {
      if (!payload.isRunning() || payload.isStale()) break;
      const envelope = envelopeIn(batch.topic, batch.partition, message);
      const restMs = envelope ? await this.whileBeating(payload, () => this.deliver(envelope)) : null;
      if (restMs !== null) {
        this.restFor(restMs, payload.pause());
        break;
      }
      payload.resolveOffset(message.offset);
      uncommitted += 1;
      if (uncommitted % COMMIT_EVERY === 0) await payload.commitOffsetsIfNecessary(payload.uncommittedOffsets());
      await payload.heartbeat();
    }
    await payload.commitOffsetsIfNecessary(payload.uncommittedOffsets());
  }

  /** Delivers one event; null when it is done with, or the milliseconds until it should be tried again. */
  private async deliver(envelope: Envelope): Promise<number | null> {
    let isOpen = false;
    try {
      await this.db.transaction((tx) => {
        isOpen = true;
        return this.inbox.take(tx, this.subscription, envelope);
      });
      return null;
    } catch (error) {
      return isOpen ? this.fail(envelope, error) : this.withoutDatabase(error);
    }
  }

  private async fail(envelope: Envelope, cause: unknown): Promise<number | null> {
    try {
      return await this.db.transaction((tx) => this.inbox.failed(tx, this.subscription.group, envelope, cause));
    } catch (error) {
      return this.withoutDatabase(error);
    }
  }

  private withoutDatabase(error: unknown): number {
    this.logger.warn({
      message: 'The database could not be reached.',
      group: this.subscription.group,
      error: loggable(error),
    });
    return PAUSE_WITHOUT_DATABASE_MS;
  }

  private restFor(ms: number, resume: () => void): void {
    const timer = setTimeout(() => {
      this.resting.delete(timer);
      resume();
    }, ms);
    this.resting.add(timer);
  }

  /** The group takes a member for dead that is silent for longer than its session, however busy it is. */
  private async whileBeating<T>(payload: EachBatchPayload, work: () => Promise<T>): Promise<T> {
    const failures: unknown[] = [];
    const beat = setInterval(
      () => void payload.heartbeat().catch((error: unknown) => failures.push(error)),
      HEARTBEAT_MS,
    );
    try {
      return await work();
    } finally {
      clearInterval(beat);
      if (failures.length > 0)
        this.logger.debug({ message: 'A heartbeat failed during a delivery.', error: failures[0] });
    }
  }
}
