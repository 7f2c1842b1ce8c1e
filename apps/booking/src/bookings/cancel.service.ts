import { Injectable } from '@nestjs/common';
import { BookingCanceled, SlotsChanged } from '@scheduling/contracts';
import { type BookingId, type ExpectedVersions, type PersonId, refuseStale } from '@scheduling/domain';
import { announce } from '@scheduling/events';
import { Database, once, type Repeatable, type Tx } from '@scheduling/persistence';
import { PaymentGates } from '../payments/payment-gates.service.ts';
import { ReservationsService } from '../reservations/reservations.service.ts';
import { lockPeopleAndSlots, settleSlots, withholdSlot } from '../slots/slots.store.ts';
import { TimeBack } from '../slots/time-back.service.ts';
import { bookingFacts } from './booking-facts.ts';
import { BookingChanges } from './booking-changes.service.ts';
import { isOff } from './booking-states.policy.ts';
import type { Booking, CancelCause } from './bookings.entity.ts';
import { BookingNotFound } from './bookings.errors.ts';
import { findOwnBooking, scheduleVersion, timezoneOfTutor } from './bookings.store.ts';
import { cancel } from './cancel.policy.ts';

/** Who cancels which booking, and how. */
export interface CancelRequest {
  readonly by: PersonId;
  readonly bookingId: BookingId;
  /** For the other person to read. */
  readonly reason: string | null;
  /** Whether a tutor wants the time offered again. */
  readonly reopen: boolean;
  /** The versions of the booking that this is meant for; any unless given. */
  readonly expected?: ExpectedVersions;
}

/** How a lesson is called off once that is decided. */
export interface CallOff {
  /** Who is named in the announcement; `cause` says whether it was them. */
  readonly by: PersonId;
  readonly cause: CancelCause;
  readonly reason: string | null;
  /** What goes back, of what was paid. */
  readonly refundCents: number;
  /** Whether another student may take the time. */
  readonly reopens: boolean;
}

@Injectable()
export class CancelService {
  constructor(
    private readonly db: Database,
    private readonly changes: BookingChanges,
    private readonly gates: PaymentGates,
    private readonly timeBack: TimeBack,
    private readonly reservations: ReservationsService,
  ) {}

  /** Cancels a booking and gives money and time back by its policy, in one transaction; a repeat changes nothing. */
  cancel(wish: CancelRequest, request: Repeatable): Promise<Booking> {
    const { by, bookingId, expected = null } = wish;
    return this.db.transaction((tx) =>
      once(tx, request, async () => {
        const booking = await this.lock(tx, by, bookingId);
        refuseStale(expected, booking.version);
        return this.cancelIn(tx, booking, wish);
      }),
    );
  }

  /** Locks the people and the slot of a booking of this person's; answers it as it is then. */
  async lock(tx: Tx, person: PersonId, bookingId: BookingId): Promise<Booking> {
    const glance = await findOwnBooking(tx, bookingId, person);
    if (!glance) throw new BookingNotFound(bookingId);
    await lockPeopleAndSlots(tx, [glance.tutorId, glance.studentId], [glance.slotId]);
    return (await findOwnBooking(tx, bookingId, person)) ?? glance;
  }

  /** Cancels a booking whose people and slot are locked. */
  async cancelIn(
    tx: Tx,
    booking: Booking,
    { by, reason, reopen }: Omit<CancelRequest, 'bookingId' | 'expected'>,
  ): Promise<Booking> {
    if (isOff(booking)) {
      if (reopen && by === booking.tutorId) await this.offerAgain(tx, booking);
      return booking;
    }
    const decided = cancel(booking, by, reopen, tx.now);
    return this.callOff(tx, booking, { by, cause: 'person', reason, ...decided });
  }

  /** Calls a lesson off, whose people and slot are locked: its seat comes free, and money goes back the way it came. */
  async callOff(tx: Tx, booking: Booking, { by, cause, reason, refundCents, reopens }: CallOff): Promise<Booking> {
    const entry = { by: cause === 'person' ? by : null, action: 'canceled', reason: reason ?? cause };
    const canceled = await this.changes.change(
      tx,
      booking,
      { status: 'canceled', canceledBy: by, cancelReason: reason, cancelCause: cause, refundedCents: refundCents },
      entry,
    );
    const ended = refundCents > 0 ? await this.payBack(tx, canceled, refundCents) : canceled;
    if (!reopens) await withholdSlot(tx, booking.slotId, true);
    await this.timeBack.release(tx, [{ slotId: booking.slotId, personId: booking.studentId }]);
    const facts = bookingFacts(ended, await timezoneOfTutor(tx, booking.tutorId));
    announce(tx, BookingCanceled.of({ ...facts, canceled_by: by, reason, refunded_cents: refundCents, cause }));
    return ended;
  }

  /** What has come back already makes a canceled booking a refunded one, in the same breath. */
  private async payBack(tx: Tx, canceled: Booking, cents: number): Promise<Booking> {
    const returned = await this.gates.of(canceled.paymentMethod).refund(tx, canceled, cents);
    if (returned === 'on_its_way') return canceled;
    return this.changes.conclude(tx, canceled, 'refunded', { by: null, action: 'refunded' });
  }

  /** A tutor may change their mind about the time of a lesson that is off. */
  private async offerAgain(tx: Tx, { slotId, tutorId }: Booking): Promise<void> {
    if (!(await withholdSlot(tx, slotId, false))) return;
    await settleSlots(tx, [slotId]);
    this.reservations.reserve(tx, [slotId]);
    announce(tx, SlotsChanged.of({ tutor_id: tutorId, schedule_version: await scheduleVersion(tx, tutorId) }));
  }
}
