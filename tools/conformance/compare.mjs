import { isChosenFromWeek } from './pairs.mjs';
import { time } from './zones.mjs';

const DAY = 864e5;
const MOST_STARTS = 100_000;

/** What is compared, added up for each frequency. */
export class Comparison {
  passed = 0;
  failures = [];
  /** Weekly pairs with BYSETPOS, whose series begin with a week. */
  moved = 0;
  changes = new Set();
  frequencies = new Map();

  /** Compares dateutil's starts of a pair (in seconds) with ours. */
  add(pair, theirs) {
    const ours = startsOf(pair);
    const isEqual = ours.length === theirs.length && ours.every((at, i) => at === theirs[i]);
    if (isEqual) this.passed += 1;
    else this.failures.push({ pair, ours, theirs });
    const sums = this.#sumsOf(pair.frequency);
    sums.pairs += 1;
    sums.failed += isEqual ? 0 : 1;
    sums.starts += theirs.length;
    sums.empty += theirs.length === 0 ? 1 : 0;
    if (isChosenFromWeek(pair.rule)) this.moved += 1;
    if (pair.change === undefined) return;
    sums.near += theirs.filter((at) => Math.abs(at * 1000 - pair.change) < DAY / 8).length;
    if (pair.change >= pair.from && pair.change < pair.until) this.changes.add(`${pair.zone} ${pair.change}`);
  }

  #sumsOf(frequency) {
    const sums = this.frequencies.get(frequency) ?? { pairs: 0, failed: 0, starts: 0, empty: 0, near: 0 };
    this.frequencies.set(frequency, sums);
    return sums;
  }
}

/** Our starts of a pair, in seconds; a refusal is none, and shows as a difference. */
function startsOf({ rule, startAt, startWall, zone: timezone, from, until }) {
  const series = { startAt, startWall, timezone };
  try {
    const starts = time.expandRule(time.parseRule(rule), series, { from, until }, { maxStarts: MOST_STARTS });
    return starts.map((at) => at.getTime() / 1000);
  } catch (error) {
    return [error.message];
  }
}
