import { Injectable } from '@nestjs/common';
import { EventLog, hearOwn, outboxBacklog, unresolvedDeadLetters } from '@scheduling/events';
import { Database, overdueTicks } from '@scheduling/persistence';
import { askedOnce } from './asked-once.ts';
import { Metrics } from './metrics.ts';

/** Where facts and periodic work stand: what waits to be told, what is not heard yet, and what was given up. */
@Injectable()
export class EventMetrics {
  constructor(
    private readonly database: Database,
    private readonly log: EventLog,
    metrics: Metrics,
  ) {
    const stated = metrics.counter({
      name: 'events_stated_total',
      help: 'Facts that this process has committed, by what they say.',
      labelNames: ['fact'],
    });
    hearOwn(database, ({ type }) => stated.inc({ fact: type.split('.').at(-2)! }));
    this.outbox(metrics);
    this.groups(metrics);
    metrics.gauge(
      {
        name: 'ticks_overdue_seconds',
        help: 'For how long each periodic job has been due; some seconds are usual.',
        labelNames: ['tick'],
      },
      async () => {
        const ticks = await database.transaction((tx) => overdueTicks(tx));
        return ticks.map(({ job, seconds }) => ({ labels: { tick: job }, value: seconds }));
      },
    );
  }

  private outbox(metrics: Metrics): void {
    const backlog = askedOnce(() => this.database.transaction((tx) => outboxBacklog(tx)));
    metrics.gauge(
      { name: 'events_outbox_waiting', help: 'Facts that have not left for the log; counted to ten thousand.' },
      async () => [{ labels: {}, value: (await backlog()).waiting }],
    );
    metrics.gauge(
      {
        name: 'events_outbox_oldest_age_seconds',
        help: 'The age of the oldest fact that has not left; 0 if none waits.',
      },
      async () => [{ labels: {}, value: (await backlog()).oldestAgeSeconds }],
    );
  }

  private groups(metrics: Metrics): void {
    const handled = metrics.counter({
      name: 'events_handled_total',
      help: 'Deliveries to a consumer group by how they ended: done, failed (and tried again), dead.',
      labelNames: ['group', 'outcome'],
    });
    const lag = askedOnce(() => this.log.lag());
    this.log.onDelivery((group, outcome) => handled.inc({ group, outcome }));
    metrics.gauge(
      {
        name: 'events_lag',
        help: 'Events that a consumer group has not passed, over all parts.',
        labelNames: ['group'],
      },
      async () => grouped(await lag(), (lags) => sum(lags.map(({ behind }) => behind))),
    );
    metrics.gauge(
      {
        name: 'events_lag_oldest_age_seconds',
        help: 'The age of the oldest event that a consumer group has not passed; 0 where there is none.',
        labelNames: ['group'],
      },
      async () => grouped(await lag(), (lags) => Math.max(0, ...lags.map((lag) => lag.oldestAgeMs / 1000))),
    );
    metrics.gauge(
      {
        name: 'events_dead_letters',
        help: 'Events that a consumer group gave up, and nobody has dealt with.',
        labelNames: ['group'],
      },
      async () => {
        const dead = await this.database.transaction((tx) => unresolvedDeadLetters(tx));
        return this.log.groups().map((group) => ({ labels: { group }, value: dead.get(group) ?? 0 }));
      },
    );
  }
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

function grouped<T extends { group: string }>(all: readonly T[], value: (some: readonly T[]) => number) {
  const groups = Object.entries(Object.groupBy(all, ({ group }) => group));
  return groups.map(([group, some]) => ({ labels: { group }, value: value(some ?? []) }));
}
