import { horizonOf, lastNight, wantedOf } from './openings.policy.ts';
import type { Published } from './schedules.store.ts';
import type { Teaching } from './teaching.ts';

const DAY = 86_400_000;

/** Whether what was published of a tutor does not reach as far as it should since last night. */
export const isDue = ({ settings }: Teaching, { until }: Published, now: Date): boolean =>
  until.getTime() < lastNight(now).getTime() + settings.horizonDays * DAY;

/**
 * Whether moving a tutor's horizon on brings nothing to tell: no lesson comes into sight, and none was left out before for being
 * one too many. All that else could have changed was published when it changed.
 */
export function staysQuiet(teaching: Teaching, { until, isWhole }: Published, now: Date): boolean {
  if (!isWhole) return false;
  const from = until < now ? now : until;
  const inSight = wantedOf(teaching, { from, until: horizonOf(teaching.settings, now).until });
  return inSight.isWhole && inSight.lessons.length === 0;
}
