import { Injectable } from '@nestjs/common';
import { Database } from '@scheduling/persistence';
import { askedOnce, Metrics } from '@scheduling/service-kit';
import { CHANNELS, type Channel } from '../messages/kinds.ts';
import { dueMessages } from '../messages/queue.store.ts';

/** Counts what becomes of messages, and what waits although it is due. */
@Injectable()
export class DeliveryFigures {
  private readonly deliveries;

  constructor(db: Database, metrics: Metrics) {
    this.deliveries = metrics.counter({
      name: 'notification_deliveries_total',
      help: 'Messages by channel and what became of a try: sent or delivered; retried; failed or dead, for good; skipped.',
      labelNames: ['channel', 'outcome'] as const,
    });
    const waiting = askedOnce(() => db.transaction((tx) => dueMessages(tx)));
    const labelNames = ['channel'] as const;
    metrics.gauge(
      {
        name: 'notification_waiting',
        help: 'Messages that are due and not sent; counted to ten thousand.',
        labelNames: [...labelNames],
      },
      async () => {
        const due = await waiting();
        return CHANNELS.map((channel) => ({ labels: { channel }, value: due.get(channel)?.waiting ?? 0 }));
      },
    );
    metrics.gauge(
      {
        name: 'notification_waiting_oldest_age_seconds',
        help: 'For how long the oldest message that is due has waited; 0 where none does.',
        labelNames: [...labelNames],
      },
      async () => {
        const due = await waiting();
        return CHANNELS.map((channel) => ({ labels: { channel }, value: due.get(channel)?.oldestAgeSeconds ?? 0 }));
      },
    );
  }

  /** A try was made with so many messages of a channel. */
  tried(channel: Channel, outcome: 'sent' | 'delivered' | 'retried', times = 1): void {
    this.deliveries.inc({ channel, outcome }, times);
  }

  /** A message will not be tried again. */
  ended(channel: Channel, state: string): void {
    this.deliveries.inc({ channel, outcome: state });
  }
}
