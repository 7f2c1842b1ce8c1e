import { randomBytes } from 'node:crypto';
import type { calendar_v3 } from 'googleapis/build/src/apis/calendar';
import type { FakeCalendar, KeptEvent, Rest } from './calendar.ts';
import { type Event, shownTime, type Span, spanOf } from './event-times.ts';
import type { GoogleFaults } from './faults.ts';
import { GoogleRefusal, invalid } from './google-refusal.ts';
import { occurrencesOf } from './occurrences.ts';
import { instantIn, numberIn, oneOf, truthIn } from './params.ts';
import { readSyncToken, syncToken } from './sync-token.ts';

const EARLIEST = new Date(-8_640_000_000_000_000);
const LATEST = new Date(8_640_000_000_000_000);
const MOST_A_PAGE = 2500;
const USUAL_PAGE = 250;
/** How many lists may be under way. */
const MOST_PAGES = 1000;
/** With a sync token these may not be said; what was listed with them can not be gone on from by one. */
const NOT_WITH_TOKEN = ['timeMin', 'timeMax', 'privateExtendedProperty', 'orderBy'];
const WITHOUT_TOKEN = ['privateExtendedProperty', 'orderBy'];

interface Wish {
  readonly window: Span;
  readonly isSingle: boolean;
  readonly isDeletedShown: boolean;
}

/** Lists a calendar's events: all of a window, or what has changed since a sync token, page by page. */
export function listEvents(
  calendar: FakeCalendar,
  params: URLSearchParams,
  faults: GoogleFaults,
): calendar_v3.Schema$Events {
  const zone = params.get('timeZone') ?? calendar.timeZone;
  const limit = numberIn(params, 'maxResults', { from: 1, to: MOST_A_PAGE }) ?? USUAL_PAGE;
  const page = params.get('pageToken');
  const { items, syncToken: next } = page === null ? begun(calendar, params, faults) : known(calendar, page);
  const left = items.slice(limit);
  return {
    kind: 'calendar#events',
    summary: calendar.entry.summary,
    timeZone: zone,
    accessRole: calendar.entry.accessRole,
    defaultReminders: [],
    items: items.slice(0, limit).map((event) => shown(event, zone)),
    ...(left.length > 0
      ? { nextPageToken: keep(calendar, { items: left, syncToken: next }) }
      : next && { nextSyncToken: next }),
  };
}

/** An event as Google gives it back: on the calendar's clock. */
export function shown(event: Event, zone: string): Event {
  const times = ['start', 'end', 'originalStartTime'] as const;
  const told = times.filter((name) => event[name]).map((name) => [name, shownTime(event[name], zone)] as const);
  return { ...event, ...Object.fromEntries(told) };
}

function begun(calendar: FakeCalendar, params: URLSearchParams, faults: GoogleFaults): Rest {
  const token = params.get('syncToken');
  return token === null ? whole(calendar, params, faults) : changed(calendar, params, token, faults);
}

function whole(calendar: FakeCalendar, params: URLSearchParams, { syncAge }: GoogleFaults): Rest {
  const wish: Wish = {
    window: { startAt: instantIn(params, 'timeMin') ?? EARLIEST, endAt: instantIn(params, 'timeMax') ?? LATEST },
    isSingle: truthIn(params, 'singleEvents'),
    isDeletedShown: truthIn(params, 'showDeleted'),
  };
  const { startAt, endAt } = wish.window;
  if (startAt >= endAt) throw invalid('The specified time range is empty.', 'timeRangeEmpty');
  const items = calendar.all().flatMap((kept) => within(kept, wish, calendar.timeZone));
  const found = ordered(items.filter(marked(params)), params, calendar.timeZone);
  const goesOn = !WITHOUT_TOKEN.some((name) => params.has(name));
  const [from, until] = [startAt.getTime(), endAt.getTime()];
  const { isSingle } = wish;
  const next = { calendarId: calendar.entry.id, change: calendar.lastChange, age: syncAge, isSingle, from, until };
  return { items: found, syncToken: goesOn ? syncToken(next) : undefined };
}

function changed(calendar: FakeCalendar, params: URLSearchParams, text: string, { syncAge }: GoogleFaults): Rest {
  const wrong = NOT_WITH_TOKEN.find((name) => params.has(name));
  if (wrong) throw invalid(`Sync token cannot be combined with ${wrong}.`, 'badRequest');
  if (params.get('showDeleted') === 'false') throw invalid('Sync token cannot be combined with showDeleted=false.');
  const token = readSyncToken(text);
  if (token?.calendarId !== calendar.entry.id || token.age < syncAge)
    throw new GoogleRefusal(410, 'fullSyncRequired', 'Sync token is no longer valid, a full sync is required.');
  if (truthIn(params, 'singleEvents') !== token.isSingle)
    throw invalid('A sync token goes with the parameters that it was given with: singleEvents.', 'badRequest');
  const window = { startAt: new Date(token.from), endAt: new Date(token.until) };
  const items = calendar
    .all()
    .filter(({ change }) => change > token.change)
    .flatMap((kept) => (token.isSingle ? changes(kept, window, calendar.timeZone) : [goneOr(kept.event)]));
  return { items, syncToken: syncToken({ ...token, change: calendar.lastChange }) };
}

function within({ event }: KeptEvent, { window, isSingle, isDeletedShown }: Wish, zone: string): Event[] {
  if (event.status === 'cancelled') return isDeletedShown ? [gone(event)] : [];
  const occurrences = occurrencesOf(event, zone, window);
  return isSingle || occurrences.length === 0 ? occurrences : [event];
}

/** A repeated event as it is now, and what it was repeated at and is not any more. */
function changes({ event, formerly }: KeptEvent, window: Span, zone: string): Event[] {
  const isOff = event.status === 'cancelled';
  if (!event.recurrence && formerly.length === 0) return [goneOr(event)];
  const now = isOff ? [] : occurrencesOf(event, zone, window);
  const standing = new Set(now.map(({ id }) => id));
  const before = new Map(formerly.flatMap((one) => occurrencesOf(one, zone, window)).map((one) => [one.id, one]));
  const lost = [...before.values()].filter(({ id }) => !standing.has(id));
  return [
    ...now,
    ...lost.map(({ recurringEventId, originalStartTime, ...one }) => ({
      ...gone(one),
      recurringEventId,
      originalStartTime,
    })),
  ];
}

const goneOr = (event: Event): Event => (event.status === 'cancelled' ? gone(event) : event);

/** Of what was deleted Google promises nothing but its id. */
const gone = ({ id, etag }: Event): Event => ({ kind: 'calendar#event', etag, id, status: 'cancelled' });

/** Whether an event has every private property that is asked for. */
function marked(params: URLSearchParams): (event: Event) => boolean {
  const marks = params.getAll('privateExtendedProperty').map((mark) => {
    const at = mark.indexOf('=');
    if (at < 1) throw invalid(`Invalid value for: privateExtendedProperty ${mark}.`);
    return [mark.slice(0, at), mark.slice(at + 1)] as const;
  });
  return ({ extendedProperties }) => marks.every(([key, value]) => extendedProperties?.private?.[key] === value);
}

function ordered(items: Event[], params: URLSearchParams, zone: string): Event[] {
  const by = oneOf(params, 'orderBy', ['startTime', 'updated']);
  if (by === 'updated') return items.toSorted((a, b) => (a.updated ?? '').localeCompare(b.updated ?? ''));
  if (by === undefined) return items;
  if (!truthIn(params, 'singleEvents'))
    throw invalid('The requested ordering is not available for the particular query.');
  return items.toSorted((a, b) => spanOf(a, zone).startAt.getTime() - spanOf(b, zone).startAt.getTime());
}

function keep({ pages }: FakeCalendar, rest: Rest): string {
  const token = randomBytes(12).toString('base64url');
  pages.set(token, rest);
  for (const oldest of pages.keys()) if (pages.size > MOST_PAGES) pages.delete(oldest);
  return token;
}

function known({ pages }: FakeCalendar, token: string): Rest {
  const rest = pages.get(token);
  if (!rest) throw invalid('Invalid page token value.');
  return rest;
}
