import {
  BookingCanceled,
  BookingCompleted,
  BookingConfirmed,
  BookingNoShow,
  BookingPendingPayment,
  BookingRefunded,
  BookingRescheduled,
  CalendarSyncFailed,
  LessonConflicted,
  LessonLinkReady,
  metaOf,
  PaymentFailed,
  ProposalAnswered,
  ProposalMade,
  SeriesBooked,
  SeriesDatesSkipped,
  SlotHeld,
  WaitlistOffered,
} from '@scheduling/contracts';
import { olena, sam } from '../../test/letters.ts';
import type { News } from './message.ts';
import { readersOf, staleness } from './messages.policy.ts';

const EXAMPLES: Readonly<Record<News['kind'], unknown>> = {
  booking_confirmed: metaOf(BookingConfirmed).examples[0],
  booking_canceled: metaOf(BookingCanceled).examples[0],
  booking_rescheduled: metaOf(BookingRescheduled).examples[0],
  booking_pending_payment: metaOf(BookingPendingPayment).examples[0],
  booking_completed: metaOf(BookingCompleted).examples[0],
  booking_no_show: metaOf(BookingNoShow).examples[0],
  hold_expiring: metaOf(SlotHeld).examples[0],
  lesson_tomorrow: metaOf(BookingConfirmed).examples[0],
  lesson_soon: metaOf(BookingConfirmed).examples[0],
  booking_refunded: metaOf(BookingRefunded).examples[0],
  payment_failed: metaOf(PaymentFailed).examples[0],
  lesson_conflicted: metaOf(LessonConflicted).examples[0],
  waitlist_offered: metaOf(WaitlistOffered).examples[0],
  lesson_link_ready: metaOf(LessonLinkReady).examples[0],
  proposal_made: metaOf(ProposalMade).examples[0],
  proposal_answered: metaOf(ProposalAnswered).examples[0],
  calendar_reconnect: metaOf(CalendarSyncFailed).examples[0],
  series_booked: metaOf(SeriesBooked).examples[0],
  series_dates_skipped: metaOf(SeriesDatesSkipped).examples[0],
  digest: { user_id: olena.id, day: '2026-12-07', items: [] },
  daily_agenda: {
    user_id: olena.id,
    day: '2026-12-07',
    from_at: '2026-12-06T22:00:00.000Z',
    until_at: '2026-12-07T22:00:00.000Z',
    lessons: [],
  },
};

/** News as the examples of their event have them: a lesson until 15:00 UTC on 7 December 2026. */
const news = (kind: News['kind'], more: object = {}): News =>
  ({ kind, event: Object.assign({}, EXAMPLES[kind], more) }) as News;

describe('those who are told', () => {
  it.each<[kind: News['kind'], more: object, whom: string[]]>([
    ['booking_confirmed', {}, ['Sam', 'Olena']],
    ['booking_rescheduled', {}, ['Sam', 'Olena']],
    ['booking_canceled', {}, ['Sam', 'Olena']],
    ['booking_canceled', { cause: 'person' }, ['Sam', 'Olena']],
    ['booking_canceled', { cause: 'minimum_attendance' }, ['Sam', 'Olena']],
    ['booking_canceled', { cause: 'payment_failed' }, ['Sam']],
    ['booking_refunded', {}, ['Sam']],
    ['booking_refunded', { refunded_cents: 0 }, []],
    ['payment_failed', {}, ['Sam']],
    ['payment_failed', { status: 'canceled' }, []],
    ['lesson_conflicted', {}, ['Olena']],
    ['waitlist_offered', {}, ['Sam']],
    ['lesson_link_ready', {}, ['Sam', 'Olena']],
    ['proposal_made', {}, ['Sam']],
    ['proposal_made', { proposed_by: sam.id }, ['Olena']],
    ['proposal_answered', { outcome: 'accepted' }, ['Olena']],
    ['proposal_answered', { outcome: 'refused', proposed_by: sam.id }, ['Sam']],
    ['proposal_answered', { outcome: 'impossible' }, ['Olena']],
    ['proposal_answered', { outcome: 'overtaken' }, []],
    ['proposal_answered', { outcome: 'expired' }, []],
    ['proposal_answered', { outcome: 'eaten' }, []],
    ['calendar_reconnect', { user_id: sam.id }, ['Sam']],
    ['lesson_tomorrow', {}, ['Sam', 'Olena']],
    ['lesson_soon', {}, ['Sam', 'Olena']],
    ['hold_expiring', {}, ['Sam']],
    ['booking_pending_payment', {}, ['Sam']],
    ['booking_completed', {}, ['Sam', 'Olena']],
    ['booking_no_show', {}, ['Sam', 'Olena']],
    ['series_booked', {}, ['Sam', 'Olena']],
    ['series_dates_skipped', {}, ['Sam']],
    ['daily_agenda', {}, ['Olena']],
    ['digest', {}, ['Olena']],
  ])('of %s, %j, are %j', (kind, more, whom) => {
    const names = readersOf(news(kind, more)).map((id) => [sam, olena].find((person) => person.id === id)?.name);
    expect(names).toEqual(whom);
  });
});

describe('news', () => {
  const ENDED = 'the lesson has ended';
  it.each<[kind: News['kind'], now: string, why: string | null]>([
    ['booking_rescheduled', '2026-12-07T14:59:59.999Z', null],
    ['booking_rescheduled', '2026-12-07T15:00:00.000Z', ENDED],
    ['payment_failed', '2026-12-07T15:00:00.000Z', ENDED],
    ['booking_refunded', '2026-12-07T15:00:00.000Z', null],
    ['booking_refunded', '2027-01-06T14:59:59.999Z', null],
    ['booking_refunded', '2027-01-06T15:00:00.000Z', ENDED],
    ['waitlist_offered', '2026-12-01T09:14:59.999Z', null],
    ['waitlist_offered', '2026-12-01T09:15:00.000Z', 'the offer has run out'],
    ['lesson_link_ready', '2026-12-07T15:00:00.000Z', ENDED],
    ['proposal_made', '2026-12-07T13:59:59.999Z', null],
    ['proposal_made', '2026-12-07T14:00:00.000Z', 'the proposal has run out'],
    ['proposal_answered', '2026-12-07T14:59:59.999Z', null],
    ['proposal_answered', '2026-12-07T15:00:00.000Z', ENDED],
    ['calendar_reconnect', '2027-12-07T15:00:00.000Z', null],
    ['hold_expiring', '2026-12-01T09:09:59.999Z', null],
    ['hold_expiring', '2026-12-01T09:10:00.000Z', 'the hold has run out'],
    ['booking_completed', '2026-12-14T14:59:59.999Z', null],
    ['booking_completed', '2026-12-14T15:00:00.000Z', ENDED],
    ['booking_no_show', '2026-12-14T14:59:59.999Z', null],
    ['booking_no_show', '2026-12-14T15:00:00.000Z', ENDED],
    ['series_booked', '2026-12-14T13:59:59.999Z', null],
    ['series_booked', '2026-12-14T14:00:00.000Z', 'its dates are past'],
    ['series_dates_skipped', '2026-12-14T13:59:59.999Z', null],
    ['series_dates_skipped', '2026-12-14T14:00:00.000Z', 'its dates are past'],
    ['daily_agenda', '2026-12-07T21:59:59.999Z', null],
    ['daily_agenda', '2026-12-07T22:00:00.000Z', 'the day is over'],
  ])('of %s at %s are past their moment: %s', (kind, now, why) => {
    expect(staleness(news(kind), new Date(now))).toBe(why);
  });
});
