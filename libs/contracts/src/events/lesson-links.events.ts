import { booked } from './booking.examples.ts';
import { BookingState } from './booking-state.ts';
import { EventType } from './event.ts';

/** A lesson takes place behind another link than the one that was told before. */
@EventType<LessonLinkReady>({
  type: 'scheduling.booking.LessonLinkReady.v1',
  key: (event) => event.tutor_id,
  examples: [{ ...booked, version: 2, join_link: 'https://meet.google.com/abc-defg-hij' }],
})
export class LessonLinkReady extends BookingState {}
