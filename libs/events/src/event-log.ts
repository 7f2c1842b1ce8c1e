import type { Database } from '@scheduling/persistence';
import type { Envelope } from './envelope.ts';
import { GroupUnknown } from './event-log.errors.ts';
import type { DeliveryTold, Inbox } from './inbox.ts';
import type { Subscription } from './subscription.ts';

/** How far a group is behind in one part of the log. */
export interface Lag {
  readonly group: string;
  /** The log's own name of the part. */
  readonly part: string;
  /** Events not yet passed; those that the group does not listen to count as well. */
  readonly behind: number;
  /** Milliseconds since the oldest of them reached the log, or rather more than less; 0 when there is none. */
  readonly oldestAgeMs: number;
}

/** What a tail does with each event. */
export type Watcher = (envelope: Envelope) => void | Promise<void>;

/** Where all services' events stand in order of their keys; groups of consumers catch up with it. */
export abstract class EventLog {
  protected subscriptions: readonly Subscription[] = [];

  constructor(
    protected readonly db: Database,
    protected readonly inbox: Inbox,
  ) {}

  /** Begins to deliver; a group that is new begins at the earliest event kept. */
  abstract start(subscriptions: readonly Subscription[]): Promise<void>;

  /** Lets deliveries in flight finish, then ends; tails end too. */
  abstract stop(): Promise<void>;

  /** Stops a group on every replica; when it resolves, none of its deliveries is in flight. */
  abstract pause(group: string): Promise<void>;

  /** Lets a paused group go on, within a second on every replica. */
  abstract resume(group: string): Promise<void>;

  /**
   * Sets a paused group back to the earliest event kept, or to the first that reached the log at an instant or later, and
   * forgets the receipts from there on: all effects happen again. It never moves a group forward.
   */
  abstract replay(group: string, from: 'earliest' | Date): Promise<void>;

  /** How far each group of this service is behind, in each part of the log. */
  abstract lag(): Promise<Lag[]>;

  /**
   * Watches topics from now on, on this replica, and keeps no offsets: what comes after it resolves is seen.
   * An event that the watcher cannot take is logged and passed over. Gives the way to stop.
   */
  abstract tail(topics: readonly string[], watcher: Watcher): Promise<() => Promise<void>>;

  /** The groups that this service has. */
  groups(): readonly string[] {
    return this.subscriptions.map(({ group }) => group);
  }

  /** Has each delivery told by how it ended; those that failed are tried again. */
  onDelivery(tell: DeliveryTold): void {
    this.inbox.onDelivery(tell);
  }

  /**
   * Takes out of the log what this service stated more than so many days ago and every group has passed; answers how many events
   * went. A log that does so by itself, as Kafka by the retention of its topics, has nothing left to do.
   */
  abstract forget(days: number): Promise<number>;

  /** Takes out of the log states of people that are older than so many days and not their newest; answers how many events went. */
  abstract compact(days: number): Promise<number>;

  /** Runs the handler of a dead letter once more and marks it resolved; throws what the handler throws. */
  async redeliver(group: string, eventId: string): Promise<void> {
    const subscription = this.subscription(group);
    await this.db.transaction((tx) => this.inbox.redeliver(tx, subscription, eventId));
  }

  protected subscription(group: string): Subscription {
    const subscription = this.subscriptions.find((one) => one.group === group);
    if (!subscription) throw new GroupUnknown(group);
    return subscription;
  }
}
