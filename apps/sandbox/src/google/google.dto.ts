import { ApiProperty } from '@nestjs/swagger';
import { Count, Email, Flag, Instant, ListOf, Maybe, Nullable, OneOf, Part, Text } from '@scheduling/contracts';
import { Matches } from 'class-validator';
import { CallFaultsBody, RequestFaultsBody } from '../doubles/request-faults.dto.ts';
import { MOST_EVENTS } from './calendar.ts';
import { type Event, spanOf } from './event-times.ts';
import { type MeetFate, MEETS } from './faults.ts';
import type { OwnEvent } from './google-double.ts';
import type { Shown } from './google.service.ts';

const MOST_CALENDARS = 10_000;
const TRANSPARENCIES = ['opaque', 'transparent'] as const;

/** Whose calendars. */
export class CalendarsQuery {
  @Maybe()
  @Email()
  readonly email?: string;
}

/** Whose calendar. */
export class OwnerQuery {
  @Email()
  readonly email!: string;
}

/** Names somebody's calendar in a path. */
export class CalendarParams {
  @Email()
  readonly email!: string;
}

/** Names one event in a path. */
export class EventParams {
  @Matches(/^[a-v0-9]{5,1024}$/)
  readonly id!: string;
}

/** What somebody writes into their calendar. */
export class NewEventBody {
  @Email()
  readonly email!: string;

  @Maybe()
  @Text(0, 1024)
  readonly summary?: string;

  @Instant()
  readonly start_at!: string;

  @Instant()
  readonly end_at!: string;

  /** Whether they are taken meanwhile; `opaque`, if nothing is said. */
  @Maybe()
  @OneOf(TRANSPARENCIES)
  readonly transparency?: (typeof TRANSPARENCIES)[number];

  /** How it is repeated, such as `RRULE:FREQ=WEEKLY;COUNT=4`. */
  @Maybe()
  @Text(6, 500)
  readonly recurrence?: string;
}

/** What somebody changes of an event; what is left out stays. */
export class EventChangeBody {
  @Maybe()
  @Text(0, 1024)
  readonly summary?: string;

  @Maybe()
  @Instant()
  readonly start_at?: string;

  @Maybe()
  @Instant()
  readonly end_at?: string;
}

/** An event as it stands in a fake calendar. */
export class EventView {
  @ApiProperty()
  readonly id!: string;

  @ApiProperty()
  readonly summary!: string;

  @Instant()
  readonly start_at!: string;

  @Instant()
  readonly end_at!: string;

  /** Google's word, such as `confirmed`. */
  @ApiProperty()
  readonly status!: string;

  /** The lesson that we wrote it for; null where somebody else wrote it. */
  @Nullable()
  @Text(1, 1024)
  readonly booking_id!: string | null;

  /** Where people come in; null without such a room. */
  @Nullable()
  @Text(1, 2000)
  readonly join_link!: string | null;

  static of(event: Event, zone: string): EventView {
    const { startAt, endAt } = spanOf(event, zone);
    return {
      id: event.id ?? '',
      summary: event.summary ?? '',
      start_at: startAt.toISOString(),
      end_at: endAt.toISOString(),
      status: event.status ?? 'confirmed',
      booking_id: event.extendedProperties?.private?.['scheduling_booking_id'] ?? null,
      join_link: event.hangoutLink ?? event.location ?? null,
    };
  }
}

/** A fake calendar. */
export class CalendarView {
  /** Whose it is. */
  @Email()
  readonly email!: string;

  @ApiProperty()
  readonly calendar_id!: string;

  @ApiProperty()
  readonly summary!: string;

  /** In the order in which they were written last. */
  @ListOf(() => EventView, MOST_EVENTS)
  readonly events!: EventView[];
}

/** The fake calendars of somebody, or of everybody. */
export class CalendarsView {
  @ListOf(() => CalendarView, MOST_CALENDARS)
  readonly items!: CalendarView[];

  static of(calendars: readonly Shown[]): CalendarsView {
    const items = calendars.map(({ email, entry, events }) => ({
      email,
      calendar_id: entry.id,
      summary: entry.summary,
      events: events.map((event) => EventView.of(event, entry.timeZone)),
    }));
    return { items };
  }
}

/** Everything that goes wrong from now on, in place of what was said before; what is left out goes well. */
export class GoogleFaultsBody extends RequestFaultsBody {
  /** What goes wrong with pushes. */
  @Maybe()
  @Part(() => CallFaultsBody)
  readonly pushes?: CallFaultsBody;

  /** Every refresh says that the grant is over, though it is not. */
  @Maybe()
  @Flag()
  readonly invalid_grant?: boolean;

  /** The sync tokens that were given until now are over. */
  @Maybe()
  @Flag()
  readonly expire_sync_tokens?: boolean;

  /** How a room comes: with the answer, once all goes well again, or never. */
  @Maybe()
  @OneOf(MEETS)
  readonly meet?: MeetFate;

  /** How far Google's clock is ahead of ours, in seconds. */
  @Maybe()
  @Count(-86_400, 86_400)
  readonly clock_skew_s?: number;

  /** Whether more than 600 requests a minute of one person, or 10,000 of all, are refused. */
  @Maybe()
  @Flag()
  readonly enforce_quota?: boolean;

  /** Why free/busy times cannot be told of any calendar, such as `internalError`. */
  @Maybe()
  @Text(1, 60)
  readonly free_busy_error?: string;
}

/** What a body says of an event. */
export const ownEventOf = ({
  summary,
  start_at: startAt,
  end_at: endAt,
  ...rest
}: Partial<NewEventBody>): OwnEvent => ({
  ...(summary !== undefined && { summary }),
  ...(startAt !== undefined && { startAt: new Date(startAt) }),
  ...(endAt !== undefined && { endAt: new Date(endAt) }),
  ...(rest.transparency && { transparency: rest.transparency }),
  ...(rest.recurrence && { recurrence: [rest.recurrence] }),
});
