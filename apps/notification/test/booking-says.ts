import {
  BookingCanceled,
  BookingCompleted,
  BookingConfirmed,
  BookingNoShow,
  BookingPendingPayment,
  BookingRefunded,
  BookingRescheduled,
  LessonConflicted,
  LessonLinkReady,
  PaymentFailed,
  ProposalAnswered,
  ProposalMade,
  SeriesBooked,
  SeriesDatesSkipped,
  SlotHeld,
  SlotReleased,
  WaitlistOffered,
} from '@scheduling/contracts';
import {
  type BookingId,
  type HoldId,
  newId,
  type PersonId,
  type ProposalId,
  type SeriesId,
  type SlotId,
  type WaitlistId,
} from '@scheduling/domain';

/** A lesson as booking would tell of it: from 12:00 to 13:00 UTC on 1 March 2030, for 25 dollars. */
export const lesson = (more: Partial<BookingConfirmed> = {}) =>
  BookingConfirmed.of({
    booking_id: newId<BookingId>(),
    version: 1,
    slot_id: newId<SlotId>(),
    tutor_id: newId<PersonId>(),
    student_id: newId<PersonId>(),
    start_at: '2030-03-01T12:00:00.000Z',
    end_at: '2030-03-01T13:00:00.000Z',
    status: 'confirmed',
    price_cents: 2500,
    currency: 'USD',
    payment_method: 'credit',
    join_link: 'https://meet.example.org/1',
    tutor_timezone: 'Europe/Kyiv',
    ...more,
  });

/** The cancellation of a booked lesson by its student, with the money going back. */
export const cancellation = (of: BookingConfirmed, more: Partial<BookingCanceled> = {}) =>
  BookingCanceled.of({
    ...of,
    version: of.version + 1,
    status: 'refunded',
    canceled_by: of.student_id,
    reason: 'ill',
    refunded_cents: of.price_cents,
    ...more,
  });

/** What booking tells once the tutor no longer offers the time of a booked lesson. */
export const collision = (of: BookingConfirmed): LessonConflicted => {
  const { booking_id, version, slot_id, tutor_id, student_id, start_at, end_at, tutor_timezone } = of;
  return LessonConflicted.of({ booking_id, version, slot_id, tutor_id, student_id, start_at, end_at, tutor_timezone });
};

/** What booking tells once a lesson has moved by its student's wish, an hour later unless told otherwise. */
export const move = (of: BookingConfirmed, more: Partial<BookingRescheduled> = {}) =>
  BookingRescheduled.of({
    ...of,
    version: of.version + 1,
    slot_id: newId<SlotId>(),
    start_at: '2030-03-01T13:00:00.000Z',
    end_at: '2030-03-01T14:00:00.000Z',
    previous_slot_id: of.slot_id,
    previous_start_at: of.start_at,
    previous_end_at: of.end_at,
    rescheduled_by: of.student_id,
    reason: null,
    ...more,
  });

/** What booking tells once the money of a canceled lesson has arrived. */
export const refund = (of: BookingConfirmed, more: Partial<BookingRefunded> = {}) =>
  BookingRefunded.of({
    ...of,
    version: of.version + 2,
    status: 'refunded',
    payment_method: 'stripe',
    refunded_cents: of.price_cents,
    ...more,
  });

/** What booking tells when a lesson that is kept for its student cannot be paid for. */
export const failure = (of: BookingConfirmed, more: Partial<PaymentFailed> = {}) =>
  PaymentFailed.of({ ...of, status: 'pending_payment', payment_method: 'stripe', code: 'card_declined', ...more });

/** The offer, for a quarter of an hour from nine, of a seat that may become this booking. */
export const offer = (of: BookingConfirmed, more: Partial<WaitlistOffered> = {}): WaitlistOffered => {
  const { booking_id, slot_id, tutor_id, student_id, start_at, end_at, tutor_timezone } = of;
  return WaitlistOffered.of({
    slot_id,
    tutor_id,
    student_id,
    start_at,
    end_at,
    tutor_timezone,
    waitlist_id: newId<WaitlistId>(),
    hold_id: booking_id as string as HoldId,
    expires_at: '2030-03-01T09:15:00.000Z',
    ...more,
  });
};

/** What booking tells once a lesson has a better link. */
export const link = (of: BookingConfirmed, more: Partial<LessonLinkReady> = {}) =>
  LessonLinkReady.of<LessonLinkReady>({
    ...of,
    version: of.version + 1,
    join_link: 'https://meet.example.org/better',
    ...more,
  });

/** What booking tells once the tutor of a lesson proposes to move it an hour later. */
export const proposal = (of: BookingConfirmed, more: Partial<ProposalMade> = {}) =>
  ProposalMade.of<ProposalMade>({
    ...of,
    proposal_id: newId<ProposalId>(),
    kind: 'reschedule',
    proposed_by: of.tutor_id,
    new_slot_id: newId<SlotId>(),
    new_start_at: '2030-03-01T13:00:00.000Z',
    new_end_at: '2030-03-01T14:00:00.000Z',
    expires_at: of.start_at,
    ...more,
  });

/** What booking tells once a proposal has come to its end: it is refused, unless told otherwise. */
export const answer = ({ expires_at: _, ...of }: ProposalMade, more: Partial<ProposalAnswered> = {}) =>
  ProposalAnswered.of<ProposalAnswered>({ ...of, answered_by: of.student_id, outcome: 'refused', ...more });

/** What booking tells of a hold of ten minutes from nine, that may become this booking. */
export const held = (of: BookingConfirmed, more: Partial<SlotHeld> = {}): SlotHeld => {
  const { booking_id, slot_id, tutor_id, student_id, start_at, end_at } = of;
  return SlotHeld.of<SlotHeld>({
    slot_id,
    tutor_id,
    student_id,
    start_at,
    end_at,
    hold_id: booking_id as string as HoldId,
    seat: 1,
    expires_at: '2030-03-01T09:10:00.000Z',
    kind: 'student',
    ...more,
  });
};

/** What booking tells once a hold has ended. */
export const released = ({ slot_id, tutor_id, hold_id }: SlotHeld): SlotReleased =>
  SlotReleased.of<SlotReleased>({ slot_id, tutor_id, hold_id });

/** What booking tells of a seat that is kept until its payment has come. */
export const awaited = (of: BookingConfirmed, more: Partial<BookingPendingPayment> = {}) =>
  BookingPendingPayment.of<BookingPendingPayment>({
    ...of,
    status: 'pending_payment',
    payment_method: 'stripe',
    ...more,
  });

/** What booking tells once a lesson is over. */
export const completion = (of: BookingConfirmed, more: Partial<BookingCompleted> = {}) =>
  BookingCompleted.of<BookingCompleted>({ ...of, version: of.version + 3, status: 'completed', ...more });

/** What booking tells once somebody says that the tutor did not come. */
export const noShow = (of: BookingConfirmed, more: Partial<BookingNoShow> = {}) =>
  BookingNoShow.of<BookingNoShow>({
    ...of,
    version: of.version + 4,
    status: 'completed',
    no_show_by: 'tutor',
    refunded_cents: of.price_cents,
    ...more,
  });

/** What booking tells of a series of two dates, the first booked and the second planned. */
export const series = ({ start_at = '2030-03-08T12:00:00.000Z' } = {}) =>
  SeriesBooked.of<SeriesBooked>({
    series_id: newId<SeriesId>(),
    tutor_id: newId<PersonId>(),
    student_id: newId<PersonId>(),
    timezone: 'Europe/Kyiv',
    price_cents: 2500,
    currency: 'USD',
    payment_method: 'credit',
    dates: [
      { number: 1, start_at, status: 'booked', code: null, booking_id: newId<BookingId>() },
      { number: 2, start_at: weekAfter(start_at), status: 'planned', code: null, booking_id: null },
    ],
  });

/** What booking tells once the second date of a series has come to nothing. */
export const skipping = ({ series_id, tutor_id, student_id, dates }: SeriesBooked, number = 2) =>
  SeriesDatesSkipped.of<SeriesDatesSkipped>({
    series_id,
    tutor_id,
    student_id,
    dates: [{ number, start_at: dates[1]!.start_at, code: 'student_busy' }],
  });

const weekAfter = (start: string): string => new Date(Date.parse(start) + 7 * 86_400_000).toISOString();
