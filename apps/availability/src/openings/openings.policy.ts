import type { Opening, Terms } from '@scheduling/contracts';
import { Budget, type Lesson, MAX_LESSONS, MAX_LESSONS_PER_DAY, subtract } from '@scheduling/time';
import type { AvailabilityBlock } from '../blocks/blocks.store.ts';
import { trustIn } from '../busy/trust.policy.ts';
import type { DateOverride } from '../overrides/overrides.store.ts';
import { overlap, type Range, soonestFirst } from '../ranges.policy.ts';
import type { Settings } from '../settings/settings.store.ts';
import {
  dayOf,
  type Horizon,
  lessonsOfBlock,
  lessonsOfOverride,
  occurrencesOf,
  type Soonest,
  soonest,
} from './expansion.policy.ts';
import type { Teaching } from './teaching.ts';

export type { Horizon };

const DAY = 86_400_000;
const NIGHTLY_HOUR = 2;
/** What one tutor's blocks, or their time off, may cost together, in steps of the budget. */
const MAX_STEPS_OF_TUTOR = 400_000;

/** A lesson that a tutor would teach, and what gives it. */
export interface Candidate extends Lesson {
  readonly priceCents: number;
  readonly capacity: number;
  readonly source: 'rule' | 'once' | 'override';
  /** The block's or the override's id. */
  readonly sourceId: string;
}

/** Time in which a tutor does not teach, whatever they offer. */
export interface Away extends Range {
  readonly kind: 'time_off' | 'busy' | 'calendar_unreachable';
  /** The tutor's own where it is their calendars that nobody can read. */
  readonly id: string;
}

/** From now on as far as the tutor's settings look ahead. */
export const horizonOf = ({ horizonDays }: Settings, now: Date): Horizon => ({
  from: now,
  until: new Date(now.getTime() + horizonDays * DAY),
});

/** The last two o'clock in UTC, from which every tutor's openings reach as far as their horizon. */
export function lastNight(now: Date): Date {
  const today = new Date(now);
  today.setUTCHours(NIGHTLY_HOUR, 0, 0, 0);
  return today <= now ? today : new Date(today.getTime() - DAY);
}

/**
 * Every lesson that blocks and overrides give within the horizon, before time off and busy time are taken out, the soonest first;
 * of two that start together the override's comes first, then the older block's.
 */
export const candidatesOf = (teaching: Teaching, horizon: Horizon, budget?: Budget): Candidate[] =>
  given(teaching, horizon, budget).found;

/** All of a tutor's are worked out of one budget, which whoever enters more may not exhaust: `refuseTooMuch` sees to it. */
function given(teaching: Teaching, horizon: Horizon, budget = new Budget(MAX_STEPS_OF_TUTOR)): Soonest<Candidate> {
  const { settings, blocks, overrides } = teaching;
  const replaced = overrides.filter(({ mode }) => mode === 'instead').map(dayOf);
  const byOverrides = overrides.map((override) => {
    const { found, until } = soonest((part) => lessonsOfOverride(override, settings, part, budget), horizon);
    return { found: offer(found, override, settings, 'override'), until };
  });
  const byBlocks = blocks.map((block) => {
    const { found, until } = soonest((part) => lessonsOfBlock(block, settings, part, budget), horizon);
    const kept = found.filter(({ startAt }) => !replaced.some((day) => startAt >= day.startAt && startAt < day.endAt));
    return { found: offer(kept, block, settings, block.rrule === null ? 'once' : 'rule'), until };
  });
  return joined([...byOverrides, ...byBlocks], horizon);
}

const offer = (
  lessons: readonly Lesson[],
  own: AvailabilityBlock | DateOverride,
  settings: Settings,
  source: Candidate['source'],
): Candidate[] => {
  const terms = { priceCents: own.priceCents ?? settings.priceCents, capacity: own.capacity ?? settings.capacity };
  return lessons.map((lesson) => ({ ...lesson, ...terms, source, sourceId: own.id }));
};

/** Time off, as often as it comes, busy time, and all time of which calendars say nothing any more, that meet the horizon's lessons, the soonest first. */
export const awayOf = (teaching: Teaching, horizon: Horizon, budget?: Budget): Away[] =>
  away(teaching, horizon, budget).found;

function away(teaching: Teaching, { from, until }: Horizon, budget = new Budget(MAX_STEPS_OF_TUTOR)): Soonest<Away> {
  // The horizon's last lesson ends after it.
  const reach = { from, until: new Date(until.getTime() + DAY) };
  const meets = (range: Range) => overlap(range, { startAt: reach.from, endAt: reach.until });
  const byTimeOff = teaching.timeOff.map((off) => {
    const occurrences = occurrencesOf(off, reach, budget);
    const found = occurrences.found.filter(meets).map((range) => ({ kind: 'time_off' as const, id: off.id, ...range }));
    return { found, until: occurrences.until };
  });
  const byCalendars = { found: takenByCalendars(teaching, reach).filter(meets), until: reach.until };
  return joined<Away>([...byTimeOff, byCalendars], reach);
}

/** What calendars take of a tutor's time: what they said, nothing, or all of it. */
function takenByCalendars(teaching: Teaching, reach: Horizon): Away[] {
  const { tutorId, busy } = teaching;
  const trust = trustIn(teaching);
  if (trust === 'ignored') return [];
  if (trust === 'unknown')
    return [{ kind: 'calendar_unreachable', id: tutorId, startAt: reach.from, endAt: reach.until }];
  return busy.map(({ id, startAt, endAt }) => ({ kind: 'busy', id, startAt, endAt }));
}

/** All together, the soonest first, as far as each was worked out. */
function joined<Found extends Range>(parts: readonly Soonest<Found>[], { until }: Horizon): Soonest<Found> {
  const reach = Math.min(until.getTime(), ...parts.map((part) => part.until.getTime()));
  return { found: bySoonest(parts.flatMap(({ found }) => found)), until: new Date(reach) };
}

/**
 * All that a tutor wants to teach within the horizon: the candidates less the time away, one lesson a start,
 * the soonest 96 of a UTC day and 2,000 in all.
 */
export const desiredOf = (teaching: Teaching, horizon: Horizon): Candidate[] => wantedOf(teaching, horizon).lessons;

/** The same, and whether anything was left out because it would have been too many lessons, or too much to work out. */
export function wantedOf(teaching: Teaching, horizon: Horizon): { lessons: Candidate[]; isWhole: boolean } {
  const [candidates, absence] = [given(teaching, horizon), away(teaching, horizon)];
  const all = oneAStart(subtract(candidates.found, absence.found));
  const lessons = all.filter(notTooManyADay()).slice(0, MAX_LESSONS);
  const isWorkedOut = candidates.until >= horizon.until && absence.until >= horizon.until;
  return { lessons, isWhole: isWorkedOut && lessons.length === all.length };
}

function oneAStart<Given extends Lesson>(lessons: readonly Given[]): Given[] {
  const byStart = new Map<number, Given>();
  for (const lesson of lessons) {
    if (!byStart.has(lesson.startAt.getTime())) byStart.set(lesson.startAt.getTime(), lesson);
  }
  return [...byStart.values()];
}

function notTooManyADay(): (lesson: Lesson) => boolean {
  const perDay = new Map<number, number>();
  return ({ startAt }) => {
    const day = Math.floor(startAt.getTime() / DAY);
    const onDay = (perDay.get(day) ?? 0) + 1;
    perDay.set(day, onDay);
    return onDay <= MAX_LESSONS_PER_DAY;
  };
}

const bySoonest = <Given extends Range>(all: readonly Given[]): Given[] => all.toSorted(soonestFirst);

/** The lessons as an event carries them, in groups of one length, price and size. */
export function openingsOf(candidates: readonly Candidate[]): Opening[] {
  const groups = Map.groupBy(candidates, ({ startAt, endAt, priceCents, capacity }) =>
    [(endAt.getTime() - startAt.getTime()) / 60_000, priceCents, capacity].join(),
  );
  return [...groups].map(([alike, lessons]) => {
    const [minutes, priceCents, capacity] = alike.split(',').map(Number);
    const starts = lessons.map(({ startAt }) => startAt.toISOString());
    return { minutes: minutes!, price_cents: priceCents!, capacity: capacity!, starts };
  });
}

/** What booking must enforce; a tutor who named no timezone is taken to live on the clock of their first rule. */
export const termsOf = ({ settings, blocks }: Pick<Teaching, 'settings' | 'blocks'>): Terms => ({
  timezone: settings.timezone ?? blocks[0]?.timezone ?? 'UTC',
  currency: settings.currency,
  buffer_before_minutes: settings.bufferBeforeMinutes,
  buffer_after_minutes: settings.bufferAfterMinutes,
  minimum_notice_minutes: settings.minimumNoticeMinutes,
  ...(settings.maximumLessonsPerDay !== null && { maximum_lessons_per_day: settings.maximumLessonsPerDay }),
  ...(settings.maximumLessonsPerWeek !== null && { maximum_lessons_per_week: settings.maximumLessonsPerWeek }),
  ...(settings.cancellationPolicyId !== null && { cancellation_policy_id: settings.cancellationPolicyId }),
});
