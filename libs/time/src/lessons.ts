import type { Window } from './expand-rule.ts';
import { expandRule } from './expand-rule.ts';
import { MINUTE } from './periods.ts';
import type { Rule } from './rule.ts';
import { TooManyLessons } from './time.errors.ts';
import { dayIn } from './zones.ts';

export const MAX_LESSONS_PER_DAY = 96;
export const MAX_LESSONS = 2_000;

/** A stretch of a tutor's time as they entered it, once or by a rule; `exdates` are starts of the rule that do not happen. */
export interface Block {
  readonly startAt: Date;
  readonly endAt: Date;
  readonly rule: Rule | null;
  readonly timezone: string;
  readonly exdates: readonly Date[];
  readonly lessonMinutes: number;
}

/** Time for one lesson, `[startAt, endAt)`. */
export interface Lesson {
  readonly startAt: Date;
  readonly endAt: Date;
}

/**
 * Cuts a block into the lessons that start within the window, sorted and with distinct starts; lessons may overlap where openings do.
 * A rule that can start more than once on a local day gives one lesson at each start; any other, and a block without rule, opens
 * `endAt − startAt` of elapsed time at each start, without what is too short for a lesson. Throws TooManyLessons beyond 96 on a
 * local day or 2,000 in all.
 */
export function lessonsOf(block: Block, window: Window): Lesson[] {
  const length = block.lessonMinutes * MINUTE;
  if (!(length > 0)) throw new RangeError('A lesson takes at least a part of a minute');
  const perStart = lessonsPerStart(block, length);
  const tally = new LessonTally(block);
  for (const opening of openings(block, perStart * length, window)) {
    const passed = Math.max(0, Math.ceil((window.from.getTime() - opening) / length));
    for (let nth = passed; nth < perStart; nth++) {
      const at = opening + nth * length;
      if (at >= window.until.getTime()) break;
      tally.add(at);
    }
  }
  return tally.starts().map((at) => ({ startAt: new Date(at), endAt: new Date(at + length) }));
}

/** Whether a rule can start more than once on a local day: then each start is a lesson, not an opening. */
function startsOften(rule: Rule): boolean {
  if (rule.frequency === 'HOURLY' || rule.frequency === 'MINUTELY') return true;
  return [rule.byHour, rule.byMinute, rule.bySecond].some((times) => times.length > 1);
}

function lessonsPerStart({ startAt, endAt, rule }: Block, length: number): number {
  if (rule && startsOften(rule)) return 1;
  return Math.max(0, Math.floor((endAt.getTime() - startAt.getTime()) / length));
}

/** The instants at which the block opens, from those that are still open when the window begins. */
function openings({ startAt, rule, timezone, exdates }: Block, openFor: number, { from, until }: Window): number[] {
  const excluded = new Set(exdates.map((at) => at.getTime()));
  const earliest = new Date(Math.max(0, from.getTime() - openFor));
  const starts = rule ? expandRule(rule, { startAt, timezone }, { from: earliest, until }) : [startAt];
  return starts.map((at) => at.getTime()).filter((at) => !excluded.has(at));
}

/** Collects distinct starts and refuses the one too many, before a rule can fill the memory. */
class LessonTally {
  private readonly found = new Set<number>();
  private readonly perDay = new Map<string, number>();

  constructor(private readonly block: Block) {}

  add(at: number): void {
    if (this.found.has(at)) return;
    this.found.add(at);
    const day = dayIn(new Date(at), this.block.timezone);
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
