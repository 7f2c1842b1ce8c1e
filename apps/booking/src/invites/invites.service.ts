import { Injectable } from '@nestjs/common';
import type { BookingId } from '@scheduling/domain';
import { invitation, type Party } from '@scheduling/invitations';
import type { Caller } from '@scheduling/service-kit';
import { isOff } from '../bookings/booking-states.policy.ts';
import { BookingsService } from '../bookings/bookings.service.ts';
import { BookingConfig, MAILBOX } from '../config.ts';

/** A lesson as a calendar takes it. */
export interface Invite {
  readonly method: 'REQUEST' | 'CANCEL';
  /** An iCalendar object. */
  readonly content: string;
}

@Injectable()
export class InvitesService {
  private readonly organizer: Party;

  constructor(
    private readonly bookings: BookingsService,
    config: BookingConfig,
  ) {
    const { name = '', email = '' } = MAILBOX.exec(config.MAIL_FROM)?.groups ?? {};
    this.organizer = { name, email };
  }

  /** A booking of the caller's for their own calendar, in the same event as the invitation by mail; one that is off calls it off. */
  async write(caller: Caller, id: BookingId): Promise<Invite> {
    const booking = await this.bookings.find(caller.personId, id);
    const method = isOff(booking) ? 'CANCEL' : 'REQUEST';
    const content = invitation({
      bookingId: booking.id,
      version: booking.version,
      method,
      startAt: booking.startAt,
      endAt: booking.endAt,
      // Who the other one is, only the mail knows: this service has no names but the caller's own.
      summary: 'Lesson',
      description: `Join the lesson: ${booking.joinLink}`,
      joinLink: booking.joinLink,
      organizer: this.organizer,
      attendee: { name: caller.name ?? '', email: caller.email ?? `${caller.personId}@people.invalid` },
      stampedAt: booking.updatedAt,
    });
    return { method, content };
  }
}
