import { Injectable, Logger } from '@nestjs/common';
import { Cron } from '@nestjs/schedule';
import { loggable } from '@scheduling/domain';
import type { EventLog } from '@scheduling/events';
import { dailyAt, type Database, everyMinutes, type Passing, prune, type Ticks } from '@scheduling/persistence';
import type { DatabaseConfig } from './config.ts';

/** No token lives longer, and so nobody comes back with one. */
const LONGEST_TOKEN_HOURS = 48;

/** Rows of a service's own tables that are of use for a while only, and for how many hours. */
export interface Kept extends Passing {
  readonly hours: number;
}

/** How long everything is kept that is not kept for good: what every service has, and what this one has. */
export interface Keeping {
  readonly periods: Pick<DatabaseConfig, 'DEAD_LETTER_DAYS' | 'EVENT_LOG_DAYS' | 'IDEMPOTENCY_HOURS' | 'INBOX_DAYS'>;
  readonly own: readonly Kept[];
}

/** Lets go what is of no more use. What is wrong with one table keeps none of the others. */
@Injectable()
export class HousekeepingCron {
  private readonly logger = new Logger(HousekeepingCron.name);

  constructor(
    private readonly ticks: Ticks,
    private readonly db: Database,
    private readonly log: EventLog,
    private readonly keeping: Keeping,
  ) {}

  /** Each hour, so that there is little to do at a time; asked more often, so that an hour that was missed is made up soon. */
  @Cron('*/5 * * * *', { name: 'housekeeping.hourly', timeZone: 'UTC', waitForCompletion: true })
  async hourly(): Promise<void> {
    const { EVENT_LOG_DAYS, INBOX_DAYS, IDEMPOTENCY_HOURS } = this.keeping.periods;
    await this.ticks.once('housekeeping.hourly', everyMinutes(60), () =>
      this.tidy([
        ['log', () => this.log.forget(EVENT_LOG_DAYS)],
        this.pruning({ table: 'inbox', since: 'received_at', hours: INBOX_DAYS * 24 }),
        this.pruning({ table: 'idempotency', since: 'answered_at', hours: IDEMPOTENCY_HOURS }),
      ]),
    );
  }

  /** At night, what is looked through as a whole, and what is seldom there. */
  @Cron('*/5 * * * *', { name: 'housekeeping.nightly', timeZone: 'UTC', waitForCompletion: true })
  async nightly(): Promise<void> {
    const { DEAD_LETTER_DAYS, EVENT_LOG_DAYS } = this.keeping.periods;
    const settled = { table: 'dead_letters', since: 'resolved_at', among: 'resolved_at is not null' };
    const carriedOut = { table: 'operator_requests', since: 'ended_at', among: 'ended_at is not null' };
    await this.ticks.once('housekeeping.nightly', dailyAt(3), () =>
      this.tidy([
        ['states of people', () => this.log.compact(EVENT_LOG_DAYS)],
        this.pruning({ ...settled, hours: DEAD_LETTER_DAYS * 24 }),
        this.pruning({ ...carriedOut, hours: DEAD_LETTER_DAYS * 24 }),
        this.pruning({ table: 'erased_people', since: 'erased_at', hours: LONGEST_TOKEN_HOURS }),
        ...this.keeping.own.map((kept) => this.pruning(kept)),
      ]),
    );
  }

  private pruning(kept: Kept): Chore {
    return [kept.table, () => prune(this.db, kept, kept.hours)];
  }

  private async tidy(chores: readonly Chore[]): Promise<void> {
    const gone: Record<string, number> = {};
    for (const [what, work] of chores) {
      try {
        gone[what] = (gone[what] ?? 0) + (await work());
      } catch (error) {
        this.logger.error({ message: 'Old rows could not be taken away.', what, error: loggable(error) });
      }
    }
    this.logger.log({ message: 'Old rows are gone.', ...gone });
  }
}

type Chore = readonly [what: string, work: () => Promise<number>];
