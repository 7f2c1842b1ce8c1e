import { Injectable } from '@nestjs/common';
import { BookingRescheduled } from '@scheduling/contracts';
import { type BookingId, type ExpectedVersions, type PersonId, refuseStale, type SlotId } from '@scheduling/domain';
import { announce } from '@scheduling/events';
import { Database, isExcluded, once, type Repeatable, type Tx, violates } from '@scheduling/persistence';
import { BookingChanges } from '../bookings/booking-changes.service.ts';
import { bookingFacts } from '../bookings/booking-facts.ts';
import { isActive } from '../bookings/booking-states.policy.ts';
import type { Booking } from '../bookings/bookings.entity.ts';
import { BookingNotFound } from '../bookings/bookings.errors.ts';
import { findOwnBooking } from '../bookings/bookings.store.ts';
import { TimeTaken } from '../claims/claims.errors.ts';
import { CreditGate } from '../credits/credit-gate.service.ts';
import { AlternativesService } from '../holds/alternatives.service.ts';
import { SlotRefused } from '../holds/holds.errors.ts';
import { priceDifference, refuseMove } from './reschedule.policy.ts';
import { type Place, SeatChange } from './seat-change.service.ts';

/** Who moves which booking, and where to. */
export interface Move {
  readonly by: PersonId;
  readonly bookingId: BookingId;
  readonly newSlotId: SlotId;
  /** For the other person to read. */
  readonly reason: string | null;
  /** The versions of the booking that this is meant for; any unless given. */
  readonly expected?: ExpectedVersions;
}

@Injectable()
export class ReschedulesService {
  constructor(
    private readonly db: Database,
    private readonly changes: BookingChanges,
    private readonly seats: SeatChange,
    private readonly credits: CreditGate,
    private readonly alternatives: AlternativesService,
  ) {}

  /** Moves a booking to another slot of its tutor's, in one transaction; one that is there already stays as it is. */
  async move(move: Move, request: Repeatable): Promise<Booking> {
    try {
      return await this.db.transaction((tx) =>
        once(tx, request, async () => {
          const booking = await this.lock(tx, move);
          refuseStale(move.expected ?? null, booking.version);
          return this.moveIn(tx, booking, move);
        }),
      );
    } catch (error) {
      throw await this.explained(error, move);
    }
  }

  /** Moves a booking whose people and slots are locked. */
  async moveIn(tx: Tx, booking: Booking, move: Move): Promise<Booking> {
    const { by, newSlotId, reason } = move;
    if (booking.slotId === newSlotId && isActive(booking)) return booking;
    refuseMove(booking, by, tx.now);

    const { slot, seat } = await this.take(tx, booking, newSlotId);
    const difference = priceDifference(booking, slot, by);
    const { id: slotId, startAt, endAt, priceCents } = slot;
    const place = { slotId, seat, startAt, endAt, priceCents };
    const moves = { reschedules: booking.reschedules + 1, freeCancellation: by === booking.tutorId };
    const entry = { by, action: 'rescheduled', reason };
    const moved = await this.changes.change(tx, booking, { ...place, ...moves }, entry);
    await this.credits.settleDifference(tx, moved, difference);
    announce(tx, rescheduled(moved, booking, slot.timezone, move));
    return moved;
  }

  private async take(tx: Tx, booking: Booking, newSlotId: SlotId): Promise<Place> {
    try {
      return await this.seats.make(tx, booking, newSlotId);
    } catch (error) {
      // As with holds: what the checks let through is impossible all the same.
      throw isExcluded(error) || violates(error, 'claims_one_person_per_seat') ? new TimeTaken(newSlotId) : error;
    }
  }

  /** Answers the booking as it is once its people and slots are locked. */
  async lock(tx: Tx, { by, bookingId, newSlotId }: Move): Promise<Booking> {
    const glance = await findOwnBooking(tx, bookingId, by);
    if (!glance) throw new BookingNotFound(bookingId);
    await this.seats.lock(tx, glance, newSlotId);
    // If it was moved while this waited, it is in a slot that is not locked: the lock on its tutor keeps everyone from that.
    return (await findOwnBooking(tx, bookingId, by)) ?? glance;
  }

  /** A student learns what else is free nearby; a tutor sees that in their own list, and nothing of the student's. */
  private async explained(refusal: unknown, { by, bookingId, newSlotId }: Move): Promise<unknown> {
    if (!(refusal instanceof SlotRefused) && !(refusal instanceof TimeTaken)) return refusal;
    const booking = await this.db.transaction((tx) => findOwnBooking(tx, bookingId, by));
    return booking?.studentId === by ? this.alternatives.beside(refusal, newSlotId, by) : refusal;
  }
}

const rescheduled = (moved: Booking, before: Booking, timezone: string, { by, reason }: Move): BookingRescheduled =>
  BookingRescheduled.of({
    ...bookingFacts(moved, timezone),
    previous_slot_id: before.slotId,
    previous_start_at: before.startAt.toISOString(),
    previous_end_at: before.endAt.toISOString(),
    rescheduled_by: by,
    reason,
  });
