import { Injectable } from '@nestjs/common';
import { BookingPendingPayment } from '@scheduling/contracts';
import { announce } from '@scheduling/events';
import type { Tx } from '@scheduling/persistence';
import { bookingFacts } from '../bookings/booking-facts.ts';
import type { Booking } from '../bookings/bookings.entity.ts';
import { bookingIdOf, ConfirmService } from '../bookings/confirm.service.ts';
import { BookingConfig } from '../config.ts';
import type { Hold } from '../holds/holds.store.ts';
import { Seating } from '../holds/seating.service.ts';
import { findPayment } from '../payments/payments.store.ts';
import { isDue } from './charge.policy.ts';
import { ChargeService, isByCard } from './charge.service.ts';
import type { FreeSeat } from './plan.policy.ts';
import { PaymentBegun } from './series.errors.ts';
import type { Series } from './series.store.ts';

const HELD_MS = 15 * 60_000;

/** Books lessons of series, whose people and slots are locked. */
@Injectable()
export class SeriesLessons {
  constructor(
    private readonly config: BookingConfig,
    private readonly seating: Seating,
    private readonly confirming: ConfirmService,
    private readonly charging: ChargeService,
  ) {}

  /** Takes a seat for a lesson, or the one that the student holds; what is due by now is paid for at once. */
  async take(tx: Tx, series: Series, { situation, seat, own }: FreeSeat): Promise<Booking> {
    const { studentId, paymentMethod } = series;
    const { startAt, timezone } = situation.slot;
    // What is being paid for otherwise could be paid for twice.
    const isByOwnCard = own !== null && isByCard({ ...own, paymentMethod });
    if (isByOwnCard && (await findPayment(tx, bookingIdOf(own)))) throw new PaymentBegun(own);

    const expiresAt = new Date(Math.min(tx.now.getTime() + HELD_MS, startAt.getTime()));
    const hold = own ?? (await this.seating.take(tx, situation, { seat, expiresAt }, { studentId, kind: 'series' }));
    const booking = await this.book(tx, hold, series, timezone);
    if (isDue(startAt, this.config.SERIES_CHARGE_DAYS, tx.now)) await this.charging.charge(tx, booking);
    return booking;
  }

  /** Makes a hold a lesson that is paid for later. */
  async book(tx: Tx, hold: Hold, { id, paymentMethod }: Pick<Series, 'id' | 'paymentMethod'>, timezone: string) {
    const booking = await this.confirming.book(tx, hold, { status: 'pending_payment', paymentMethod, seriesId: id });
    announce(tx, BookingPendingPayment.of({ ...bookingFacts(booking, timezone), series_id: id }));
    return booking;
  }
}
