import {
  type Block,
  type Budget,
  expandRule,
  expandRuleInTurns,
  type Lesson,
  lessonsOf,
  lessonsOfInTurns,
  MAX_LESSONS,
  parseRule,
  RuleTooExpensive,
  startOfDay,
  TooManyLessons,
  wallToUtc,
} from '@scheduling/time';
import type { AvailabilityBlock } from '../blocks/blocks.store.ts';
import type { DateOverride } from '../overrides/overrides.store.ts';
import { lengthOf, type Range } from '../ranges.policy.ts';
import type { Settings } from '../settings/settings.store.ts';
import type { TimeOff } from '../time-off/time-off.store.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Whatever is found takes as long as so many steps more: it is held against all else, and told. */
const STEPS_OF_FOUND = 8;
/** How far a rule with a COUNT is followed to find its end. */
const YEAR = 366 * DAY;

/** The time for which a tutor's openings are worked out, from now to the horizon. */
export interface Horizon {
  readonly from: Date;
  readonly until: Date;
}

/** What comes once or by a rule. */
export type Recurring = Pick<TimeOff, 'startAt' | 'endAt' | 'rrule' | 'startWall' | 'timezone' | 'exdates'> &
  Partial<Pick<AvailabilityBlock, 'rdates'>>;

/** The lessons that one block gives within the horizon, time off not yet taken out. Throws where they are too many. */
export const lessonsOfBlock = (block: AvailabilityBlock, settings: Settings, horizon: Horizon, budget?: Budget) =>
  paid(lessonsOf(asBlock(block, settings), horizon, limit(budget)), budget);

/** The same, but whoever else waits has their turn every few milliseconds. */
export const lessonsOfBlockInTurns = (block: AvailabilityBlock, settings: Settings, horizon: Horizon) =>
  lessonsOfInTurns(asBlock(block, settings), horizon);

/** The lessons in the hours of a date override within the horizon. Throws where they are too many. */
export const lessonsOfOverride = (override: DateOverride, settings: Settings, horizon: Horizon, budget?: Budget) =>
  hoursOf(override).flatMap((hours): Lesson[] => {
    const once = { ...hours, rrule: null, startWall: null, timezone: override.timezone, exdates: [] };
    const lessons = lessonsOf({ ...timesOf(once), ...lengthsOf(override, settings) }, horizon, limit(budget));
    return paid(lessons, budget);
  });

/** The hours of an override as time; an hour that the clocks skip is none. */
export const hoursOf = ({ date, timezone, hours }: DateOverride): Range[] =>
  hours
    .map(({ start, end }) => ({
      startAt: wallToUtc(new Date(`${date}T${start}:00Z`), timezone),
      endAt: wallToUtc(new Date(`${date}T${end}:00Z`), timezone),
    }))
    .filter(({ startAt, endAt }) => startAt < endAt);

/** The local day of an override, from its first instant up to the next day's. */
export function dayOf({ date, timezone }: Pick<DateOverride, 'date' | 'timezone'>): Range {
  const next = new Date(Date.parse(`${date}T00:00:00Z`) + DAY).toISOString().slice(0, 10);
  return { startAt: startOfDay(date, timezone), endAt: startOfDay(next, timezone) };
}

/** The stretches that time off takes within the horizon; where it can be worked out for a part only, it takes all of the rest. */
export function occurrencesOf(off: TimeOff, horizon: Horizon, budget?: Budget): Soonest<Range> {
  const { rrule, startAt, endAt } = off;
  if (rrule === null) return { found: [{ startAt, endAt }], until: horizon.until };
  const from = new Date(Math.max(0, horizon.from.getTime() - lengthOf(off)));
  const { found, until } = soonest((part) => startsOfTimeOff(off, part, budget), { ...horizon, from });
  const ranges = found.map((at) => ({ startAt: at, endAt: new Date(at.getTime() + lengthOf(off)) }));
  return { found: until < horizon.until ? [...ranges, { startAt: until, endAt: horizon.until }] : ranges, until };
}

/** Refuses time off whose rule starts more often within the horizon than one may be away. */
export async function refuseDenseTimeOff(off: TimeOff, horizon: Horizon): Promise<void> {
  const { rule, ...series } = timesOf(off);
  if (rule) await expandRuleInTurns(rule, series, horizon, { maxStarts: MAX_LESSONS });
}

function startsOfTimeOff(off: TimeOff, horizon: Horizon, budget?: Budget): Date[] {
  const { rule, ...series } = timesOf(off);
  const excluded = new Set(off.exdates.map((at) => at.getTime()));
  const starts = paid(expandRule(rule!, series, horizon, limit(budget)), budget);
  return starts.filter((at) => !excluded.has(at.getTime()));
}

/** When the last of it ends, after which nobody need know of it; null where it goes on, or nobody can tell. */
export function overAt(of: Recurring): Date | null {
  const { rule, ...series } = timesOf(of);
  const ends = (last: number) => new Date(Math.max(last, ...(of.rdates ?? []).map(Number)) + lengthOf(of));
  if (!rule) return ends(of.startAt.getTime());
  if (rule.until) return ends(rule.until.getTime());
  if (!rule.count || rule.count > MAX_LESSONS) return null;
  const year = { from: of.startAt, until: new Date(of.startAt.getTime() + YEAR) };
  const starts = expandRule(rule, series, year);
  return starts.length === rule.count ? ends(starts.at(-1)!.getTime()) : null;
}

/** What was worked out, and up to when. */
export interface Soonest<Found> {
  readonly found: Found[];
  readonly until: Date;
}

/**
 * The soonest of what is to be worked out, where the whole is more than one tutor may have or more than we work out; and how far it goes.
 * What fitted when it was entered may not fit later: it begins beyond the horizon, or the lessons got shorter.
 * It must not keep the tutor's other changes, or the nightly run, from being published.
 */
export function soonest<Found>(expand: (part: Horizon) => Found[], horizon: Horizon): Soonest<Found> {
  try {
    return { found: expand(horizon), until: horizon.until };
  } catch (error) {
    if (!(error instanceof TooManyLessons || error instanceof RuleTooExpensive)) throw error;
    const length = horizon.until.getTime() - horizon.from.getTime();
    if (length < HOUR) return { found: [], until: horizon.from };
    return soonest(expand, { ...horizon, until: new Date(horizon.from.getTime() + length / 2) });
  }
}

/** A block as recurrence knows it. */
export const asBlock = (block: AvailabilityBlock, settings: Settings): Block => ({
  ...timesOf(block),
  ...lengthsOf(block, settings),
});

const timesOf = ({ startAt, endAt, rrule, startWall, timezone, rdates, exdates }: Recurring) => ({
  startAt,
  endAt,
  startWall: startWall ?? undefined,
  rule: rrule === null ? null : parseRule(rrule),
  timezone,
  rdates,
  exdates,
});

/** How long a lesson is, and how far one start is from the next, in minutes. */
export function lengthsOf(own: AvailabilityBlock | DateOverride, settings: Settings) {
  const lessonMinutes = own.lessonMinutes ?? settings.lessonMinutes;
  return { lessonMinutes, stepMinutes: settings.startStepMinutes ?? lessonMinutes };
}

const limit = (budget: Budget | undefined) => (budget ? { budget } : {});

function paid<Found>(found: Found[], budget: Budget | undefined): Found[] {
  budget?.spend(found.length * STEPS_OF_FOUND);
  return found;
}
