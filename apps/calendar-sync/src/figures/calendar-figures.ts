import { Injectable } from '@nestjs/common';
import { Database } from '@scheduling/persistence';
import { Metrics } from '@scheduling/service-kit';

type Outcome = 'done' | 'failed';

/** Counts how the work in people's calendars ends; what failed is tried again. */
@Injectable()
export class CalendarFigures {
  private readonly readings;
  private readonly writings;

  constructor(db: Database, metrics: Metrics) {
    this.readings = metrics.counter({
      name: 'calendar_syncs_total',
      help: 'Readings of a calendar, by whether they were done or failed.',
      labelNames: ['outcome'] as const,
    });
    this.writings = metrics.counter({
      name: 'calendar_writes_total',
      help: 'Lessons written into, moved in or removed from a calendar, by whether that was done or failed.',
      labelNames: ['outcome'] as const,
    });
    metrics.gauge(
      { name: 'calendar_connections', help: 'People whose calendar is connected; every replica tells the same.' },
      async () => {
        const [row] = await db.transaction(
          (tx) => tx.sql<{ people: number }>`
          select count(*)::int as people from google_oauth_accounts`,
        );
        return [{ labels: {}, value: row!.people }];
      },
    );
  }

  /** Reads a calendar, and counts whether that was done. */
  async reading<T>(read: () => Promise<T>): Promise<T> {
    try {
      const told = await read();
      this.readings.inc({ outcome: 'done' });
      return told;
    } catch (error) {
      this.readings.inc({ outcome: 'failed' });
      throw error;
    }
  }

  /** A lesson was written, or not. */
  wrote(outcome: Outcome): void {
    this.writings.inc({ outcome });
  }
}
