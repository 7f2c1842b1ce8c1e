import { Injectable } from '@nestjs/common';
import type { SchedulingError } from '@scheduling/domain';
import { Database } from '@scheduling/persistence';
import {
  type Block,
  Budget,
  clockChanges,
  expandRuleInTurns,
  type Lesson,
  lessonsOfInTurns,
  RuleTooExpensive,
  startsOfInTurns,
  TooManyLessons,
  utcToWall,
  type Window,
} from '@scheduling/time';
import { RangeTooLong } from '../availability.errors.ts';
import { LONGEST, lengthOf } from '../ranges.policy.ts';
import { findSettings } from '../settings/settings.store.ts';
import { type Tutor, zoneOf } from '../zones.policy.ts';
import { type Concerned, concerned, wallsInDoubt } from './clock-changes.policy.ts';
import { perWeek, planOf, type Question } from './preview.policy.ts';

const DAY = 86_400_000;
const MOST_STARTS = 50_000;

/** What a rule would give. */
export interface Preview {
  readonly timezone: string;
  readonly starts: readonly Date[];
  readonly lessons: readonly Lesson[];
  /** Counts of lessons by the Monday of their local week. */
  readonly weeks: ReadonlyMap<string, number>;
  readonly changes: readonly Concerned[];
  /** Why the lessons could not be kept, and are not here; null where they could. */
  readonly problem: SchedulingError | null;
}

@Injectable()
export class PreviewService {
  constructor(private readonly db: Database) {}

  /** Works out what a rule would give, and keeps nothing. Other requests have their turn meanwhile. */
  async preview(asker: Tutor, asked: Question): Promise<Preview> {
    const { settings, now } = await this.db.transaction(async (tx) => ({
      settings: await findSettings(tx, asker.id),
      now: tx.now,
    }));
    const timezone = zoneOf(asked.timezone, settings.timezone, asker.tokenZone).name;
    const { block, window } = planOf(asked, timezone, settings, now);
    const starts = await startsOfInTurns(block, window, { maxStarts: MOST_STARTS, budget: new Budget() });
    const { lessons, problem } = await cut(block, window);
    const changes = await changesOf(block, window, starts);
    return { timezone, starts, lessons, weeks: perWeek(lessons, timezone), changes, problem };
  }
}

/** The lessons, unless they are more than a tutor may keep; then why. */
async function cut(block: Block, window: Window): Promise<Pick<Preview, 'lessons' | 'problem'>> {
  const days = block.rule ? LONGEST.recurring : LONGEST.once;
  if (lengthOf(block) > days * DAY) return { lessons: [], problem: new RangeTooLong(days) };
  try {
    return { lessons: await lessonsOfInTurns(block, window, { budget: new Budget() }), problem: null };
  } catch (error) {
    if (error instanceof TooManyLessons || error instanceof RuleTooExpensive) return { lessons: [], problem: error };
    throw error;
  }
}

async function changesOf(block: Block, window: Window, starts: readonly Date[]): Promise<Concerned[]> {
  const changes = clockChanges(block.timezone, window);
  const inDoubt = wallsInDoubt(changes, starts);
  return concerned(changes, starts, inDoubt ? await wallsOf(block, inDoubt) : []);
}

/** The wall times at which a block starts within a stretch of them: in UTC, where no clock is ever changed. */
async function wallsOf({ rule, startAt, startWall, timezone }: Block, within: Window): Promise<Date[]> {
  const start = startWall ?? utcToWall(startAt, timezone);
  if (!rule) return [start];
  // UNTIL is an instant, and has cut the starts that these are compared with.
  const { until: _, ...endless } = rule;
  return expandRuleInTurns(endless, { startAt: start, timezone: 'UTC' }, within, { maxStarts: 2 * MOST_STARTS });
}
