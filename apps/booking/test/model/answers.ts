import type { Booking } from '../../src/bookings/bookings.entity.ts';
import type { Hold } from '../../src/holds/holds.store.ts';
import { isoOf } from './calendar.ts';
import type { Answer, Tags } from './operation.ts';
import type { ModelBooking, ModelHold } from './world.ts';

/** A hold as the service shows it. */
export const holdShown = (hold: Hold, tags: Tags): Answer => ({
  hold: tags.of(hold.id),
  kind: hold.kind,
  seat: hold.seat,
  price: hold.priceCents,
  currency: hold.currency,
  end: hold.endAt.toISOString(),
  expires: hold.expiresAt.toISOString(),
});

/** A hold as the model shows it. */
export const holdExpected = (hold: ModelHold, tags: Tags): Answer => ({
  hold: tags.of(hold),
  kind: hold.kind,
  seat: hold.seat,
  price: hold.price,
  currency: hold.currency,
  end: isoOf(hold.end),
  expires: isoOf(hold.expires),
});

/** A booking as the service shows it: it has the id of its hold. */
export const bookingShown = (booking: Booking, tags: Tags): Answer => ({
  booking: tags.of(booking.id),
  slot: tags.of(booking.slotId),
  status: booking.status,
  version: booking.version,
  seat: booking.seat,
  price: booking.priceCents,
  currency: booking.currency,
  start: booking.startAt.toISOString(),
  end: booking.endAt.toISOString(),
  method: booking.paymentMethod,
  refunded: booking.refundedCents,
});

/** A booking as the model shows it. */
export const bookingExpected = (booking: ModelBooking, tags: Tags): Answer => ({
  booking: tags.of(booking.hold),
  slot: tags.of(booking.slot),
  status: booking.status,
  version: booking.version,
  seat: booking.seat,
  price: booking.price,
  currency: booking.currency,
  start: isoOf(booking.start),
  end: isoOf(booking.end),
  method: booking.method,
  refunded: booking.refunded,
});
