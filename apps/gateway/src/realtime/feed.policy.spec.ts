import fc from 'fast-check';
import { versionOf } from './feed-version.ts';
import { difference, type Item, since, type State, type Step } from './feed.policy.ts';

const idOf = (item: Item): string => String(item['id']);
const stateOf = (items: readonly Item[]): State => new Map(items.map((item) => [idOf(item), item]));
const item = fc.record({ id: fc.constantFrom('a', 'b', 'c', 'd', 'e'), seats: fc.integer({ min: 1, max: 2 }) });
const state = fc.uniqueArray(item, { selector: idOf }).map(stateOf);

/** What a client makes of a change. */
function applied(before: State, { upsert, remove }: { upsert: readonly Item[]; remove: readonly string[] }): State {
  const after = new Map(before);
  for (const one of upsert) after.set(idOf(one), one);
  for (const id of remove) after.delete(id);
  return after;
}

describe('a change', () => {
  it('leads from any state to any other, and is none between equal ones', () => {
    fc.assert(
      fc.property(state, state, (before, after) => {
        const delta = difference(before, after);
        if (delta === null) expect(versionOf(before)).toBe(versionOf(after));
        else expect(versionOf(applied(before, delta))).toBe(versionOf(after));
      }),
    );
  });
});

describe('a version', () => {
  it('is the same for the same things in any order, and another for others', () => {
    fc.assert(
      fc.property(fc.uniqueArray(item, { selector: idOf, minLength: 1 }), (items) => {
        expect(versionOf(stateOf(items.toReversed()))).toBe(versionOf(stateOf(items)));
        const [first, ...others] = items;
        expect(versionOf(stateOf([{ ...first!, seats: 9 }, ...others]))).not.toBe(versionOf(stateOf(items)));
      }),
    );
  });
});

describe('what has changed since a version', () => {
  it('leads whoever had any remembered state to the last one, also where a state came back', () => {
    fc.assert(
      fc.property(fc.array(state, { minLength: 1, maxLength: 8 }), fc.nat(), (states, pick) => {
        const steps = stepsThrough(states);
        const had = states[pick % states.length]!;
        const now = states.at(-1)!;
        const delta = since(versionOf(had), steps, now, idOf);
        if (delta) expect(versionOf(applied(had, delta))).toBe(versionOf(now));
        else expect(steps.some(({ from }) => from === versionOf(had))).toBe(false);
      }),
    );
  });

  it('is not told to whoever has a version that is not remembered', () => {
    expect(since('unheard of', stepsThrough([stateOf([]), stateOf([{ id: 'a' }])]), stateOf([]), idOf)).toBeNull();
  });
});

function stepsThrough(states: readonly State[]): Step[] {
  return states.slice(1).flatMap((after, n) => {
    const delta = difference(states[n]!, after);
    return delta ? [{ from: versionOf(states[n]!), delta }] : [];
  });
}
