import { Flag, ListOf, Maybe, Nullable, OpenWord, Text } from '@scheduling/contracts';
import { ApiProperty } from '@nestjs/swagger';
import { IsString, MaxLength, MinLength } from 'class-validator';
import type { Calendar } from './calendars.store.ts';

/** Names a calendar in a path. */
export class CalendarParams {
  /** What Google calls it, such as an address; percent-encoded in the path. */
  @IsString()
  @MinLength(1)
  @MaxLength(1024)
  readonly calendar_id!: string;
}

/** What a calendar shall be for; what is left out stays. */
export class ChooseCalendar {
  /** Whether what stands in it takes time from what its person offers. */
  @Maybe() @Flag() readonly busy?: boolean;
  /** Whether it receives the lessons; one calendar does at most. */
  @Maybe() @Flag() readonly write?: boolean;
}

/** A calendar of the connected account. */
export class CalendarView {
  /** What Google calls it, such as an address. */
  @ApiProperty() readonly calendar_id!: string;
  /** What its person calls it. */
  @ApiProperty() readonly summary!: string;
  /** IANA zone, in which its whole days are meant. */
  @Text(1, 64) readonly timezone!: string;
  /** `freeBusyReader`, `reader`, `writer` or `owner`. */
  @OpenWord() readonly access_role!: string;
  /** Whether it is the account's main calendar. */
  @Flag() readonly primary!: boolean;
  /** Whether what stands in it takes time from what its person offers. */
  @Flag() readonly busy!: boolean;
  /** Whether it receives the lessons. */
  @Flag() readonly write!: boolean;

  static of(calendar: Calendar): CalendarView {
    const { calendarId, summary, timezone, accessRole, isPrimary, isBusy, isWritten } = calendar;
    return {
      calendar_id: calendarId,
      summary,
      timezone,
      access_role: accessRole,
      primary: isPrimary,
      busy: isBusy,
      write: isWritten,
    };
  }
}

/** The calendars of the connected account. */
export class CalendarsView {
  /** The main one first, then by name. */
  @ListOf(() => CalendarView, 2000) readonly items!: CalendarView[];
  /** Always null: all of them come at once. */
  @Nullable() @ApiProperty({ type: String }) readonly next_cursor!: null;
}
