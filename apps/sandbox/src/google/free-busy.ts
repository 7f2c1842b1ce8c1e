import type { calendar_v3 } from 'googleapis/build/src/apis/calendar';
import type { FakeCalendar } from './calendar.ts';
import { type Span, spanOf } from './event-times.ts';
import { invalid } from './google-refusal.ts';
import { occurrencesOf } from './occurrences.ts';
import { instant } from './params.ts';

/** Google names no limit; it has been seen to refuse more than about three months. */
const LONGEST_MS = 92 * 86_400_000;
const MOST_CALENDARS = 50;

type Busy = calendar_v3.Schema$FreeBusyCalendar;

/** When calendars are taken; what cannot be told of one is an error inside an answer that is well. */
export function freeBusy(
  asked: calendar_v3.Schema$FreeBusyRequest,
  find: (id: string) => FakeCalendar | undefined,
  error?: string,
): calendar_v3.Schema$FreeBusyResponse {
  const window = { startAt: instant(asked.timeMin ?? '', 'timeMin'), endAt: instant(asked.timeMax ?? '', 'timeMax') };
  const length = window.endAt.getTime() - window.startAt.getTime();
  if (length <= 0) throw invalid('The specified time range is empty.', 'timeRangeEmpty');
  if (length > LONGEST_MS) throw invalid('The requested time range is too long.', 'timeRangeTooLong');
  const ids = (asked.items ?? []).map(({ id }) => String(id));
  const failure = ids.length > MOST_CALENDARS ? 'tooManyCalendarsRequested' : error;
  const told = (id: string): Busy => {
    const calendar = find(id);
    if (failure !== undefined || !calendar) return refused(failure ?? 'notFound');
    return { busy: busyIn(calendar, window) };
  };
  const calendars = Object.fromEntries(ids.map((id) => [id, told(id)]));
  return {
    kind: 'calendar#freeBusy',
    timeMin: asked.timeMin,
    timeMax: asked.timeMax,
    calendars,
  };
}

const refused = (reason: string): Busy => ({ errors: [{ domain: 'global', reason }], busy: [] });

/** The times of a calendar that are taken, one after the other. */
function busyIn(calendar: FakeCalendar, window: Span): { start: string; end: string }[] {
  const spans = calendar
    .all()
    .map(({ event }) => event)
    .filter(({ status, transparency }) => status !== 'cancelled' && transparency !== 'transparent')
    .filter(({ attendees }) => !attendees?.some(({ self, responseStatus }) => self && responseStatus === 'declined'))
    .flatMap((event) => occurrencesOf(event, calendar.timeZone, window))
    .map((event) => spanOf(event, calendar.timeZone))
    .toSorted((a, b) => a.startAt.getTime() - b.startAt.getTime());
  return joined(spans).map(({ startAt, endAt }) => ({ start: second(startAt), end: second(endAt) }));
}

function joined(spans: readonly Span[]): Span[] {
  const result: Span[] = [];
  for (const span of spans) {
    const last = result.at(-1);
    if (!last || last.endAt < span.startAt) result.push(span);
    else if (span.endAt > last.endAt) result[result.length - 1] = { ...last, endAt: span.endAt };
  }
  return result;
}

const second = (at: Date): string => `${at.toISOString().slice(0, 19)}Z`;
