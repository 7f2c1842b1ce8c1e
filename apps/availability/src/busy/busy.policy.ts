import { desiredOf, type Candidate, type Horizon } from '../openings/openings.policy.ts';
import type { Teaching } from '../openings/teaching.ts';

/** Whether a tutor offers something else within the horizon after a change than before it. */
export function changesOpenings(before: Teaching, after: Teaching, horizon: Horizon): boolean {
  const [was, is] = [desiredOf(before, horizon), desiredOf(after, horizon)];
  return was.length !== is.length || was.some((lesson, nth) => !same(lesson, is[nth]!));
}

const same = (a: Candidate, b: Candidate): boolean =>
  a.startAt.getTime() === b.startAt.getTime() &&
  a.endAt.getTime() === b.endAt.getTime() &&
  a.priceCents === b.priceCents &&
  a.capacity === b.capacity;
