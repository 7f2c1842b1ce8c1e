import { Injectable } from '@nestjs/common';
import type { calendar_v3 } from 'googleapis/build/src/apis/calendar';
import { CalendarFigures } from '../figures/calendar-figures.ts';
import { GoogleAccess } from '../google/google-access.service.ts';
import { GoogleFailure } from '../google/google-failure.ts';
import { type Range, windowAt } from './busy.policy.ts';
import { extentOf } from './reading.policy.ts';
import type { WatchedCalendar } from './watched-calendar.ts';

/** So many days ahead a calendar is read: more than is stated, since its window moves on only once a day. */
const READ_DAYS = 400;
/** The longest time that Google tells free and busy times of in one answer is some three months. */
const FREE_BUSY_DAYS = 50;
const DAY = 86_400_000;

/** A calendar is read in so many pages and milliseconds at most; its lease is longer. */
const MOST = { pages: 40, ms: 60_000 };

const FIELDS =
  'nextPageToken,nextSyncToken,timeZone,items(id,recurringEventId,status,start,end,transparency,eventType,' +
  'attendees(self,responseStatus),extendedProperties/private,iCalUID,updated)';

/** What a calendar has told. */
export type Told =
  | {
      readonly extent: 'everything' | 'changes';
      readonly events: readonly calendar_v3.Schema$Event[];
      readonly syncToken: string | null;
      /** What was read; null where only changes were. */
      readonly window: Range | null;
      readonly timezone: string;
    }
  | { readonly extent: 'free_busy'; readonly busy: readonly Range[]; readonly window: Range };

type Events = Extract<Told, { events: unknown }>;

/** Asks Google what stands in a calendar. */
@Injectable()
export class GoogleEvents {
  constructor(
    private readonly google: GoogleAccess,
    private readonly figures: CalendarFigures,
  ) {}

  /** Reads what is to be read of a calendar by now; throws GoogleFailure, and then nothing of it is known. */
  read(calendar: WatchedCalendar): Promise<Told> {
    return this.figures.reading(() => this.ask(calendar));
  }

  private async ask(calendar: WatchedCalendar): Promise<Told> {
    const extent = extentOf(calendar, calendar.takenAt);
    if (extent === 'free_busy') return this.freeBusy(calendar);
    return (extent === 'changes' && (await this.changes(calendar))) || this.everything(calendar);
  }

  /** What has changed since the last reading; null where everything has to be read. */
  private async changes(calendar: WatchedCalendar): Promise<Events | null> {
    try {
      const told = await this.pages(calendar, { syncToken: calendar.syncToken! });
      // Whole days that were read before were read in another zone.
      return told.timezone === calendar.timezone ? { extent: 'changes', window: null, ...told } : null;
    } catch (error) {
      if (error instanceof GoogleFailure && error.kind === 'gone') return null;
      throw error;
    }
  }

  private async everything(calendar: WatchedCalendar): Promise<Events> {
    const window = windowAt(calendar.takenAt, READ_DAYS);
    const { startAt, endAt } = window;
    const asked = { timeMin: startAt.toISOString(), timeMax: endAt.toISOString() };
    return { extent: 'everything', window, ...(await this.pages(calendar, asked)) };
  }

  private async pages(
    { userId, calendarId, timezone }: WatchedCalendar,
    asked: calendar_v3.Params$Resource$Events$List,
  ): Promise<Pick<Events, 'events' | 'syncToken' | 'timezone'>> {
    const events: calendar_v3.Schema$Event[] = [];
    const deadline = Date.now() + MOST.ms;
    let pageToken: string | undefined;
    for (let page = 1; page <= MOST.pages && Date.now() < deadline; page++) {
      const mark = pageToken === undefined ? {} : { pageToken };
      // Deleted ones are told in each reading: an own event that was deleted is seen even where no change was told.
      const all = { calendarId, singleEvents: true, showDeleted: true, maxResults: 2500, fields: FIELDS };
      const told = await this.google.as(userId, (calendar, options) =>
        calendar.events.list({ ...all, ...asked, ...mark }, options),
      );
      events.push(...(told.items ?? []));
      pageToken = told.nextPageToken ?? undefined;
      if (pageToken === undefined)
        return { events, syncToken: told.nextSyncToken ?? null, timezone: told.timeZone ?? timezone };
    }
    throw new GoogleFailure('unreachable', 'too_long');
  }

  private async freeBusy({ userId, calendarId, takenAt }: WatchedCalendar): Promise<Told> {
    const window = windowAt(takenAt, READ_DAYS);
    const busy: Range[] = [];
    for (let from = window.startAt; from < window.endAt;) {
      const until = new Date(Math.min(from.getTime() + FREE_BUSY_DAYS * DAY, window.endAt.getTime()));
      const requestBody = { timeMin: from.toISOString(), timeMax: until.toISOString(), items: [{ id: calendarId }] };
      const told = await this.google.as(userId, (calendar, options) =>
        calendar.freebusy.query({ requestBody }, options),
      );
      busy.push(...timesIn(told.calendars?.[calendarId]));
      from = until;
    }
    return { extent: 'free_busy', busy, window };
  }
}

/** An error stands inside an answer that is well: what it does not tell is not free. */
function timesIn(told: calendar_v3.Schema$FreeBusyCalendar | undefined): Range[] {
  const reason = told === undefined ? 'missing' : told.errors?.[0]?.reason;
  if (reason !== undefined)
    throw new GoogleFailure(reason === 'notFound' ? 'not_found' : 'unreachable', reason ?? 'error');
  return (told?.busy ?? []).map(({ start, end }) => ({ startAt: new Date(start!), endAt: new Date(end!) }));
}
