import { dayIn, isZone, localIso, startOfDay } from '@scheduling/time';
import type { calendar_v3 } from 'googleapis/build/src/apis/calendar';
import { invalid } from './google-refusal.ts';

export type Event = calendar_v3.Schema$Event;
export type EventTime = calendar_v3.Schema$EventDateTime;

/** When an event begins and ends. */
export interface Span {
  readonly startAt: Date;
  readonly endAt: Date;
}

const OFFSET = /(Z|[+-]\d\d:\d\d)$/i;

/** The instant of a start or an end; a whole day is one of the calendar's zone. */
function instantOf(time: EventTime | undefined, zone: string): Date {
  if (time?.date) return startOfDay(time.date, zone);
  return new Date(time?.dateTime ?? Number.NaN);
}

/** When an event is, by its calendar's zone. */
export const spanOf = ({ start, end }: Event, zone: string): Span => ({
  startAt: instantOf(start, zone),
  endAt: instantOf(end, zone),
});

/** A time as Google gives it back: on the clock of `zone`. */
export function shownTime(time: EventTime | undefined, zone: string): EventTime | undefined {
  if (!time?.dateTime) return time;
  const at = new Date(time.dateTime);
  return { ...time, dateTime: zone === 'UTC' ? `${at.toISOString().slice(0, 19)}Z` : localIso(at, zone) };
}

/** Refuses what is no time of an event; a whole event begins before it ends, or then. */
export function checkTimes({ start, end }: Event, zone: string): void {
  for (const time of [start, end]) checkTime(time);
  if (Boolean(start?.date) !== Boolean(end?.date)) throw invalid('Invalid start time.');
  const { startAt, endAt } = spanOf({ start, end }, zone);
  if (!(startAt <= endAt) || (start?.date && startAt >= endAt))
    throw invalid('The specified time range is empty.', 'timeRangeEmpty');
}

function checkTime(time: EventTime | undefined): void {
  if (!time || Boolean(time.date) === Boolean(time.dateTime))
    throw invalid('Start and end times must either both be date or both be dateTime.');
  if (time.timeZone && !isZone(time.timeZone)) throw invalid(`Invalid time zone definition for ${time.timeZone}.`);
  if (time.date && !/^\d{4}-\d\d-\d\d$/.test(time.date)) throw invalid('Invalid value for: date.');
  // Google reads one without an offset by its zone; nobody of ours sends such.
  if (time.dateTime && (!OFFSET.test(time.dateTime) || Number.isNaN(Date.parse(time.dateTime))))
    throw invalid('Invalid value for: dateTime: the double wants an offset.');
}

/** Moves a whole day or an instant by so many milliseconds. */
export const timeAt = (at: Date, like: EventTime | undefined, zone: string): EventTime =>
  like?.date
    ? { date: dayIn(at, zone) }
    : { dateTime: at.toISOString(), ...(like?.timeZone && { timeZone: like.timeZone }) };
