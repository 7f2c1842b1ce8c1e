import {
  type Block,
  dayIn,
  type Lesson,
  localWeek,
  parseRule,
  TimeNotSupported,
  wallTime,
  wallToUtc,
  type Window,
} from '@scheduling/time';
import { RangeBackwards } from '../availability.errors.ts';
import { horizonOf } from '../openings/openings.policy.ts';
import { wholeSecond } from '../ranges.policy.ts';
import type { Settings } from '../settings/settings.store.ts';
import { startWallOf } from '../zones.policy.ts';

const MINUTE = 60_000;
const [FIRST_YEAR, LAST_YEAR] = [1970, 2099];

/** What somebody asks about a rule; one of the two starts, and one of the two lengths at most. */
export interface Question {
  /** A wall time without offset; it may lie in a gap. */
  readonly startLocal: string | undefined;
  readonly startAt: Date | undefined;
  readonly minutes: number | undefined;
  readonly endAt: Date | undefined;
  readonly rrule: string | undefined;
  readonly timezone: string | undefined;
  readonly rdates: readonly Date[];
  readonly exdates: readonly Date[];
  readonly from: Date | undefined;
  readonly until: Date | undefined;
  readonly lessonMinutes: number | undefined;
  readonly stepMinutes: number | undefined;
}

/** A question as recurrence understands it. */
export interface Plan {
  readonly block: Block;
  readonly window: Window;
}

/** Reads a question, or refuses what is no rule, no start or no range; what is not said follows from the settings. */
export function planOf(asked: Question, timezone: string, settings: Settings, now: Date): Plan {
  const start = startOf(asked, timezone);
  const lessonMinutes = asked.lessonMinutes ?? settings.lessonMinutes;
  const stepMinutes = asked.stepMinutes ?? settings.startStepMinutes ?? lessonMinutes;
  const endAt = asked.endAt ?? new Date(start.startAt.getTime() + (asked.minutes ?? lessonMinutes) * MINUTE);
  if (wholeSecond(endAt) <= start.startAt) throw new RangeBackwards();
  const from = asked.from ?? now;
  const until = asked.until ?? horizonOf(settings, from).until;
  if (until <= from) throw new RangeBackwards('window_end');
  const block = {
    ...start,
    endAt: wholeSecond(endAt),
    rule: asked.rrule === undefined ? null : parseRule(asked.rrule),
    timezone,
    rdates: asked.rdates.map(wholeSecond),
    exdates: asked.exdates.map(wholeSecond),
    lessonMinutes,
    stepMinutes,
  };
  return { block, window: { from, until } };
}

function startOf({ startLocal, startAt }: Question, timezone: string): Pick<Block, 'startAt' | 'startWall'> {
  if (startLocal === undefined) {
    const at = wholeSecond(startAt!);
    return { startAt: at, startWall: startWallOf(at, timezone) ?? undefined };
  }
  const startWall = wallTime(startLocal);
  const year = startWall.getUTCFullYear();
  if (year < FIRST_YEAR || year > LAST_YEAR) throw new TimeNotSupported(FIRST_YEAR, LAST_YEAR);
  return { startAt: wallToUtc(startWall, timezone), startWall };
}

/** How many lessons start in each local week that has any, named by its Monday as `YYYY-MM-DD`. */
export function perWeek(lessons: readonly Lesson[], timezone: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { startAt } of lessons) {
    const monday = dayIn(localWeek(startAt, timezone).from, timezone);
    counts.set(monday, (counts.get(monday) ?? 0) + 1);
  }
  return counts;
}
