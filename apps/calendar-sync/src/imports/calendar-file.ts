import ICAL from 'ical.js';
import { FileFailure } from './reading.errors.ts';

/** A time as a file writes it. */
export interface FileTime {
  /** Wall time such as `2026-12-01T16:00:00`; of a whole day, its midnight. */
  readonly wall: string;
  readonly isDay: boolean;
  /** `UTC`, the file's own name of a zone, or null where the time is on the reader's clock. */
  readonly zone: string | null;
}

/** A recurrence rule, without its end. */
export interface FileRule {
  readonly text: string;
  readonly until: FileTime | null;
}

/** When something takes place, as a file says it. */
export interface FileEvent {
  readonly uid: string;
  readonly start: FileTime;
  readonly end: FileTime | null;
  /** In seconds; in place of an end. */
  readonly duration: number | null;
  readonly rules: readonly FileRule[];
  readonly alsoAt: readonly FileTime[];
  readonly exceptAt: readonly FileTime[];
  /** The start of the series' one that this stands in for. */
  readonly insteadOf: FileTime | null;
  /** Whether it takes its owner's time. */
  readonly isBusy: boolean;
}

/** A change of a zone's clock that a file defines: offsets east of UTC, in seconds. */
export interface FileObservance {
  readonly start: FileTime;
  readonly offsetFrom: number;
  readonly offsetTo: number;
  readonly rules: readonly FileRule[];
  readonly alsoAt: readonly FileTime[];
}

/** A zone that a file defines, perhaps under a name that only its writer knows. */
export interface FileZone {
  /** What the file calls it besides, for programs that know IANA's names. */
  readonly location: string | null;
  readonly observances: readonly FileObservance[];
}

/** What a calendar file says of when its owner is busy, and nothing of what for. */
export interface CalendarFile {
  /** The zone of the calendar as a whole, if it names one. */
  readonly zone: string | null;
  readonly zones: ReadonlyMap<string, FileZone>;
  readonly events: readonly FileEvent[];
}

/** Everything else, such as what a meeting is about, is left out before anything is read: also, only so much is read of a line. */
const WANTED =
  /^(BEGIN|END|UID|DTSTART|DTEND|DURATION|RRULE|RDATE|EXDATE|RECURRENCE-ID|TRANSP|STATUS|ATTENDEE|FREEBUSY|TZID|TZOFFSETFROM|TZOFFSETTO|X-LIC-LOCATION|X-WR-TIMEZONE|X-WR-CALNAME|X-MICROSOFT-CDO-BUSYSTATUS)[;:]/i;
/** In characters; ical.js takes the square of a line's parameters. */
const LONGEST_LINE = 100_000;

type Part = InstanceType<typeof ICAL.Component>;

/** Reads an iCalendar file (RFC 5545); throws `FileFailure` for whatever is none, or is cut off. */
export function readCalendarFile(text: string): CalendarFile {
  try {
    const calendars = calendarsIn(text);
    const zones = calendars.flatMap((calendar) => calendar.getAllSubcomponents('vtimezone').map(zoneIn));
    return {
      zone: calendars.map((calendar) => textOf(calendar, 'x-wr-timezone')).find(Boolean) ?? null,
      zones: new Map(zones),
      events: calendars.flatMap(eventsIn),
    };
  } catch (error) {
    // Not as its cause: a parser's error quotes the line.
    throw error instanceof FileFailure ? error : new FileFailure('not_a_calendar');
  }
}

function calendarsIn(text: string): Part[] {
  const lines = text
    .replaceAll(/\r?\n[ \t]/g, '')
    .split(/\r?\n/)
    .filter((line) => WANTED.test(line));
  if (lines.some(({ length }) => length > LONGEST_LINE)) throw new FileFailure('too_large');
  if (lines.length === 0) throw new FileFailure('not_a_calendar');
  const parsed = ICAL.parse(lines.join('\r\n')) as unknown[];
  const parts = (Array.isArray(parsed[0]) ? parsed : [parsed]) as unknown[][];
  const calendars = parts.map((part) => new ICAL.Component(part));
  if (calendars.some(({ name }) => name !== 'vcalendar')) throw new FileFailure('not_a_calendar');
  return calendars;
}

function eventsIn(calendar: Part): FileEvent[] {
  // Calendars by Google and others are called by the address of their owner.
  const owner = textOf(calendar, 'x-wr-calname').trim().toLowerCase();
  const events = calendar.getAllSubcomponents('vevent').map((event) => eventIn(event, owner));
  return [...events, ...calendar.getAllSubcomponents('vfreebusy').flatMap(busyPeriodsIn)];
}

function eventIn(event: Part, owner: string): FileEvent {
  const [start] = timesIn(event, 'dtstart');
  if (!start) throw new FileFailure('not_a_calendar');
  const duration = event.getFirstPropertyValue('duration');
  return {
    uid: textOf(event, 'uid'),
    start,
    end: timesIn(event, 'dtend')[0] ?? null,
    duration: duration instanceof ICAL.Duration ? duration.toSeconds() : null,
    rules: rulesIn(event),
    alsoAt: timesIn(event, 'rdate'),
    exceptAt: timesIn(event, 'exdate'),
    insteadOf: timesIn(event, 'recurrence-id')[0] ?? null,
    isBusy: isBusy(event, owner),
  };
}

function isBusy(event: Part, owner: string): boolean {
  if (/^transparent$/i.test(textOf(event, 'transp')) || /^cancelled$/i.test(textOf(event, 'status'))) return false;
  if (/^free$/i.test(textOf(event, 'x-microsoft-cdo-busystatus'))) return false;
  return !event.getAllProperties('attendee').some((attendee) => {
    const isOwner = String(attendee.getFirstValue()).toLowerCase() === `mailto:${owner}`;
    return isOwner && /^declined$/i.test(String(attendee.getParameter('partstat')));
  });
}

/** Free-busy time, which names nothing but when: each period is an event without a name. */
function busyPeriodsIn(part: Part): FileEvent[] {
  const stated = part.getAllProperties('freebusy').filter((property) => !/^free$/i.test(fbtypeOf(property)));
  return stated.flatMap((property) =>
    rawValues(property).map((period) => {
      const [from = '', until = ''] = period as string[];
      const isDuration = /^P/i.test(until);
      return {
        uid: '',
        start: timeOf(from, null),
        end: isDuration ? null : timeOf(until, null),
        duration: isDuration ? ICAL.Duration.fromString(until).toSeconds() : null,
        rules: [],
        alsoAt: [],
        exceptAt: [],
        insteadOf: null,
        isBusy: true,
      };
    }),
  );
}

function zoneIn(part: Part): [string, FileZone] {
  const observances = ['standard', 'daylight'].flatMap((name) => part.getAllSubcomponents(name));
  return [
    textOf(part, 'tzid'),
    { location: textOf(part, 'x-lic-location') || null, observances: observances.map(observanceIn) },
  ];
}

function observanceIn(part: Part): FileObservance {
  const [start] = timesIn(part, 'dtstart');
  if (!start) throw new FileFailure('not_a_calendar');
  return {
    start,
    offsetFrom: offsetOf(textOf(part, 'tzoffsetfrom')),
    offsetTo: offsetOf(textOf(part, 'tzoffsetto')),
    rules: rulesIn(part),
    alsoAt: timesIn(part, 'rdate'),
  };
}

function rulesIn(part: Part): FileRule[] {
  return part.getAllProperties('rrule').map((property) => {
    const [data] = rawValues(property) as { until?: string }[];
    const { until, ...rest } = data ?? {};
    return { text: ICAL.Recur.fromData(rest).toString(), until: until ? timeOf(until, null) : null };
  });
}

function timesIn(part: Part, name: string): FileTime[] {
  return part.getAllProperties(name).flatMap((property) => {
    const zone = property.getParameter('tzid');
    // A period of RDATE begins with its start, which is all that counts: each one is as long as the first.
    const starts = rawValues(property).map((value) => String(Array.isArray(value) ? value[0] : value));
    return starts.map((start) => timeOf(start, typeof zone === 'string' ? zone : null));
  });
}

function timeOf(text: string, zone: string | null): FileTime {
  if (/^\d{4}-\d\d-\d\d$/.test(text)) return { wall: `${text}T00:00:00`, isDay: true, zone: null };
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ?$/.test(text)) throw new FileFailure('not_a_calendar');
  const isUtc = text.endsWith('Z');
  return { wall: isUtc ? text.slice(0, -1) : text, isDay: false, zone: isUtc ? 'UTC' : zone };
}

function offsetOf(text: string): number {
  const [, sign, hours, minutes, seconds = '0'] = /^([+-])(\d\d):?(\d\d):?(\d\d)?$/.exec(text) ?? [];
  if (!sign) throw new FileFailure('not_a_calendar');
  return (sign === '-' ? -1 : 1) * (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds));
}

type Property = ReturnType<Part['getAllProperties']>[number];

/** The values as jCal (RFC 7265) has them, before they become objects with zones of ical.js's own. */
const rawValues = (property: Property): unknown[] => (property.toJSON() as unknown[]).slice(3);
const textOf = (part: Part, name: string): string => String(part.getFirstPropertyValue(name) ?? '');
const fbtypeOf = (property: Property): string => String(property.getParameter('fbtype') ?? 'BUSY');
