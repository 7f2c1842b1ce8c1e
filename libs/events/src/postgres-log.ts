import { type Database, inBatches } from '@scheduling/persistence';
import { isPausedForNow, registerGroups, setPaused } from './consumer-groups.store.ts';
import { EventLog, type Lag, type Watcher } from './event-log.ts';
import { GroupNotPaused, NoEventLog } from './event-log.errors.ts';
import type { Inbox } from './inbox.ts';
import { COMPACTED } from './kafka-topics.ts';
import { Loop } from './loop.ts';
import { PostgresConsumer } from './postgres-consumer.ts';
import { forgetOldest, forgetOvertaken, type Place } from './postgres-forgetting.store.ts';
import { hasBus, lagOf, lockOffsets, openOffsets, rewind } from './postgres-offsets.store.ts';
import { PostgresTail } from './postgres-tail.ts';
import type { Subscription } from './subscription.ts';

/**
 * A group handles as many parts at once as there are numbers, each on a connection of the service's pool. They say how long
 * it rests at most, in ms, where there is nothing to do: the second only helps where there is much, and looks seldom.
 */
const RESTS_MS = [200, 2000];

/** Rows of people that are looked at in one statement, from the first on. */
const STRETCH = 5000;
const THE_FIRST: Place = { key: '', pos: '0' };

/** The event log for as long as no Kafka is set: a table beside the services' schemas, in the same database. */
export class PostgresLog extends EventLog {
  private loops: Loop[] = [];
  private readonly tails = new Set<PostgresTail>();

  constructor(
    db: Database,
    inbox: Inbox,
    private readonly ownTopic: string,
  ) {
    super(db, inbox);
  }

  override async start(subscriptions: readonly Subscription[]): Promise<void> {
    const groups = subscriptions.map(({ group }) => group);
    await this.db.transaction(async (tx) => {
      if (!(await hasBus(tx))) throw new NoEventLog();
      await registerGroups(tx, groups);
      await openOffsets(tx, groups);
    });
    this.subscriptions = subscriptions;
    this.loops = subscriptions.flatMap((subscription) => {
      const consumer = new PostgresConsumer(this.db, this.inbox, subscription);
      return RESTS_MS.map((restMs) => new Loop(subscription.group, () => consumer.step(), restMs));
    });
    for (const loop of this.loops) loop.start();
  }

  override async stop(): Promise<void> {
    await Promise.all([...this.loops, ...this.tails].map((running) => running.stop()));
    this.tails.clear();
  }

  override async pause(group: string): Promise<void> {
    this.subscription(group);
    await this.db.transaction((tx) => setPaused(tx, group, true));
    // Separate: a delivery that takes its lock after this one sees the group paused.
    await this.db.transaction((tx) => lockOffsets(tx, group));
  }

  override async resume(group: string): Promise<void> {
    this.subscription(group);
    await this.db.transaction((tx) => setPaused(tx, group, false));
  }

  override async replay(group: string, from: 'earliest' | Date): Promise<void> {
    this.subscription(group);
    await this.db.transaction(async (tx) => {
      if (!(await isPausedForNow(tx, group))) throw new GroupNotPaused(group);
      await lockOffsets(tx, group);
      await rewind(tx, group, from === 'earliest' ? '-infinity' : from);
    });
  }

  override lag(): Promise<Lag[]> {
    const groups = this.subscriptions.map(({ group }) => group);
    return this.db.transaction((tx) => lagOf(tx, groups));
  }

  override async tail(topics: readonly string[], watcher: Watcher): Promise<() => Promise<void>> {
    const tail = new PostgresTail(this.db, topics, watcher);
    await tail.start();
    this.tails.add(tail);
    return async () => {
      this.tails.delete(tail);
      await tail.stop();
    };
  }

  override forget(days: number): Promise<number> {
    return inBatches(this.db, (tx, limit) => forgetOldest(tx, this.ownTopic, days, limit));
  }

  override async compact(days: number): Promise<number> {
    let rows = 0;
    if (this.ownTopic !== COMPACTED) return rows;
    for (let place: Place | null = THE_FIRST; place !== null;) {
      const after: Place = place;
      const stretch = await this.db.transaction((tx) => forgetOvertaken(tx, days, after, STRETCH));
      rows += stretch.rows;
      place = stretch.last;
    }
    return rows;
  }
}
