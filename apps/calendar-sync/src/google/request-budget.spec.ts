import { newId, type PersonId } from '@scheduling/domain';
import { RequestBudget } from './request-budget.ts';

describe('the budget of requests', () => {
  const ann = newId<PersonId>();
  let now: number;
  let budget: RequestBudget;
  beforeEach(() => {
    now = 0;
    budget = new RequestBudget(() => now);
  });
  /** How many requests of so many are made at once. */
  const made = (many: number, of: (n: number) => PersonId) =>
    Array.from({ length: many }, (_, n) => budget.take(of(n))).filter((wait) => wait === 0).length;

  it('lets one person burst, and then ask five times a second', () => {
    expect(made(100, () => ann)).toBe(60);
    now += 1000;
    expect(made(100, () => ann)).toBe(5);
    now += 60_000;
    expect(made(100, () => ann)).toBe(60);
  });

  it('lets nobody ask beyond what all may', () => {
    expect(made(2000, () => newId())).toBe(1000);
    expect(budget.take(newId())).toBeGreaterThan(0);
    now += 12;
    expect(budget.take(newId())).toBe(0);
  });

  it('says how long to wait', () => {
    made(60, () => ann);
    const wait = budget.take(ann);
    now += wait - 1;
    expect(budget.take(ann)).toBeGreaterThan(0);
    now += 1;
    expect(budget.take(ann)).toBe(0);
  });

  it('lets whom Google refuses rest as long as it said, and longer each time', () => {
    expect(budget.refused(ann, 30_000)).toBe(30_000);
    expect(budget.take(ann)).toBe(30_000);
    expect(budget.take(newId())).toBe(0);
    now += 30_000;
    expect(budget.take(ann)).toBe(0);
    const rests = Array.from({ length: 12 }, () => budget.refused(ann, null));
    expect(Math.max(...rests)).toBeLessThanOrEqual(64_000);
    expect(rests.at(-1)).toBeGreaterThan(rests[0]!);
    budget.answered(ann);
    expect(budget.refused(ann, null)).toBeLessThanOrEqual(1000);
  });
});
