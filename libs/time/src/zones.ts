import { DAY, MINUTE } from './periods.ts';
import { UnknownTimezone } from './time.errors.ts';
import { clockOf } from './zone-clock.ts';
import { ZONE_NAMES } from './zone-names.ts';

/** Tells whether this is the name of an IANA zone, in its letters; offsets such as `+05:30` are not. */
export function isZone(name: string): boolean {
  return ZONE_NAMES.has(name);
}

/** The name of an IANA zone as it was given, or the refusal UnknownTimezone. */
export function knownZone(name: string): string {
  if (!isZone(name)) throw new UnknownTimezone();
  return name;
}

/** Reads the zone's wall clock at an instant; the answer's UTC fields hold the wall time. Throws RangeError if either is none. */
export function utcToWall(at: Date, zone: string): Date {
  return new Date(at.getTime() + clockOf(zone).offsetAt(at.getTime()));
}

/**
 * Finds the instant at which the zone's clock shows this wall time (held in UTC fields), as RFC 5545 §3.3.5 and erratum 4271 say:
 * in a gap by the offset before it, in an overlap the first of the two.
 */
export function wallToUtc(wall: Date, zone: string): Date {
  return new Date(clockOf(zone).instantOf(wall.getTime()));
}

/** A moment at which a zone's clock is put forward or back; offsets from UTC are in minutes, east of it positive. */
export interface ClockChange {
  readonly at: Date;
  readonly fromOffset: number;
  readonly toOffset: number;
}

/** The changes of a zone's clock within a time, in order. */
export function clockChanges(zone: string, { from, until }: { from: Date; until: Date }): ClockChange[] {
  const changes = clockOf(zone).changes(from.getTime(), until.getTime());
  return changes.map(({ before, after }) => ({
    at: new Date(after.from),
    fromOffset: before.offset / MINUTE,
    toOffset: after.offset / MINUTE,
  }));
}

/** Writes an instant as the zone's local time with its offset, such as `2026-12-01T09:00:00-05:00`. */
export function localIso(at: Date, zone: string): string {
  const wall = utcToWall(at, zone);
  const minutes = Math.round((wall.getTime() - at.getTime()) / MINUTE);
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

/** The local day in which an instant falls, from its first instant up to the next day's. */
export function localDay(at: Date, zone: string): { from: Date; until: Date } {
  return localDays(dayIn(at, zone), 1, zone);
}

/** The local week in which an instant falls, from Monday up to the next Monday. */
export function localWeek(at: Date, zone: string): { from: Date; until: Date } {
  const wall = utcToWall(at, zone);
  const monday = new Date(wall.getTime() - ((wall.getUTCDay() + 6) % 7) * DAY);
  return localDays(monday.toISOString().slice(0, 10), 7, zone);
}

function localDays(first: string, days: number, zone: string): { from: Date; until: Date } {
  const after = new Date(Date.parse(`${first}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);
  return { from: startOfDay(first, zone), until: startOfDay(after, zone) };
}

const twoDigits = (n: number) => String(n).padStart(2, '0');
