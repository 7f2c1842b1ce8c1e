import type { Database, Tx } from '@scheduling/persistence';
import type { Admin, Kafka } from 'kafkajs';
import { isPausedForNow, pausedGroups, registerGroups, setPaused } from './consumer-groups.store.ts';
import { EventLog, type Lag, type Watcher } from './event-log.ts';
import { GroupNotPaused } from './event-log.errors.ts';
import type { Inbox } from './inbox.ts';
import { KafkaConsumer, topicsOf } from './kafka-consumer.ts';
import { lagIn, moveBack, untilEmpty } from './kafka-offsets.ts';
import { KafkaTail } from './kafka-tail.ts';
import { ensureTopics } from './kafka-topics.ts';
import { Loop } from './loop.ts';
import type { Subscription } from './subscription.ts';

/** Milliseconds after which a replica notices at the latest that a group was paused or resumed. */
const NOTICE_MS = 500;

/** The event log in Kafka. */
export class KafkaLog extends EventLog {
  private readonly admin: Admin;
  private readonly control = new Loop(KafkaLog.name, () => this.heed(), NOTICE_MS);
  private readonly tails = new Set<KafkaTail>();
  private consumers: KafkaConsumer[] = [];

  constructor(
    db: Database,
    inbox: Inbox,
    private readonly kafka: Kafka,
    private readonly ownTopic: string,
  ) {
    super(db, inbox);
    this.admin = kafka.admin();
  }

  override async start(subscriptions: readonly Subscription[]): Promise<void> {
    await this.admin.connect();
    await ensureTopics(this.admin, [...new Set([this.ownTopic, ...subscriptions.flatMap(topicsOf)])]);
    await this.db.transaction((tx) =>
      registerGroups(
        tx,
        subscriptions.map(({ group }) => group),
      ),
    );
    this.subscriptions = subscriptions;
    this.consumers = subscriptions.map((one) => new KafkaConsumer(this.kafka, this.db, this.inbox, one));
    // Joining is not waited for: a group misses its dead member for a whole session, and requests need not wait that long.
    this.control.start();
  }

  override async stop(): Promise<void> {
    await this.control.stop();
    await Promise.all([...this.consumers, ...this.tails].map((running) => running.stop()));
    this.tails.clear();
    await this.admin.disconnect();
  }

  override async pause(group: string): Promise<void> {
    this.subscription(group);
    await this.db.transaction((tx) => setPaused(tx, group, true));
    await this.control.turn();
    await untilEmpty(this.admin, group);
  }

  override async resume(group: string): Promise<void> {
    this.subscription(group);
    await this.db.transaction((tx) => setPaused(tx, group, false));
    await this.control.turn();
  }

  override async replay(group: string, from: 'earliest' | Date): Promise<void> {
    const topics = topicsOf(this.subscription(group));
    await this.db.transaction(async (tx) => {
      if (!(await isPausedForNow(tx, group))) throw new GroupNotPaused(group);
      await untilEmpty(this.admin, group);
      await forgetReceipts(tx, group, from);
      await moveBack(this.kafka, this.admin, group, topics, from);
    });
  }

  override async lag(): Promise<Lag[]> {
    const lags = await Promise.all(this.subscriptions.map((one) => lagIn(this.admin, one.group, topicsOf(one))));
    return lags.flat();
  }

  override async tail(topics: readonly string[], watcher: Watcher): Promise<() => Promise<void>> {
    await ensureTopics(this.admin, topics);
    const tail = new KafkaTail(this.kafka, `${this.ownTopic}.tail`, topics, watcher);
    await tail.start(this.admin);
    this.tails.add(tail);
    return async () => {
      this.tails.delete(tail);
      await tail.stop();
    };
  }

  override forget(): Promise<number> {
    return Promise.resolve(0);
  }

  override compact(): Promise<number> {
    return Promise.resolve(0);
  }

  /** Makes each group run or rest as its control row says; replaces members that crashed. */
  private async heed(): Promise<boolean> {
    const groups = this.subscriptions.map(({ group }) => group);
    const paused = await this.db.transaction((tx) => pausedGroups(tx, groups));
    const done = await Promise.allSettled(
      this.consumers.map((one) => (paused.includes(one.subscription.group) ? one.stop() : one.start())),
    );
    const failure = done.find((one) => one.status === 'rejected');
    if (failure) throw failure.reason;
    return false;
  }
}

/** Receipts bear the database's time and messages the relay's: a few minutes more than needed are forgotten. */
async function forgetReceipts(tx: Tx, group: string, from: 'earliest' | Date): Promise<void> {
  const since = from === 'earliest' ? '-infinity' : new Date(from.getTime() - 5 * 60_000);
  await tx.sql`delete from inbox where consumer_group = ${group} and received_at >= ${since}`;
  await tx.sql`delete from failed_deliveries where consumer_group = ${group}`;
}
