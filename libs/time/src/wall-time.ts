import { LocalTimeNotUnderstood } from './time.errors.ts';

const WALL_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?$/;

/**
 * Reads a wall time without offset, `2026-03-08T02:30` with or without seconds, into a Date whose UTC fields hold it; a time
 * that the clocks skip is one as well. Throws LocalTimeNotUnderstood for 30 February, 24:00, and whatever is written otherwise.
 */
export function wallTime(text: string): Date {
  const wall = new Date(WALL_TIME.test(text) ? `${text}Z` : Number.NaN);
  // Date rolls 30 February and hour 24 over; a real time comes back as it went in.
  if (Number.isNaN(wall.getTime()) || !wall.toISOString().startsWith(text)) throw new LocalTimeNotUnderstood();
  return wall;
}
