import { BookingError, type SlotId } from '@scheduling/domain';
import type { Slot } from '../slots/slots.store.ts';

/** Somebody else, the tutor's terms or the student's own time stand in the way. */
export abstract class SlotRefused extends BookingError {
  readonly kind = 'conflict';

  constructor(message: string, slot: Slot, facts: Record<string, unknown> = {}) {
    super(message, { slot_id: slot.id, ...facts });
  }
}

export class SlotClosed extends SlotRefused {
  readonly code = 'slot_closed';

  constructor(slot: Slot) {
    super('The tutor no longer offers this slot.', slot);
  }
}

export class SlotStarted extends SlotRefused {
  readonly code = 'slot_started';

  constructor(slot: Slot) {
    super('This slot has started.', slot, { start_at: slot.startAt });
  }
}

export class TooSoon extends SlotRefused {
  readonly code = 'too_soon';

  constructor(slot: Slot, minutes: number) {
    super('The tutor needs longer notice than is left.', slot, { minimum_notice_minutes: minutes });
  }
}

export class SlotHeldByOthers extends SlotRefused {
  readonly code = 'slot_held';

  constructor(slot: Slot) {
    super('Others hold every seat that is left; one may come free.', slot);
  }
}

export class SlotBooked extends SlotRefused {
  readonly code = 'slot_booked';

  constructor(slot: Slot) {
    super('Every seat of this slot is booked.', slot);
  }
}

export class TutorBusy extends SlotRefused {
  readonly code = 'tutor_busy';

  constructor(slot: Slot) {
    super('The tutor is in another lesson at that time.', slot);
  }
}

export class DailyCapReached extends SlotRefused {
  readonly code = 'day_full';

  constructor(slot: Slot, limit: number) {
    super('The tutor teaches as many lessons that day as they want to.', slot, { limit });
  }
}

export class WeeklyCapReached extends SlotRefused {
  readonly code = 'week_full';

  constructor(slot: Slot, limit: number) {
    super('The tutor teaches as many lessons that week as they want to.', slot, { limit });
  }
}

export class StudentBusy extends SlotRefused {
  readonly code = 'student_busy';

  constructor(slot: Slot) {
    super('You are in another lesson at that time.', slot);
  }
}

export class AlreadyBooked extends SlotRefused {
  readonly code = 'already_booked';

  constructor(slot: Slot) {
    super('You have booked a seat in this slot.', slot);
  }
}

export class HoldLimit extends SlotRefused {
  readonly code = 'hold_limit';

  constructor(slot: Slot, most: { limit: number; per: 'moment' | 'hour' }) {
    super('You hold, or asked for, as many slots as one may.', slot, most);
  }
}

export class OwnSlot extends BookingError {
  readonly kind = 'invalid';
  readonly code = 'own_slot';

  constructor(slot: Slot) {
    super('Nobody teaches themselves.', { slot_id: slot.id });
  }
}

export class HoldLapsed extends BookingError {
  readonly kind = 'conflict';
  readonly code = 'hold_lapsed';

  constructor(slotId: SlotId) {
    super('The hold has run out, and nothing was charged. Hold the slot again.', { slot_id: slotId });
  }
}

export class HoldNotFound extends BookingError {
  readonly kind = 'conflict';
  readonly code = 'hold_not_found';

  constructor(slotId: SlotId) {
    super('You do not hold this slot. Hold it first.', { slot_id: slotId });
  }
}

export class HoldConfirmed extends BookingError {
  readonly kind = 'conflict';
  readonly code = 'hold_confirmed';

  constructor(slotId: SlotId, bookingId: string) {
    super('The hold became a booking. Cancel the booking instead.', { slot_id: slotId, booking_id: bookingId });
  }
}
