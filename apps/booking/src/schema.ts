import { ownSchema } from '@scheduling/persistence';
import { Booking } from './bookings/bookings.entity.ts';
import { SlotsHoldsClaims1795341600000 } from './migrations/0001-slots-holds-claims.ts';
import { BookingsCredits1795345200000 } from './migrations/0002-bookings-credits.ts';
import { CapsPolicies1795389600000 } from './migrations/0003-caps-policies.ts';
import { FreeSlotsWantedTerms1795449600000 } from './migrations/0004-free-slots-wanted-terms.ts';
import { LifecycleAudit1795500000000 } from './migrations/0005-lifecycle-audit.ts';
import { Waitlist1795504000000 } from './migrations/0009-waitlist.ts';

/** The schema `booking`: what is mapped, and each step that made it. */
export const bookingSchema = (url: string) =>
  ownSchema(
    url,
    'booking',
    [Booking],
    [
      SlotsHoldsClaims1795341600000,
      BookingsCredits1795345200000,
      CapsPolicies1795389600000,
      FreeSlotsWantedTerms1795449600000,
      LifecycleAudit1795500000000,
      Waitlist1795504000000,
    ],
  );
