import { dayIn, isZone, localDay, utcToWall, wallToUtc } from '@scheduling/time';

/** Between which hours of their own clock people get the agenda of the day; who asks for it later gets that of the next. */
const HOURS = { from: 7, until: 12 };
const HOUR = 3_600_000;

/** The local day whose agenda is due in a zone; null outside the hours for it. Of a name that is no zone the day is UTC's. */
export function dayDue(timezone: string, now: Date): { day: string; from: Date; until: Date } | null {
  const zone = isZone(timezone) ? timezone : 'UTC';
  const midnight = new Date(`${dayIn(now, zone)}T00:00:00Z`).getTime();
  // By instants, not by what the clock shows: where it is put back over seven, seven has come the first time.
  const at = (hour: number) => wallToUtc(new Date(midnight + hour * HOUR), zone);
  if (now < at(HOURS.from) || now >= at(HOURS.until)) return null;
  return { day: utcToWall(now, zone).toISOString().slice(0, 10), ...localDay(now, zone) };
}
