import type { Database } from '@scheduling/persistence';
import type { Envelope } from './envelope.ts';
import type { Watcher } from './event-log.ts';
import { Loop } from './loop.ts';
import { watch } from './watch.ts';

const BATCH = 200;

/** Watches the PostgreSQL log from now on; its place is in memory only. */
export class PostgresTail {
  private pos = '0';
  private readonly loop = new Loop('tail', () => this.step());

  constructor(
    private readonly db: Database,
    private readonly topics: readonly string[],
    private readonly watcher: Watcher,
  ) {}

  /** Takes its place behind the last event, then begins. */
  async start(): Promise<void> {
    const [last] = await this.db.transaction(
      (tx) => tx.sql<{ pos: string }>`select coalesce(max(pos), 0) as pos from bus.log`,
    );
    this.pos = last!.pos;
    this.loop.start();
  }

  /** Lets the watcher finish with the event that it has, then ends. */
  stop(): Promise<void> {
    return this.loop.stop();
  }

  private async step(): Promise<boolean> {
    // Safe by position: relays write to the log one after the other, so no lower one commits later.
    const events = await this.db.transaction(
      (tx) => tx.sql<{ pos: string; envelope: Envelope }>`
        select pos, envelope from bus.log where pos > ${this.pos} and topic = any(${this.topics}) order by pos limit ${BATCH}`,
    );
    for (const { pos, envelope } of events) {
      await watch(this.watcher, envelope);
      this.pos = pos;
    }
    return events.length > 0;
  }
}
