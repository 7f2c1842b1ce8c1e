import { localDay, subtract } from '@scheduling/time';
import { awayOf, type Candidate, candidatesOf, type Horizon } from '../openings/openings.policy.ts';
import type { Teaching } from '../openings/teaching.ts';
import type { Range } from '../ranges.policy.ts';

const MINUTE = 60_000;
/** The longest lesson that there is. */
const LONGEST = 240 * MINUTE;

/** As long as a lesson: one that is offered, one that an override takes away, or time in which there might be one. */
export interface Interval extends Range {
  readonly offeredBy: Candidate['source'] | null;
  readonly isOverridden: boolean;
  readonly capacity: number;
}

/** The intervals that start within a horizon, the soonest first: each lesson that is offered, and others in the gaps between them. */
export function intervalsOf(teaching: Teaching, horizon: Horizon): Interval[] {
  // What began before the horizon may last into it.
  const around = { from: new Date(Math.max(0, horizon.from.getTime() - LONGEST)), until: horizon.until };
  const lessons = bySoonest([...offered(teaching, around), ...overridden(teaching, around)]);
  const within = lessons.filter(({ startAt }) => startAt >= horizon.from);
  return bySoonest([...within, ...gaps(lessons, teaching, horizon)]);
}

/** One lesson a start: of several, one that the tutor is there for, as it is with what is published. */
function offered(teaching: Teaching, horizon: Horizon): Interval[] {
  const candidates = candidatesOf(teaching, horizon);
  const present = subtract(candidates, awayOf(teaching, horizon));
  return oneAStart([...present, ...candidates]).map((lesson) => interval(lesson, false));
}

/** What blocks would give if no override stood in their place. */
function overridden(teaching: Teaching, horizon: Horizon): Interval[] {
  if (!teaching.overrides.some(({ mode }) => mode === 'instead')) return [];
  const left = new Set(candidatesOf(teaching, horizon).map(({ startAt }) => startAt.getTime()));
  const all = candidatesOf({ ...teaching, overrides: [] }, horizon);
  return oneAStart(all.filter(({ startAt }) => !left.has(startAt.getTime()))).map((lesson) => interval(lesson, true));
}

const interval = ({ startAt, endAt, source, capacity }: Candidate, isOverridden: boolean): Interval => ({
  startAt,
  endAt,
  offeredBy: source,
  isOverridden,
  capacity,
});

function oneAStart(candidates: readonly Candidate[]): Candidate[] {
  const byStart = new Map<number, Candidate>();
  for (const candidate of candidates) {
    if (!byStart.has(candidate.startAt.getTime())) byStart.set(candidate.startAt.getTime(), candidate);
  }
  return [...byStart.values()];
}

/** Intervals one after the other in the time that no lesson takes, each at the next step since the tutor's midnight. */
function gaps(lessons: readonly Interval[], { settings, blocks }: Teaching, { from, until }: Horizon): Interval[] {
  const length = settings.lessonMinutes * MINUTE;
  const step = (settings.startStepMinutes ?? settings.lessonMinutes) * MINUTE;
  const timezone = settings.timezone ?? blocks[0]?.timezone ?? 'UTC';
  const found: Interval[] = [];
  let at = from.getTime();
  for (const { startAt, endAt } of [...lessons, { startAt: until, endAt: until }]) {
    for (;;) {
      const start = nextStep(at, step, timezone);
      if (start + length > startAt.getTime()) break;
      at = start + length;
      found.push({ startAt: new Date(start), endAt: new Date(at), ...NOT_OFFERED, capacity: settings.capacity });
    }
    at = Math.max(at, endAt.getTime());
  }
  return found;
}

const NOT_OFFERED = { offeredBy: null, isOverridden: false };

function nextStep(at: number, step: number, timezone: string): number {
  const day = localDay(new Date(at), timezone);
  const steps = Math.ceil((at - day.from.getTime()) / step);
  return Math.min(day.from.getTime() + steps * step, day.until.getTime());
}

const bySoonest = (intervals: readonly Interval[]): Interval[] =>
  intervals.toSorted((a, b) => a.startAt.getTime() - b.startAt.getTime());
