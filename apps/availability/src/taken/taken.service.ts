import { Injectable } from '@nestjs/common';
import type { BookingCanceled, BookingConfirmed, SlotHeld, SlotReleased } from '@scheduling/contracts';
import type { Tx } from '@scheduling/persistence';
import { keepTaken } from './taken.store.ts';

/** A hold that is released never becomes a booking: this outranks it, and nothing comes after. */
const RELEASED = 1;

/** Remembers what booking says of a tutor's time. */
@Injectable()
export class TakenService {
  /** A student holds the time. */
  held(tx: Tx, { hold_id: id, tutor_id: tutorId, start_at: startAt, end_at: endAt }: SlotHeld): Promise<void> {
    return keepTaken(tx, { id, tutorId, kind: 'held', version: 0, startAt, endAt });
  }

  /** A hold has gone. */
  released(tx: Tx, { hold_id: id, tutor_id: tutorId }: SlotReleased): Promise<void> {
    return keepTaken(tx, { id, tutorId, kind: 'free', version: RELEASED, startAt: null, endAt: null });
  }

  /** A lesson is booked. */
  booked(
    tx: Tx,
    { booking_id: id, tutor_id: tutorId, version, start_at: startAt, end_at: endAt }: BookingConfirmed,
  ): Promise<void> {
    return keepTaken(tx, { id, tutorId, kind: 'booked', version, startAt, endAt });
  }

  /** A lesson is called off. */
  canceled(tx: Tx, { booking_id: id, tutor_id: tutorId, version }: BookingCanceled): Promise<void> {
    return keepTaken(tx, { id, tutorId, kind: 'free', version, startAt: null, endAt: null });
  }
}
