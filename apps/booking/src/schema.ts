import { ownSchema } from '@scheduling/persistence';
import { Booking } from './bookings/bookings.entity.ts';
import { SlotsHoldsClaims1795341600000 } from './migrations/0001-slots-holds-claims.ts';
import { BookingsCredits1795345200000 } from './migrations/0002-bookings-credits.ts';

/** The schema `booking`: what is mapped, and each step that made it. */
export const bookingSchema = (url: string) =>
  ownSchema(url, 'booking', [Booking], [SlotsHoldsClaims1795341600000, BookingsCredits1795345200000]);
