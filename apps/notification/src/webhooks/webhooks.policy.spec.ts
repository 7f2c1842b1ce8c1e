import { consequenceOf, MOST_ATTEMPTS, type Refused, type Standing } from './webhooks.policy.ts';

const now = new Date('2030-03-01T09:00:00Z');
const before = (hours: number) => new Date(now.getTime() - hours * 3_600_000);
const seconds = (at: Date | null) => (at ? (at.getTime() - now.getTime()) / 1000 : null);
const follows = (standing: Partial<Standing> = {}, refused: Partial<Refused> = {}, chance = 0) => {
  const failed = { status: 500, error: 'answered 500', retryAfterMs: null, ...refused };
  const { again, restsUntil, disabled } = consequenceOf(
    failed,
    { attempts: 1, failures: 0, failingSince: null, ...standing },
    now,
    chance,
  );
  return { again: seconds(again), rest: seconds(restsUntil), disabled };
};

describe('a webhook that was not taken', () => {
  it.each([
    [1, 5],
    [2, 300],
    [3, 1800],
    [4, 7200],
    [5, 18_000],
    [6, 36_000],
    [7, 50_400],
    [8, 72_000],
    [9, 86_400],
    [10, 86_400],
    [11, 86_400],
  ])('is tried again after try %d, in %d s and up to a tenth more', (attempts, wait) => {
    expect(follows({ attempts }).again).toBe(wait);
    expect(follows({ attempts }, {}, 1).again).toBeCloseTo(wait * 1.1);
  });

  it('is dead after the last try, five days after the first', () => {
    expect(follows({ attempts: MOST_ATTEMPTS })).toMatchObject({ again: null, disabled: null });
    const waits = Array.from({ length: MOST_ATTEMPTS - 1 }, (_, i) => follows({ attempts: i + 1 }).again!);
    const days = waits.reduce((sum, wait) => sum + wait, 0) / 86_400;
    expect(days).toBeGreaterThan(5);
    expect(days).toBeLessThan(5.5);
  });

  it.each([
    ['a while', 100_000, 100, 100],
    ['no time at all', 0, 5, 0.5],
    ['a week', 604_800_000, 3600, 3600],
  ])('waits as long as its endpoint wants, within bounds: %s', (_what, retryAfterMs, again, rest) => {
    expect(follows({}, { status: 429, retryAfterMs })).toMatchObject({ again, rest });
  });
});

describe('an endpoint that did not take a webhook', () => {
  it.each([
    [0, 0.5, 1],
    [1, 1, 2],
    [4, 8, 16],
    [6, 30, 60],
    [5000, 30, 60],
  ])('rests after %d failures before this one from %d to %d s', (failures, least, most) => {
    expect(follows({ failures }).rest).toBe(least);
    expect(follows({ failures }, {}, 1).rest).toBe(most);
  });

  it.each([
    ['for the first time', null, 500, null],
    ['for nearly five days', before(119.9), 500, null],
    ['for five days', before(120), 500, 'failed everything for 5 days'],
    ['and is gone', null, 410, 'answered 410 Gone'],
    ['and is not there', before(1), 404, null],
  ])('%s', (_what, failingSince, status, disabled) => {
    expect(follows({ failingSince }, { status }).disabled).toBe(disabled);
  });

  it('keeps what disabled it, though it was the last try', () => {
    expect(follows({ attempts: MOST_ATTEMPTS, failingSince: before(124) }).again).not.toBeNull();
    expect(follows({ attempts: MOST_ATTEMPTS }, { status: 410 }).again).not.toBeNull();
  });
});
