import { subtract } from '@scheduling/time';
import { type Away, awayOf, type Candidate, desiredOf, type Horizon, termsOf } from '../openings/openings.policy.ts';
import type { Teaching } from '../openings/teaching.ts';
import type { Range } from '../ranges.policy.ts';
import type { TakenSeat } from '../taken/taken.store.ts';
import { type Interval, intervalsOf } from './intervals.policy.ts';
import { takenBy, type TakenReason } from './taken.policy.ts';

const MINUTE = 60_000;

/** Why a lesson cannot be booked. */
export type Reason = OwnReason | TakenReason;
type OwnReason =
  | 'not_offered'
  | 'override'
  | 'time_off'
  | 'calendar_busy'
  | 'calendar_unreachable'
  | 'limit'
  | 'beyond_horizon'
  | 'started'
  | 'notice';

/** As long as a lesson, with what offers it and all that keeps it from being booked; without such a reason it can be. */
export interface Explained extends Range {
  readonly offeredBy: Candidate['source'] | null;
  readonly reasons: readonly Reason[];
}

/** What is known of a tutor at an instant. */
export interface Known {
  readonly teaching: Teaching;
  /** The seats that are taken then, in all weeks that the asked time touches. */
  readonly seats: readonly TakenSeat[];
  /** How far ahead the tutor's openings have been told; null where they never were. */
  readonly publishedUntil: Date | null;
  readonly now: Date;
}

/**
 * Tells of each lesson of a tutor, and of the time between them, why it can or cannot be booked. It follows what booking demands
 * of a hold, as far as booking was heard.
 */
export function explain(known: Known, asked: Horizon): Explained[] {
  const { teaching, seats } = known;
  const intervals = intervalsOf(teaching, asked);
  const absent = away(intervals, teaching, asked);
  const promised = promise(known);
  const taken = takenBy(seats, termsOf(teaching));
  return intervals.map((interval) => {
    const { startAt, endAt, offeredBy } = interval;
    const own = [...absent(interval), ...early(interval, known)];
    const reasons = offer(interval, own.length === 0 && !promised.has(startAt.getTime()));
    return { startAt, endAt, offeredBy, reasons: [...reasons, ...own, ...taken(interval)] };
  });
}

function offer({ offeredBy, isOverridden }: Interval, isLeftOut: boolean): OwnReason[] {
  if (offeredBy === null) return ['not_offered'];
  if (isOverridden) return ['override'];
  return isLeftOut ? ['limit'] : [];
}

/** The starts that booking has been told of. */
function promise({ teaching, publishedUntil, now }: Known): Set<number> {
  if (publishedUntil === null || publishedUntil <= now) return new Set();
  return new Set(desiredOf(teaching, { from: now, until: publishedUntil }).map(({ startAt }) => startAt.getTime()));
}

function away(intervals: readonly Interval[], teaching: Teaching, asked: Horizon): (of: Interval) => OwnReason[] {
  const all = awayOf(teaching, asked);
  const present = (kind: Away['kind']) =>
    new Set(
      subtract(
        intervals,
        all.filter((range) => range.kind === kind),
      ),
    );
  const [atWork, free, known] = [present('time_off'), present('busy'), present('calendar_unreachable')];
  return (interval) => [
    ...(atWork.has(interval) ? [] : (['time_off'] as const)),
    ...(free.has(interval) ? [] : (['calendar_busy'] as const)),
    ...(known.has(interval) ? [] : (['calendar_unreachable'] as const)),
  ];
}

function early({ startAt }: Interval, { teaching, publishedUntil, now }: Known): OwnReason[] {
  if (startAt <= now) return ['started'];
  const tooSoon = startAt.getTime() < now.getTime() + teaching.settings.minimumNoticeMinutes * MINUTE;
  const tooFar = publishedUntil === null || startAt >= publishedUntil;
  return [...(tooSoon ? (['notice'] as const) : []), ...(tooFar ? (['beyond_horizon'] as const) : [])];
}
