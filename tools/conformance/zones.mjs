// Thirty zones of every kind of clock. Left out are those whose rules for 2025 to 2027 are in flux, such as Casablanca and Winnipeg.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { ROOT } from '../generate/root.mjs';

export const time = createRequire(join(ROOT, 'libs/time/package.json'))('@scheduling/time');

const DAY = 864e5;

export const ZONES = [
  'Europe/Kyiv',
  'Europe/London',
  'Europe/Dublin',
  'Europe/Lisbon',
  'Europe/Berlin',
  'Europe/Athens',
  'Atlantic/Azores',
  'America/Nuuk',
  'America/New_York',
  'America/Chicago',
  'America/Los_Angeles',
  'America/St_Johns',
  'America/Halifax',
  'America/Miquelon',
  'America/Santiago',
  'America/Sao_Paulo',
  'Pacific/Easter',
  'Pacific/Auckland',
  'Pacific/Chatham',
  'Pacific/Norfolk',
  'Pacific/Kiritimati',
  'Australia/Lord_Howe',
  'Australia/Adelaide',
  'Antarctica/Troll',
  'Africa/Cairo',
  'Asia/Beirut',
  'Asia/Jerusalem',
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'UTC',
];

/** The years of the windows; series begin at most ten years before. UTC has no changes, and all the years that we expand. */
const YEARS = { from: new Date('2025-01-01'), until: new Date('2028-01-01') };
const ALL_YEARS = { from: new Date('1980-01-01'), until: new Date('2100-01-01') };
export const yearsOf = (zone) => (zone === 'UTC' ? ALL_YEARS : YEARS);

const FIRST_START = new Date('2014-01-01');

/** The changes of a zone's clock in the years of the windows. */
export const changesOf = (zone) => time.clockChanges(zone, YEARS);

/** What the zone's clock shows around each change, and every five days: pairs of an instant and its offset, in seconds. */
export function readings(zone) {
  const times = time
    .clockChanges(zone, { from: FIRST_START, until: YEARS.until })
    .flatMap(({ at }) => [at.getTime() - 1000, at.getTime()]);
  for (let at = FIRST_START.getTime(); at < YEARS.until.getTime(); at += 5 * DAY) times.push(at);
  return times.map((at) => [at / 1000, (time.utcToWall(new Date(at), zone).getTime() - at) / 1000]);
}
