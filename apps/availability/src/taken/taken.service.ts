import { Injectable } from '@nestjs/common';
import type {
  BookingCanceled,
  BookingConfirmed,
  BookingPendingPayment,
  BookingRescheduled,
  SlotHeld,
  SlotReleased,
} from '@scheduling/contracts';
import { EventLog, type Lag } from '@scheduling/events';
import { TryAgain, type Tx } from '@scheduling/persistence';
import { keepTaken } from './taken.store.ts';

/** Who catches up with booking here. */
export const TAKEN = 'availability.taken';

/** A hold that is released never becomes a booking: this outranks it, and nothing comes after. */
const RELEASED = 1;

/** A lesson that stands, and where; what else becomes of it (paid for, over, missed) leaves its time alone. */
type Standing = BookingPendingPayment | BookingConfirmed | BookingRescheduled;

/** Remembers what booking says of a tutor's time. */
@Injectable()
export class TakenService {
  constructor(private readonly log: EventLog) {}

  /** A student holds the time. */
  held(tx: Tx, event: SlotHeld): Promise<void> {
    const { hold_id: id, tutor_id: tutorId, start_at: startAt, end_at: endAt, expires_at: expiresAt } = event;
    return keepTaken(tx, { id, tutorId, kind: 'held', version: 0, startAt, endAt, expiresAt });
  }

  /** A hold has gone. */
  released(tx: Tx, { hold_id: id, tutor_id: tutorId }: SlotReleased): Promise<void> {
    return keepTaken(tx, { id, tutorId, kind: 'free', version: RELEASED, ...NOTHING });
  }

  /** A lesson is booked, or stands elsewhere than before. */
  booked(tx: Tx, event: Standing): Promise<void> {
    const { booking_id: id, tutor_id: tutorId, version, start_at: startAt, end_at: endAt } = event;
    return keepTaken(tx, { id, tutorId, kind: 'booked', version, startAt, endAt, expiresAt: null });
  }

  /** A lesson is called off. */
  canceled(tx: Tx, { booking_id: id, tutor_id: tutorId, version }: BookingCanceled): Promise<void> {
    return keepTaken(tx, { id, tutorId, kind: 'free', version, ...NOTHING });
  }

  /** How old what is known of booking may be, in ms: as old as the oldest fact in the log that was not heard yet. */
  async ageOfKnowledge(): Promise<number> {
    const lags = await this.lags();
    return Math.max(0, ...lags.filter(({ group }) => group === TAKEN).map(({ oldestAgeMs }) => oldestAgeMs));
  }

  private async lags(): Promise<Lag[]> {
    try {
      return await this.log.lag();
    } catch (error) {
      // Whatever the log lives in does not answer just now: nobody can tell what has not been heard.
      throw new TryAgain(error);
    }
  }
}

const NOTHING = { startAt: null, endAt: null, expiresAt: null };
