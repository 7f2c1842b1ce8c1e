import type { Choice } from './choices.ts';
import { DAY } from './periods.ts';
import { RuleTooExpensive } from './time.errors.ts';
import type { ZoneClock } from './zone-clock.ts';

const YEAR = 365 * DAY;

/** Which starts are wanted: wall times (ms as if UTC) from `from` to `to`, and of these the instants from `firstAt` to `lastAt`. */
export interface Wanted {
  /** Where to begin: `from`, or with COUNT the rule's own beginning. */
  readonly begin: number;
  readonly from: number;
  readonly to: number;
  readonly firstAt: number;
  readonly lastAt: number;
  /** COUNT, or Infinity. */
  readonly count: number;
  /** Whether a wall time is a start; one that is none does not count. */
  readonly isStart: (wall: number) => boolean;
  readonly most: number;
}

/** Gathers the instants of a rule's wall times, each once. */
export class Starts {
  private readonly found = new Set<number>();
  private left: number;
  private latest = -Infinity;
  private isInOrder = true;
  private year = Number.NaN;
  /** How often another year of the zone's clock came up. */
  years = 0;
  isOver = false;

  constructor(
    private readonly wanted: Wanted,
    private readonly clock: ZoneClock,
  ) {
    this.left = wanted.count;
  }

  /** Takes what a choice gives, and answers how many wall times it passed. */
  take(choice: Choice): number {
    let passed = 0;
    const { begin, from, to, isStart } = this.wanted;
    for (const wall of wallsOf(choice, begin)) {
      passed += 1;
      this.isOver = wall > to || this.left === 0;
      if (this.isOver) break;
      if (!isStart(wall)) continue;
      this.left -= 1;
      if (wall >= from) this.keep(wall);
    }
    return passed;
  }

  /** Starts in a gap may have come out after later ones, or on top of them. */
  inOrder(): Date[] {
    const starts = [...this.found];
    return (this.isInOrder ? starts : starts.toSorted((a, b) => a - b)).map((at) => new Date(at));
  }

  private keep(wall: number): void {
    this.noteYear(Math.floor(wall / YEAR));
    const at = this.clock.instantOf(wall);
    if (at < this.wanted.firstAt || at > this.wanted.lastAt) return;
    if (at < this.latest) this.isInOrder = false;
    this.latest = at;
    this.found.add(at);
    if (this.found.size > this.wanted.most) throw new RuleTooExpensive(this.wanted.most, 'starts');
  }

  private noteYear(year: number): void {
    if (year !== this.year) this.years += 1;
    this.year = year;
  }
}

/** The wall times of a choice from `from` on, in order. */
function* wallsOf({ days, times, picks }: Choice, from: number): Generator<number> {
  if (picks) {
    for (const nth of picks) {
      const wall = days[Math.floor(nth / times.length)]! * DAY + times[nth % times.length]!;
      if (wall >= from) yield wall;
    }
    return;
  }
  for (const day of days) {
    const midnight = day * DAY;
    if (midnight + DAY <= from) continue;
    for (let nth = midnight < from ? firstFrom(from - midnight, times) : 0; nth < times.length; nth++) {
      yield midnight + times[nth]!;
    }
  }
}

/** The index of the first of some times in order that is not before another, by bisection: a day may have 86,400. */
function firstFrom(time: number, times: readonly number[]): number {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times[middle]! < time) low = middle + 1;
    else high = middle;
  }
  return low;
}
