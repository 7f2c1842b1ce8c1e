import { ownSchema } from '@scheduling/persistence';
import { Booking } from './bookings/bookings.entity.ts';
import { SlotsHoldsClaims1795341600000 } from './migrations/0001-slots-holds-claims.ts';
import { BookingsCredits1795345200000 } from './migrations/0002-bookings-credits.ts';
import { CapsPolicies1795389600000 } from './migrations/0003-caps-policies.ts';
import { FreeSlotsWantedTerms1795449600000 } from './migrations/0004-free-slots-wanted-terms.ts';
import { LifecycleAudit1795500000000 } from './migrations/0005-lifecycle-audit.ts';
import { Payments1795501000000 } from './migrations/0006-payments.ts';
import { PlansSubscriptions1795502000000 } from './migrations/0007-plans-subscriptions.ts';
import { PoliciesMinimums1795503000000 } from './migrations/0008-policies-minimums.ts';
import { Waitlist1795504000000 } from './migrations/0009-waitlist.ts';
import { Series1795505000000 } from './migrations/0010-series.ts';
import { CalendarsAndProposals1795610000000 } from './migrations/0011-calendars-and-proposals.ts';
import { Privacy1795740000020 } from './migrations/0012-privacy.ts';
import { Housekeeping1795830000020 } from './migrations/0013-housekeeping.ts';
import { HousekeepingIndexes1795830000021 } from './migrations/0014-housekeeping-indexes.ts';

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
      Payments1795501000000,
      PlansSubscriptions1795502000000,
      PoliciesMinimums1795503000000,
      Waitlist1795504000000,
      Series1795505000000,
      CalendarsAndProposals1795610000000,
      Privacy1795740000020,
      Housekeeping1795830000020,
      HousekeepingIndexes1795830000021,
    ],
  );
