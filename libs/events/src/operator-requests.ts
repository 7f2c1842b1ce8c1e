import { type Database, takeDue, type Tx } from '@scheduling/persistence';
import type { EventLog } from './event-log.ts';
import { describeFailure } from './failure.ts';

/** As long as the deliveries of a group may take to end, and its members to leave. */
const LEASE_SECONDS = 120;

interface Row {
  readonly id: string;
  readonly action: 'pause' | 'resume' | 'replay' | 'redeliver';
  readonly consumer_group: string;
  readonly argument: string | null;
}

/** Carries out what operators want of consumer groups: they write it down, and any replica does it. */
export class OperatorRequests {
  constructor(
    private readonly db: Database,
    private readonly log: EventLog,
  ) {}

  /** Does the oldest that is waiting, and writes down how it ended; whether there was one. */
  async carryOut(): Promise<boolean> {
    const [row] = await this.db.transaction((tx) => takeDue<Row>(tx, 'operator_requests', 1, LEASE_SECONDS));
    if (!row) return false;
    const error = await this.attempt(row);
    await this.db.transaction((tx) => end(tx, row, error));
    return true;
  }

  private async attempt({ action, consumer_group: group, argument }: Row): Promise<string | null> {
    try {
      if (action === 'pause') await this.log.pause(group);
      if (action === 'resume') await this.log.resume(group);
      if (action === 'replay') await this.log.replay(group, argument === 'earliest' ? argument : new Date(argument!));
      if (action === 'redeliver') await this.log.redeliver(group, argument!);
      return null;
    } catch (error) {
      return describeFailure(error);
    }
  }
}

async function end(tx: Tx, { id }: Row, error: string | null): Promise<void> {
  await tx.sql`
    update operator_requests
       set state = ${error === null ? 'done' : 'failed'}, error = ${error}, ended_at = ${tx.now}, lease_until = null
     where id = ${id}`;
}
