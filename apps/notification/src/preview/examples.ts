import {
  BookingCanceled,
  BookingCompleted,
  BookingConfirmed,
  BookingNoShow,
  BookingPendingPayment,
  BookingRefunded,
  BookingRescheduled,
  CalendarSyncFailed,
  type EventClass,
  LessonConflicted,
  LessonLinkReady,
  metaOf,
  PaymentFailed,
  ProposalAnswered,
  ProposalMade,
  type SchedulingEvent,
  SeriesBooked,
  SeriesDatesSkipped,
  SlotHeld,
  WaitlistOffered,
} from '@scheduling/contracts';
import type { Kind } from '../messages/kinds.ts';
import type { News } from '../messages/message.ts';

const EVENTS: Partial<Record<Kind, EventClass<SchedulingEvent>>> = {
  booking_pending_payment: BookingPendingPayment,
  booking_confirmed: BookingConfirmed,
  booking_rescheduled: BookingRescheduled,
  booking_canceled: BookingCanceled,
  booking_refunded: BookingRefunded,
  booking_completed: BookingCompleted,
  booking_no_show: BookingNoShow,
  payment_failed: PaymentFailed,
  hold_expiring: SlotHeld,
  waitlist_offered: WaitlistOffered,
  proposal_made: ProposalMade,
  proposal_answered: ProposalAnswered,
  lesson_link_ready: LessonLinkReady,
  lesson_tomorrow: BookingConfirmed,
  lesson_soon: BookingConfirmed,
  lesson_conflicted: LessonConflicted,
  series_booked: SeriesBooked,
  series_dates_skipped: SeriesDatesSkipped,
  calendar_reconnect: CalendarSyncFailed,
};

/** What is made here, and no event of somebody else's. */
const OWN: Partial<Record<Kind, object>> = {
  daily_agenda: {
    user_id: 'b1f7a3c2-52a5-4c8b-9b0e-0f6d6f4f8a01',
    day: '2026-12-07',
    from_at: '2026-12-06T22:00:00.000Z',
    until_at: '2026-12-07T22:00:00.000Z',
    lessons: [
      {
        start_at: '2026-12-07T14:00:00.000Z',
        end_at: '2026-12-07T15:00:00.000Z',
        student: 'Sam',
        join_link: 'https://meet.example.org/1',
      },
      {
        start_at: '2026-12-07T16:00:00.000Z',
        end_at: '2026-12-07T17:30:00.000Z',
        student: '',
        join_link: 'https://meet.example.org/2',
      },
    ],
  },
  digest: {
    user_id: 'b1f7a3c2-52a5-4c8b-9b0e-0f6d6f4f8a01',
    day: '2026-12-07',
    items: [
      { kind: 'booking_completed', headline: 'How was your lesson?', brief: 'How was your lesson with Olena?' },
      { kind: 'proposal_answered', headline: 'Your proposal is accepted', brief: 'Your proposal is accepted.' },
    ],
  },
};

/** News of a kind as events tell them. */
export function exampleOf(kind: Kind): News {
  const of = EVENTS[kind];
  return { kind, event: of ? metaOf(of).examples[0] : OWN[kind] } as unknown as News;
}
