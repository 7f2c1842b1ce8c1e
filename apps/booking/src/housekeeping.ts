import type { Kept } from '@scheduling/service-kit';
import type { BookingConfig } from './config.ts';

/** What the past leaves, besides slots and who sat in them, which go tutor by tutor. Money, bookings and their history are kept for good. */
export const housekeeping = (config: BookingConfig): Kept[] => [
  {
    table: 'waitlist',
    since: 'expires_at',
    among: `status not in ('waiting', 'offered')`,
    hours: config.PAST_WAITLIST_DAYS * 24,
  },
  { table: 'proposals', since: 'ended_at', among: 'ended_at is not null', hours: config.PAST_PROPOSAL_DAYS * 24 },
  { table: 'stripe_events', since: 'received_at', among: `state = 'done'`, hours: config.STRIPE_EVENT_DAYS * 24 },
];
