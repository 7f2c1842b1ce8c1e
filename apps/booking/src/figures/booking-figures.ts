import { Injectable } from '@nestjs/common';
import {
  BookingCanceled,
  BookingConfirmed,
  BookingPendingPayment,
  PaymentFailed,
  SlotHeld,
  SlotReleased,
} from '@scheduling/contracts';
import { type Envelope, hearOwn } from '@scheduling/events';
import { Database } from '@scheduling/persistence';
import { askedOnce, Metrics } from '@scheduling/service-kit';
import { slotsByStatus, unsettledPayments } from './figures.store.ts';

/** Counts what people do on their way from a slot to a lesson, by what this process has committed. */
@Injectable()
export class BookingFigures {
  private readonly holds;
  private readonly ends;
  private readonly confirmations;
  private readonly cancellations;

  constructor(db: Database, metrics: Metrics) {
    this.holds = metrics.counter({
      name: 'booking_holds_total',
      help: 'Seats set aside, by what for: student, waitlist (an offer), series (a later lesson).',
      labelNames: ['kind'] as const,
    });
    this.ends = metrics.counter({
      name: 'booking_hold_ends_total',
      help: 'Holds that ended: confirmed, or released (let go, or run out).',
      labelNames: ['outcome'] as const,
    });
    this.confirmations = metrics.counter({
      name: 'booking_confirmations_total',
      help: 'Lessons by way of payment: pending where it is under way, then confirmed or failed.',
      labelNames: ['method', 'outcome'] as const,
    });
    this.cancellations = metrics.counter({
      name: 'booking_cancellations_total',
      help: 'Lessons that were called off, by who did it.',
      labelNames: ['by'] as const,
    });
    hearOwn(db, (envelope) => this.count(envelope));
    metrics.gauge(
      {
        name: 'booking_slots',
        help: 'Slots that tutors offer in the coming seven days, by whether they are open, held or booked; every replica tells the same.',
        labelNames: ['status'],
      },
      async () =>
        (await db.transaction(slotsByStatus)).map(({ status, slots }) => ({ labels: { status }, value: slots })),
    );
    const unsettled = askedOnce(() => db.transaction(unsettledPayments));
    metrics.gauge(
      { name: 'booking_payments_unsettled', help: 'Payments of which the provider has not told how they ended.' },
      async () => [{ labels: {}, value: (await unsettled()).payments }],
    );
    metrics.gauge(
      {
        name: 'booking_payments_unsettled_oldest_age_seconds',
        help: 'The age of the oldest of them; 0 where there is none.',
      },
      async () => [{ labels: {}, value: (await unsettled()).oldestAgeSeconds }],
    );
  }

  private count({ type, data }: Envelope): void {
    const told = data as Partial<BookingCanceled & SlotHeld>;
    const method = told.payment_method ?? 'unknown';
    switch (type.split('.').at(-2)) {
      case SlotHeld.name:
        return this.holds.inc({ kind: told.kind ?? 'student' });
      case SlotReleased.name:
        return this.ends.inc({ outcome: 'released' });
      case BookingPendingPayment.name:
        return this.confirmations.inc({ method, outcome: 'pending' });
      case BookingConfirmed.name:
        this.ends.inc({ outcome: 'confirmed' });
        return this.confirmations.inc({ method, outcome: 'confirmed' });
      case PaymentFailed.name:
        return this.confirmations.inc({ method, outcome: 'failed' });
      case BookingCanceled.name:
        return this.cancellations.inc({ by: who(told) });
    }
  }
}

const who = ({ canceled_by: by, student_id: student, tutor_id: tutor }: Partial<BookingCanceled>): string =>
  by === student ? 'student' : by === tutor ? 'tutor' : 'system';
