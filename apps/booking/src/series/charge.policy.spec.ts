import { isDue, nextAttempt } from './charge.policy.ts';

const NOW = new Date('2030-03-01T12:00:00Z');
const inHours = (hours: number) => new Date(NOW.getTime() + hours * 3_600_000);

describe('a lesson of a series', () => {
  it.each([
    [72.1, false],
    [72, true],
    [1, true],
  ])('that starts in %d hours: it is %s that three days before are reached', (hours, expected) => {
    expect(isDue(inHours(hours), 3, NOW)).toBe(expected);
  });
});

describe('a charge that was refused', () => {
  it.each([
    ['in an hour, days before the lesson', 60, 1],
    ['a day before the lesson, if that is sooner', 24.5, 0.5],
  ])('is tried again %s', (_, hours, again) => {
    expect(nextAttempt(inHours(hours), NOW)).toEqual(inHours(again));
  });

  it.each([24, 3, -1])('is the last with %d hours left', (hours) => {
    expect(nextAttempt(inHours(hours), NOW)).toBeNull();
  });
});
