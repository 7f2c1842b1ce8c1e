import { Injectable } from '@nestjs/common';
import { actAsSystem } from './acting.ts';
import { Database, type Tx } from './database.ts';

@Injectable()
export class Ticks {
  constructor(private readonly db: Database) {}

  /**
   * Lets one replica of all do a periodic job: whoever moves the job's row to its next time, by the database's clock.
   * The row is moved in its own short transaction. The work then looks for what is due, in batches of its own,
   * so that a crash or a missed night is made up by the next run.
   */
  async once(job: string, nextAfter: (now: Date) => Date, work: () => Promise<void>): Promise<void> {
    if (await this.take(job, nextAfter)) await actAsSystem(`job ${job}`, work);
  }

  private take(job: string, nextAfter: (now: Date) => Date): Promise<boolean> {
    return this.db.transaction(async (tx) => {
      const taken = await tx.sql<{ job: string }>`
        insert into ticks as known (job, next_at, last_run_at) values (${job}, ${nextAfter(tx.now)}, ${tx.now})
        on conflict (job) do update set next_at = excluded.next_at, last_run_at = excluded.last_run_at
                          where known.next_at <= ${tx.now}
        returning job`;
      return taken.length > 0;
    });
  }
}

/** Periodic jobs with how long each has been due, in seconds. */
export function overdueTicks(tx: Tx): Promise<{ job: string; seconds: number }[]> {
  return tx.sql`
    select job, greatest(0, extract(epoch from clock_timestamp() - next_at))::float8 as seconds from ticks order by job`;
}

/** The next whole multiple of so many minutes since midnight UTC. */
export const everyMinutes =
  (minutes: number) =>
  (now: Date): Date => {
    const step = minutes * 60_000;
    return new Date((Math.floor(now.getTime() / step) + 1) * step);
  };

/** The next time that it is so many o'clock in UTC. */
export const dailyAt =
  (hour: number) =>
  (now: Date): Date => {
    const today = new Date(now);
    today.setUTCHours(hour, 0, 0, 0);
    return today > now ? today : new Date(today.getTime() + 86_400_000);
  };
