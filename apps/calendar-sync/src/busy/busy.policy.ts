import { isZone, startOfDay } from '@scheduling/time';
import type { calendar_v3 } from 'googleapis/build/src/apis/calendar';

/** Time between two instants, `[startAt, endAt)`. */
export interface Range {
  readonly startAt: Date;
  readonly endAt: Date;
}

/** Kinds of entries that say where somebody works or whose birthday it is, and take no time. */
const TAKES_NO_TIME = new Set(['workingLocation', 'birthday']);

/**
 * When an event keeps the owner of its calendar busy; null where it does not. Whole days are meant in the calendar's zone.
 * What is only tentative does.
 */
export function busyRange(event: calendar_v3.Schema$Event, zone: string): Range | null {
  if (event.status === 'cancelled' || event.transparency === 'transparent') return null;
  if (TAKES_NO_TIME.has(event.eventType ?? '')) return null;
  if (event.attendees?.some((one) => one.self && one.responseStatus === 'declined')) return null;
  const [startAt, endAt] = [instantOf(event.start, zone), instantOf(event.end, zone)];
  // An event without length meets nothing.
  return startAt && endAt && startAt < endAt ? { startAt, endAt } : null;
}

function instantOf(time: calendar_v3.Schema$EventDateTime | undefined, zone: string): Date | null {
  if (time?.date) return startOfDay(time.date, isZone(zone) ? zone : 'UTC');
  return time?.dateTime ? new Date(time.dateTime) : null;
}

/** So many days are stated: all that a tutor can offer lies within. Calendars are read a month further. */
export const STATED_DAYS = 370;
/** As many as a statement has room for. */
const MOST_RANGES = 2000;
const DAY = 86_400_000;

/** All that keeps somebody busy within a window. */
export interface Statement {
  readonly window: Range;
  readonly busy: readonly Range[];
}

/** From when and until when busy time is stated: whole days in UTC, from yesterday on. */
export function windowAt(now: Date, days: number): Range {
  const today = new Date(now).setUTCHours(0, 0, 0, 0);
  return { startAt: new Date(today - DAY), endAt: new Date(today + days * DAY) };
}

/** What is stated of ranges in any order: all that meet the window, merged; where they are too many, the window ends before the next. */
export function statementOf(ranges: readonly Range[], window: Range): Statement {
  const busy = merged(ranges).filter(({ startAt, endAt }) => startAt < window.endAt && endAt > window.startAt);
  const next = busy[MOST_RANGES];
  if (!next) return { window, busy };
  return { window: { ...window, endAt: next.startAt }, busy: busy.slice(0, MOST_RANGES) };
}

/** Ranges as disjoint ones in order; what touches becomes one. */
function merged(ranges: readonly Range[]): Range[] {
  const disjoint: Range[] = [];
  for (const range of ranges.toSorted((a, b) => a.startAt.getTime() - b.startAt.getTime())) {
    const last = disjoint.at(-1);
    if (!last || last.endAt < range.startAt) disjoint.push(range);
    else if (last.endAt < range.endAt) disjoint.splice(-1, 1, { startAt: last.startAt, endAt: range.endAt });
  }
  return disjoint;
}
