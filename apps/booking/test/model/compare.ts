import { inspect, isDeepStrictEqual } from 'node:util';
import type { PaymentsScenario } from '../payments.scenario.ts';
import type { Drawn } from './operation.ts';
import { policiesOf } from './policies.ts';
import { type Difference, drawList, type Story, tell } from './story.ts';

const LENGTH = 250;
const SHRINKING_MS = 100_000;
const SHOWN = 30;

/** What was compared, and how each kind of operation ended how often. */
export interface Compared {
  readonly operations: number;
  readonly ends: ReadonlyMap<string, number>;
}

/** Compares the service with the model, story after story, each from a seed of its own; throws what it takes to see a difference. */
export async function compare(
  s: PaymentsScenario,
  wish: { seed: number; operations: number; until: number },
): Promise<Compared> {
  const ends = new Map<string, number>();
  let operations = 0;
  const policies = await policiesOf(s);
  for (let seed = wish.seed; operations < wish.operations && Date.now() < wish.until; seed++) {
    const drawn = drawList(seed, LENGTH);
    const story = await tell(s, drawn, policies);
    for (const [end, times] of story.ends) {
      ends.set(end, (ends.get(end) ?? 0) + times);
      operations += times;
    }
    if (story.difference)
      throw new Error(explained(seed, await shrink((fewer) => tell(s, fewer, policies), drawn, story.difference)));
  }
  return { operations, ends };
}

/** Leaves out whatever the difference does not need, for as long as there is patience. */
async function shrink(
  retell: (fewer: readonly Drawn[]) => Promise<Story>,
  all: readonly Drawn[],
  found: Difference,
): Promise<Difference> {
  const until = Date.now() + SHRINKING_MS;
  let [kept, smallest] = [all, found];
  for (let size = Math.ceil(all.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let from = 0; from < kept.length && Date.now() < until;) {
      const fewer = [...kept.slice(0, from), ...kept.slice(from + size)];
      const { difference } = await retell(fewer);
      if (difference) [kept, smallest] = [fewer.slice(0, difference.drawn), difference];
      else from += size;
    }
  }
  return smallest;
}

const explained = (seed: number, { told, expected, actual }: Difference): string =>
  [
    `The service differs from the model (seed ${seed}, ${told.length} operations, the last of them:)`,
    ...told.slice(-SHOWN),
    `the model:   ${inspect(without(expected, actual), { depth: 5 })}`,
    `the service: ${inspect(without(actual, expected), { depth: 5 })}`,
  ].join('\n');

/** Of two lists only what the other one has not. */
const without = (one: unknown, other: unknown): unknown =>
  Array.isArray(one) && Array.isArray(other)
    ? one.filter((item) => !other.some((like) => isDeepStrictEqual(item, like)))
    : one;
