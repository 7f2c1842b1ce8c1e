// A pair is a rule and a zone, with a series that begins somewhere and a window, mostly around a change of the zone's clock.
import { Random } from '../prove/random.mjs';
import { FREQUENCIES, randomRule } from './rules.mjs';
import { changesOf, time, yearsOf } from './zones.mjs';

const RULES = 1_400;
const MINUTE = 6e4;
const DAY = 864e5;

/** How far a series begins before the change, and how far a window reaches, in days. */
const REACH = {
  YEARLY: { past: 3600, window: 700 },
  MONTHLY: { past: 2500, window: 300 },
  WEEKLY: { past: 1500, window: 40 },
  DAILY: { past: 1000, window: 25 },
  HOURLY: { past: 40, window: 7 },
  MINUTELY: { past: 3, window: 1 },
};

/** All rules with all zones. */
export const productOf = (zones) => RULES * zones.length;

/** The first so many pairs of the product, each with another rule and another zone than the one before. */
export function* pairsOf(seed, zones, count) {
  const rules = Array.from({ length: RULES }, (_, i) =>
    randomRule(FREQUENCIES[i % FREQUENCIES.length], new Random(seed * 1_000_003 + i)),
  );
  const round = leastCommonMultiple(RULES, zones.length);
  const seen = new Map(zones.map((zone) => [zone, 0]));
  for (let nth = 0; nth < count; nth++) {
    const zone = zones[nth % zones.length];
    const rule = rules[(nth + Math.floor(nth / round)) % RULES];
    const random = new Random(seed * 7_000_003 + nth);
    yield { id: nth, zone, ...around(zone, rule, seen.get(zone), random) };
    seen.set(zone, seen.get(zone) + 1);
  }
}

function around(zone, text, turn, random) {
  const frequency = /FREQ=(\w+)/.exec(text)[1];
  const changes = changesOf(zone);
  const years = yearsOf(zone);
  const change = changes[turn % Math.max(1, changes.length)]?.at.getTime() ?? anyTime(years, random);
  const { past, window } = REACH[frequency];
  const start = startOf(zone, change, text, random.next() ** 2 * past, random);
  const from = Math.max(change - random.next() * window * DAY, years.from.getTime());
  const until = Math.min(change + MINUTE + random.next() * window * DAY, years.until.getTime());
  // Starts lie on whole quarters: half of the windows begin and end with one.
  const edge = random.next() < 0.5 ? 15 * MINUTE : 1000;
  const startWall = new Date(start);
  const startAt = time.wallToUtc(startWall, zone);
  return {
    frequency,
    change: changes.length > 0 ? change : undefined,
    // A wall time in a gap is none that an instant could read.
    startWall: random.next() < 0.5 || isNoTime(startWall, startAt, zone) ? startWall : undefined,
    startAt,
    local: startWall.toISOString().slice(0, 19),
    rule: `${text}${endOf(change, window, random)}`,
    from: new Date(Math.floor(from / edge) * edge),
    until: new Date(Math.ceil(until / edge) * edge),
  };
}

/** A wall time some days before the change, at a time of day near the change's; in whole minutes, or now and then with seconds. */
function startOf(zone, change, text, days, random) {
  const near = (random.next() - 0.5) * 6 * 60 * MINUTE;
  const quarter = random.next() < 0.7 ? 15 * MINUTE : random.next() < 0.8 ? MINUTE : 1000;
  const back = random.next() < 0.5 ? Math.floor(days) : Math.floor(days / 7) * 7;
  const wall = time.utcToWall(new Date(change), zone).getTime() - back * DAY + near;
  const start = Math.floor(wall / quarter) * quarter;
  return isChosenFromWeek(text) ? startOfWeek(start, text) : start;
}

/** dateutil lets a week's set begin with DTSTART, RFC 5545 with the week: they agree where DTSTART is its first day. */
export const isChosenFromWeek = (text) => /FREQ=WEEKLY/.test(text) && /BYSETPOS/.test(text);

function startOfWeek(wall, text) {
  const first = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'].indexOf(/WKST=(\w\w)/.exec(text)?.[1] ?? 'MO');
  const weekday = (new Date(wall).getUTCDay() + 6) % 7;
  return wall - ((weekday - first + 7) % 7) * DAY;
}

function endOf(change, window, random) {
  const luck = random.next();
  if (luck < 0.5) return '';
  if (luck < 0.75) return `;COUNT=${Math.ceil(random.next() ** 3 * 2000)}`;
  const until = change + (random.next() - 0.4) * window * DAY;
  const nearest = random.next() < 0.5 ? Math.round(until / (15 * MINUTE)) * 15 * MINUTE : until;
  return `;UNTIL=${new Date(nearest).toISOString().replaceAll(/[-:]|\.\d+/g, '')}`;
}

const isNoTime = (wall, at, zone) => time.utcToWall(at, zone).getTime() !== wall.getTime();
const anyTime = ({ from, until }, random) =>
  Math.floor(random.between(from.getTime(), until.getTime() - 2 * DAY) / MINUTE) * MINUTE;

function leastCommonMultiple(a, b) {
  let [x, y] = [a, b];
  while (y > 0) [x, y] = [y, x % y];
  return (a / x) * b;
}
