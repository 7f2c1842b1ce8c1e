import { Budget } from '@scheduling/time';
import { TooManyKinds, TooMuchToWorkOut } from '../availability.errors.ts';
import { awayOf, candidatesOf, type Horizon } from './openings.policy.ts';
import type { Teaching } from './teaching.ts';

/** Half of what publishing may take, so that what is kept can be published when it has grown. */
const MAX_STEPS = 200_000;
/** As many groups as one publication carries. */
const MOST_KINDS = 200;

/** Refuses availability of which all together could not be worked out, or told, any more. */
export function refuseTooMuch(after: Teaching, horizon: Horizon): void {
  const kinds = [...after.blocks, ...after.overrides].map(({ lessonMinutes, priceCents, capacity }) =>
    [lessonMinutes, priceCents, capacity].join(),
  );
  if (new Set(kinds).size > MOST_KINDS) throw new TooManyKinds(MOST_KINDS);
  refuseCost((budget) => candidatesOf(after, horizon, budget));
}

/** Refuses time off of which all together could not be worked out any more. */
export const refuseTooMuchTimeOff = (after: Teaching, horizon: Horizon): void =>
  refuseCost((budget) => awayOf(after, horizon, budget));

function refuseCost(workOut: (budget: Budget) => unknown): void {
  const budget = new Budget(MAX_STEPS);
  workOut(budget);
  if (budget.spent > MAX_STEPS) throw new TooMuchToWorkOut(MAX_STEPS);
}
