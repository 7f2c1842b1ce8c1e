import { Injectable } from '@nestjs/common';
import { type LessonEventCreated, type LessonMeetingCreated, LessonLinkReady } from '@scheduling/contracts';
import type { BookingId, PersonId } from '@scheduling/domain';
import { announce } from '@scheduling/events';
import { lockPeople, type Tx } from '@scheduling/persistence';
import { BookingChanges } from '../bookings/booking-changes.service.ts';
import { bookingFacts } from '../bookings/booking-facts.ts';
import { isActive } from '../bookings/booking-states.policy.ts';
import type { Booking, Side } from '../bookings/bookings.entity.ts';
import { findOwnBooking, timezoneOfTutor } from '../bookings/bookings.store.ts';
import { keepEventId } from './calendars.store.ts';
import { replaces, type StatedLink } from './links.policy.ts';

/** Takes over what calendars and rooms say of lessons; of lessons that are off or over, and from others, nothing. */
@Injectable()
export class LinksService {
  constructor(private readonly changes: BookingChanges) {}

  /** A lesson stands in somebody's calendar, which may have a link for it. */
  async written(tx: Tx, event: LessonEventCreated): Promise<void> {
    const booking = await this.lock(tx, event.booking_id, event.user_id);
    const side = booking && sideOf(booking, event.user_id);
    if (!booking || side !== event.side) return;
    await keepEventId(tx, booking, side, event.calendar_event_id);
    if (event.join_link === undefined) return;
    await this.take(tx, booking, { link: event.join_link, source: 'google', isTutors: side === 'tutor' });
  }

  /** A lesson has a room of its own. */
  async met(
    tx: Tx,
    { booking_id: id, user_id: userId, provider, join_link: link }: LessonMeetingCreated,
  ): Promise<void> {
    if (provider !== 'zoom' && provider !== 'link') return;
    const booking = await this.lock(tx, id, userId);
    if (!booking || sideOf(booking, userId) !== 'tutor') return;
    await this.take(tx, booking, { link, source: provider, isTutors: true });
  }

  /** A booking of this person's that stands, once its people are locked. */
  private async lock(tx: Tx, id: BookingId, person: PersonId): Promise<Booking | null> {
    const glance = await findOwnBooking(tx, id, person);
    if (!glance) return null;
    await lockPeople(tx, [glance.tutorId, glance.studentId]);
    const booking = await findOwnBooking(tx, id, person);
    return booking && isActive(booking) ? booking : null;
  }

  private async take(tx: Tx, booking: Booking, stated: StatedLink): Promise<void> {
    const { joinLink, joinLinkSource, tutorId } = booking;
    if (!replaces(stated, { link: joinLink, source: joinLinkSource })) return;
    const link = { joinLink: stated.link, joinLinkSource: stated.source };
    const entry = { by: null, action: 'link_ready', reason: stated.source };
    const ready = await this.changes.change(tx, booking, link, entry);
    announce(tx, LessonLinkReady.of(bookingFacts(ready, await timezoneOfTutor(tx, tutorId))));
  }
}

const sideOf = ({ tutorId }: Booking, person: PersonId): Side => (tutorId === person ? 'tutor' : 'student');
