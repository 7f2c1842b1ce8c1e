import { BookingError, PaymentError, type SeriesId } from '@scheduling/domain';
import type { Hold } from '../holds/holds.store.ts';

export class SeriesEmpty extends BookingError {
  readonly kind = 'invalid';
  readonly code = 'series_empty';

  constructor(startAt: Date) {
    super('A series cannot end before it begins.', { start_at: startAt });
  }
}

export class SeriesTooLong extends BookingError {
  readonly kind = 'invalid';
  readonly code = 'series_too_long';

  constructor(limit: number) {
    super('A series has more dates than it may.', { limit });
  }
}

export class SeriesNotFound extends BookingError {
  readonly kind = 'missing';
  readonly code = 'series_not_found';

  constructor(id: SeriesId) {
    super('There is no such series of yours.', { series_id: id });
  }
}

export class SeriesConflict extends BookingError {
  readonly kind = 'conflict';
  readonly code = 'series_conflict';

  constructor(conflicts: readonly { startAt: Date; code: string }[]) {
    const listed = conflicts.map(({ startAt, code }) => ({ start_at: startAt.toISOString(), code }));
    super('Some dates cannot be had, and nothing was booked.', { conflicts: listed });
  }
}

export class SavedMethodNeeded extends PaymentError {
  readonly kind = 'conflict';
  readonly code = 'saved_method_needed';

  constructor() {
    super('A series is paid for only by a card that you have saved.');
  }
}

export class PaymentBegun extends PaymentError {
  readonly kind = 'conflict';
  readonly code = 'payment_begun';

  constructor({ slotId }: Hold) {
    super('You have begun to pay for a slot that you hold. Confirm it or let it go first.', { slot_id: slotId });
  }
}
