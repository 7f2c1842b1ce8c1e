import { Budget } from './budget.ts';
import type { Limits, Window } from './expand-rule.ts';
import { expansion } from './expand-rule.ts';
import { dayOf, MINUTE } from './periods.ts';
import type { Rule } from './rule.ts';
import { TooManyLessons } from './time.errors.ts';
import type { Turns } from './turns.ts';
import { atOnce, inTurns } from './turns.ts';
import type { ZoneClock } from './zone-clock.ts';
import { clockOf } from './zone-clock.ts';

export const MAX_LESSONS_PER_DAY = 96;
export const MAX_LESSONS = 2_000;

/** An opening gives at most 2,000 lessons, and hence so many take some milliseconds. */
const OPENINGS_PER_TURN = 20;

/** A stretch of a tutor's time as they entered it, once or by a rule. */
export interface Block {
  readonly startAt: Date;
  readonly endAt: Date;
  /** The wall time (held in UTC fields) from which the rule starts, where that is not what `startAt` reads on the zone's clock. */
  readonly startWall?: Date | undefined;
  readonly rule: Rule | null;
  readonly timezone: string;
  /** Further starts, wherever they lie. */
  readonly rdates?: readonly Date[] | undefined;
  /** Starts that do not happen, be they of the rule or of `rdates`. */
  readonly exdates: readonly Date[];
  readonly lessonMinutes: number;
  /** From one lesson's start to the next within an opening; as long as the lesson if missing. */
  readonly stepMinutes?: number | undefined;
}

/** Time for one lesson, `[startAt, endAt)`. */
export interface Lesson {
  readonly startAt: Date;
  readonly endAt: Date;
}

/** Works out the instants at which a block starts within the window, uncut: by its rule or once, with its RDATEs, without its EXDATEs. */
export function startsOf(block: Block, window: Window, limits: Limits = {}): Date[] {
  return atOnce(starting(block, window, limits));
}

/** The same as startsOf, but whatever else waits for the event loop has its turn every few milliseconds. */
export function startsOfInTurns(block: Block, window: Window, limits: Limits = {}): Promise<Date[]> {
  return inTurns(starting(block, window, limits));
}

/**
 * Cuts a block into the lessons that start within the window, sorted and with distinct starts; they overlap where openings do, or
 * where the step is shorter than a lesson. A rule that can start more than once on a local day gives one lesson at each start; any
 * other, and a block without rule, opens `endAt − startAt` of elapsed time at each start, without what is too short for a lesson.
 * Throws TooManyLessons beyond 96 on a local day or 2,000 in all.
 */
export function lessonsOf(block: Block, window: Window, limits: Limits = {}): Lesson[] {
  return atOnce(cutting(block, window, limits));
}

/** The same as lessonsOf, but whatever else waits for the event loop has its turn every few milliseconds. */
export function lessonsOfInTurns(block: Block, window: Window, limits: Limits = {}): Promise<Lesson[]> {
  return inTurns(cutting(block, window, limits));
}

function* starting(block: Block, window: Window, limits: Limits): Turns<Date[]> {
  const { startAt, rule, exdates, rdates = [] } = block;
  const byRule = rule ? yield* expansion(rule, block, window, limits) : [startAt];
  if (rule && rdates.length === 0 && exdates.length === 0) return byRule;
  const excluded = new Set(exdates.map((at) => at.getTime()));
  const starts = new Set([...byRule, ...rdates].filter((at) => isWithin(at, window)).map((at) => at.getTime()));
  return [...starts]
    .filter((at) => !excluded.has(at))
    .toSorted((a, b) => a - b)
    .map((at) => new Date(at));
}

function* cutting(block: Block, window: Window, limits: Limits): Turns<Lesson[]> {
  const length = block.lessonMinutes * MINUTE;
  const step = (block.stepMinutes ?? block.lessonMinutes) * MINUTE;
  if (!(length > 0 && step > 0)) throw new RangeError('A lesson takes at least a part of a minute');
  const perStart = lessonsPerStart(block, length, step);
  const earliest = new Date(Math.max(0, window.from.getTime() - perStart * step));
  const openings = yield* starting(block, { from: earliest, until: window.until }, limits);
  const budget = limits.budget ?? new Budget();
  const tally = new LessonTally(block);
  for (const [i, opening] of openings.entries()) {
    if (i % OPENINGS_PER_TURN === OPENINGS_PER_TURN - 1) yield;
    const passed = Math.max(0, Math.ceil((window.from.getTime() - opening.getTime()) / step));
    for (let nth = passed; nth < perStart; nth++) {
      const at = opening.getTime() + nth * step;
      if (at >= window.until.getTime()) break;
      budget.spend(1);
      tally.add(at);
    }
  }
  return tally.starts().map((at) => ({ startAt: new Date(at), endAt: new Date(at + length) }));
}

const isWithin = (at: Date, { from, until }: Window) => at >= from && at < until;

/** Whether a rule can start more than once on a local day: then each start is a lesson, not an opening. */
export function startsOften(rule: Rule): boolean {
  if (rule.frequency === 'HOURLY' || rule.frequency === 'MINUTELY') return true;
  return [rule.byHour, rule.byMinute, rule.bySecond].some((times) => times.length > 1);
}

function lessonsPerStart({ startAt, endAt, rule }: Block, length: number, step: number): number {
  if (rule && startsOften(rule)) return 1;
  const room = endAt.getTime() - startAt.getTime() - length;
  return room < 0 ? 0 : Math.floor(room / step) + 1;
}

/** Collects distinct starts and refuses the one too many, before a rule can fill the memory. */
class LessonTally {
  private readonly found = new Set<number>();
  private readonly perDay = new Map<number, number>();
  private readonly clock: ZoneClock;

  constructor(private readonly block: Block) {
    this.clock = clockOf(block.timezone);
  }

  add(at: number): void {
    if (this.found.has(at)) return;
    this.found.add(at);
    const day = dayOf(this.clock.wallOf(at));
    const onDay = (this.perDay.get(day) ?? 0) + 1;
    this.perDay.set(day, onDay);
    if (onDay > MAX_LESSONS_PER_DAY) throw new TooManyLessons(MAX_LESSONS_PER_DAY, 'day', this.field());
    if (this.found.size > MAX_LESSONS) throw new TooManyLessons(MAX_LESSONS, 'horizon', this.field());
  }

  starts(): number[] {
    return [...this.found].toSorted((a, b) => a - b);
  }

  /** What of a request is to blame. */
  private field(): 'rrule_string' | 'end_at' {
    return this.block.rule ? 'rrule_string' : 'end_at';
  }
}
