import { toZonedTime } from 'date-fns-tz';
import { UnknownTimezone } from './time.errors.ts';

const DAY = 864e5;
const ZONE_NAME = /^[A-Za-z_]+(\/[A-Za-z0-9_+-]+)*$/;

/** Tells whether this is the name of an IANA zone; offsets such as `+05:30` are not. */
export function isZone(name: string): boolean {
  if (!ZONE_NAME.test(name)) return false;
  try {
    const known = new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone;
    // Intl takes any letter case, and both it and date-fns-tz keep one cache entry for each spelling.
    return known === name || known.toLowerCase() !== name.toLowerCase();
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** The name of an IANA zone as it was given, or the refusal UnknownTimezone. */
export function knownZone(name: string): string {
  if (!isZone(name)) throw new UnknownTimezone();
  return name;
}

/** Reads the zone's wall clock at an instant; the answer's UTC fields hold the wall time. Throws RangeError if either is none. */
export function utcToWall(at: Date, zone: string): Date {
  return new Date(at.getTime() + offsetAt(at.getTime(), zone));
}

/**
 * Finds the instant at which the zone's clock shows this wall time (held in UTC fields), as RFC 5545 §3.3.5 and erratum 4271 say:
 * in a gap by the offset before it, in an overlap the first of the two.
 */
export function wallToUtc(wall: Date, zone: string): Date {
  const shown = wall.getTime();
  const before = offsetAt(shown - DAY, zone);
  const byBefore = shown - before;
  if (offsetAt(byBefore, zone) === before) return new Date(byBefore);
  const after = offsetAt(shown + DAY, zone);
  const byAfter = shown - after;
  return new Date(offsetAt(byAfter, zone) === after ? byAfter : byBefore);
}

/** Writes an instant as the zone's local time with its offset, such as `2026-12-01T09:00:00-05:00`. */
export function localIso(at: Date, zone: string): string {
  const wall = utcToWall(at, zone);
  const minutes = Math.round((wall.getTime() - at.getTime()) / 6e4);
  const size = Math.abs(minutes);
  const offset = `${minutes < 0 ? '-' : '+'}${twoDigits(Math.floor(size / 60))}:${twoDigits(size % 60)}`;
  return `${wall.toISOString().slice(0, 19)}${offset}`;
}

/** Names the local day on which an instant falls, as `YYYY-MM-DD`. */
export function dayIn(at: Date, zone: string): string {
  return utcToWall(at, zone).toISOString().slice(0, 10);
}

/**
 * Finds the first instant of a local day, given as `YYYY-MM-DD`. Throws RangeError if there is no such date.
 * Where clocks skip midnight that is the change itself: from 1970 to 2030 no zone has a gap that begins before midnight and contains it.
 */
export function startOfDay(day: string, zone: string): Date {
  const midnight = new Date(`${day}T00:00:00Z`);
  // Date rolls 30 February over into March instead of refusing it.
  if (Number.isNaN(midnight.getTime()) || midnight.toISOString().slice(0, 10) !== day) {
    throw new RangeError('Not a date of the form YYYY-MM-DD');
  }
  return wallToUtc(midnight, zone);
}

/** The zone's distance from UTC at an instant, in ms. The process must run in UTC: toZonedTime answers in local fields. */
function offsetAt(utc: number, zone: string): number {
  const offset = toZonedTime(new Date(utc), zone).getTime() - utc;
  if (Number.isNaN(offset)) throw new RangeError('Not an instant, or not a time zone');
  return offset;
}

const twoDigits = (n: number) => String(n).padStart(2, '0');
