import type { Database } from '@scheduling/persistence';
import type { Envelope } from './envelope.ts';
import type { Inbox } from './inbox.ts';
import { moveTo, type Offset, receive, restFor, stillAt, takePart } from './postgres-offsets.store.ts';
import type { Subscription } from './subscription.ts';

interface Attempt {
  readonly offset: Offset;
  readonly pos: string;
  readonly envelope: Envelope;
}

/** One replica's share of a group: offset, receipt and effects of an event commit together. */
export class PostgresConsumer {
  private readonly types: string[];

  constructor(
    private readonly db: Database,
    private readonly inbox: Inbox,
    private readonly subscription: Subscription,
  ) {
    this.types = [...subscription.handlers.keys()];
  }

  /** Delivers one event, or passes over many that are of no interest; whether there may be more. */
  async step(): Promise<boolean> {
    const attempts: Attempt[] = [];
    try {
      return await this.deliver(attempts);
    } catch (error) {
      const failed = attempts.at(-1);
      // Not the event's fault: the log itself could not be read.
      if (!failed) throw error;
      await this.fail(failed, error);
      return true;
    }
  }

  private deliver(attempts: Attempt[]): Promise<boolean> {
    const { group } = this.subscription;
    return this.db.transaction(async (tx) => {
      attempts.length = 0;
      const taken = await takePart(tx, group, this.types);
      if (!taken) return false;
      const { offset, pos, envelope } = taken;
      if (pos === null) return true;
      if (envelope) attempts.push({ offset, pos, envelope });
      const { isPassed, isNew } = await receive(tx, group, taken);
      if (envelope && isNew) await this.inbox.handle(tx, this.subscription, envelope);
      return isPassed;
    });
  }

  private async fail({ offset, pos, envelope }: Attempt, error: unknown): Promise<void> {
    const { group } = this.subscription;
    await this.db.transaction(async (tx) => {
      // Between the rollback and here another replica may have delivered the event.
      if (!(await stillAt(tx, group, offset))) return;
      const pauseMs = await this.inbox.failed(tx, group, envelope, error);
      if (pauseMs === null) await moveTo(tx, group, offset.part, pos);
      else await restFor(tx, group, offset.part, pauseMs);
    });
  }
}
