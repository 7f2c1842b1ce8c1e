import { Budget, dayIn, wallTime } from '@scheduling/time';
import type { Range } from '../busy/busy.policy.ts';
import type { CalendarFile, FileEvent, FileTime } from './calendar-file.ts';
import { MOST, wallStarts } from './file-rules.policy.ts';
import { FileZones } from './file-zones.policy.ts';
import { FileFailure } from './reading.errors.ts';

const DAY = 86_400_000;
/** About a fifth of a second of one core, for all rules of a file together. */
const STEPS = 1_000_000;

/** Whose file it is, as far as it matters for what it means. */
export interface Reader {
  /** The time that counts. */
  readonly window: Range;
  /** IANA zone: times without one are on its clock, unless the file names another. */
  readonly timezone: string;
  /** Whether an event is a lesson of ours, by its UID: those take no time in calendars. */
  readonly isOurs: (uid: string) => boolean;
}

/** When a calendar file keeps its owner busy within a window, in no order; throws where it is not understood completely. */
export function busyInFile(file: CalendarFile, { window, timezone, isOurs }: Reader): Range[] {
  const budget = new Budget(STEPS);
  const span = { from: window.startAt, until: window.endAt };
  const zones = new FileZones(file, timezone, span, budget);
  const replaced = replacedIn(file.events, zones);
  const busy: Range[] = [];
  for (const event of file.events) {
    if (!event.isBusy || isOurs(event.uid)) continue;
    const without = event.insteadOf ? undefined : replaced.get(event.uid);
    for (const range of new Occurrences(event, zones).within(window, budget, without)) {
      if (busy.push(range) > MOST) throw new FileFailure('too_many_events');
    }
  }
  return busy;
}

/** The starts of each series that another event stands in for, even one that takes no time. */
function replacedIn(events: readonly FileEvent[], zones: FileZones): Map<string, Set<number>> {
  const replaced = new Map<string, Set<number>>();
  for (const { uid, insteadOf } of events) {
    if (!insteadOf) continue;
    const starts = replaced.get(uid) ?? new Set();
    replaced.set(uid, starts.add(zones.instantOf(insteadOf).getTime()));
  }
  return replaced;
}

/** One event of a file, as often as it takes place. */
class Occurrences {
  /** A whole day is counted in days of the calendar, anything else in milliseconds of elapsed time. */
  private readonly length: number;
  private readonly start: Date;

  constructor(
    private readonly event: FileEvent,
    private readonly zones: FileZones,
  ) {
    this.start = wallTime(event.start.wall);
    this.length = this.lengthOf(event);
  }

  /** Those that meet a window, without those that another event stands in for. */
  within(window: Range, budget: Budget, replaced = new Set<number>()): Range[] {
    // An event without length meets nothing.
    if (this.length <= 0) return [];
    const exceptions = new Set(this.event.exceptAt.map((time) => this.zones.instantOf(time).getTime()));
    const days = new Set(this.event.exceptAt.filter(({ isDay }) => isDay).map(({ wall }) => wall.slice(0, 10)));
    return this.walls(window, budget)
      .filter(({ wall }) => !days.has(dayIn(wall, 'UTC')))
      .map(({ wall, zone }) => this.rangeFrom(wall, zone))
      .filter(({ startAt, endAt }) => startAt < window.endAt && endAt > window.startAt)
      .filter(({ startAt }) => !exceptions.has(startAt.getTime()) && !replaced.has(startAt.getTime()));
  }

  /** Each start as the file would write it; the same one may come twice. */
  private walls(window: Range, budget: Budget): { wall: Date; zone: string | null }[] {
    const { start, rules, alsoAt } = this.event;
    // Wall clocks are at most a day from UTC.
    const from = new Date(Math.max(0, window.startAt.getTime() - this.length - 2 * DAY));
    const until = new Date(window.endAt.getTime() + 2 * DAY);
    const byRule = rules.flatMap(({ text, until: end }) => {
      const last = end && this.lastOf(end);
      const walls = wallStarts(text, this.start, { from, until }, budget);
      return last ? walls.filter((wall) => this.zones.read(wall, start.zone) <= last) : walls;
    });
    // The start of a series is one of its own even where its rule does not name it.
    const others = byRule.filter((wall) => wall.getTime() !== this.start.getTime());
    return [
      ...[this.start, ...others].map((wall) => ({ wall, zone: start.zone })),
      ...alsoAt.map(({ wall, zone }) => ({ wall: wallTime(wall), zone })),
    ];
  }

  /** A rule that ends with a day has all of that day. */
  private lastOf(end: FileTime): Date {
    const wall = wallTime(end.wall);
    if (end.zone === 'UTC') return wall;
    return this.zones.read(end.isDay ? new Date(wall.getTime() + DAY - 1000) : wall, this.event.start.zone);
  }

  private rangeFrom(wall: Date, zone: string | null): Range {
    const startAt = this.zones.read(wall, zone);
    const isDay = this.event.start.isDay;
    const endAt = isDay
      ? this.zones.read(new Date(wall.getTime() + this.length), zone)
      : new Date(startAt.getTime() + this.length);
    return { startAt, endAt };
  }

  private lengthOf({ start, end, duration }: FileEvent): number {
    if (duration !== null) return duration * 1000;
    if (!end) return start.isDay ? DAY : 0;
    if (start.isDay) return wallTime(end.wall).getTime() - this.start.getTime();
    return this.zones.instantOf(end).getTime() - this.zones.instantOf(start).getTime();
  }
}
