import {
  BookingCanceled,
  BookingCompleted,
  BookingConfirmed,
  BookingNoShow,
  BookingPendingPayment,
  BookingRefunded,
  BookingRescheduled,
  CalendarConnected,
  CalendarDisconnected,
  CalendarSyncFailed,
  CalendarSyncRecovered,
  type EventClass,
  LessonConflicted,
  LessonLinkReady,
  NotificationFailed,
  OpeningsPublished,
  PaymentFailed,
  ProposalAnswered,
  ProposalMade,
  SeriesBooked,
  SeriesDatesSkipped,
  SlotHeld,
  SlotReleased,
  SlotsChanged,
  WaitlistOffered,
} from '@scheduling/contracts';

/** The events that platforms can have sent to them; `UserChanged`, which carries personal data, is none of them. */
export const OFFERED: readonly EventClass[] = [
  BookingCanceled,
  BookingCompleted,
  BookingConfirmed,
  BookingNoShow,
  BookingPendingPayment,
  BookingRefunded,
  BookingRescheduled,
  CalendarConnected,
  CalendarDisconnected,
  CalendarSyncFailed,
  CalendarSyncRecovered,
  LessonConflicted,
  LessonLinkReady,
  NotificationFailed,
  OpeningsPublished,
  PaymentFailed,
  ProposalAnswered,
  ProposalMade,
  SeriesBooked,
  SeriesDatesSkipped,
  SlotHeld,
  SlotReleased,
  SlotsChanged,
  WaitlistOffered,
];

/** Stands for every event that is offered, also for those that will be. */
export const ALL = '*';
/** What an endpoint can ask for. */
export const EVENT_NAMES: readonly string[] = [ALL, ...OFFERED.map(({ name }) => name)];
/** What is sent where somebody tries an endpoint out. */
export const TEST_EVENT = 'webhook.test';
