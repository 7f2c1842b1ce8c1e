import { TooManyLessons } from '@scheduling/time';
import { override, settings } from '../../test/teachings.ts';
import { DateOutOfRange, HoursMissing, HoursNotUnderstood, HoursOverlap } from '../availability.errors.ts';
import { type OverrideWish, refuseTooManyHours, soundOverride } from './overrides.policy.ts';

const NOW = new Date('2030-03-05T09:00:00Z');
const wish = (more: Partial<OverrideWish> = {}): OverrideWish => ({
  date: '2030-03-05',
  timezone: undefined,
  mode: 'extra',
  hours: [{ start: '09:00', end: '12:00' }],
  lessonMinutes: null,
  priceCents: null,
  capacity: null,
  onConflict: 'merge',
  ...more,
});
const sound = (more: Partial<OverrideWish> = {}, zone = 'UTC') =>
  soundOverride(wish(more), { name: zone, source: 'request' }, NOW);
const hours = (...all: [string, string][]) => ({ hours: all.map(([start, end]) => ({ start, end })) });

describe('what a tutor does on a date', () => {
  it('has its hours in order, up to midnight', () => {
    const given = hours(['23:00', '24:00'], ['00:00', '01:00'], ['01:00', '02:30']);
    expect(sound(given)).toMatchObject(hours(['00:00', '01:00'], ['01:00', '02:30'], ['23:00', '24:00']));
    expect(sound({ mode: 'instead', hours: [] })).toMatchObject({ hours: [] });
  });

  it.each<[string, Partial<OverrideWish>, new (...args: never[]) => Error]>([
    ['extra hours that are none', { hours: [] }, HoursMissing],
    ['an hour that there is not', hours(['09:00', '25:00']), HoursNotUnderstood],
    ['a start at the end of the day', hours(['24:00', '24:00']), HoursNotUnderstood],
    ['the end before the start', hours(['12:00', '09:00']), HoursNotUnderstood],
    ['hours that overlap', hours(['09:00', '12:00'], ['11:59', '13:00']), HoursOverlap],
    ['the same hours twice', hours(['09:00', '12:00'], ['09:00', '12:00']), HoursOverlap],
    ['a date that is over', { date: '2030-03-04' }, DateOutOfRange],
    ['a date in over five years', { date: '2035-03-10' }, DateOutOfRange],
  ])('is refused: %s', (_, more, refusal) => {
    expect(() => sound(more)).toThrow(refusal);
  });

  it('is a date until it is over where the tutor is', () => {
    expect(sound({ date: '2030-03-04' }, 'Pacific/Pago_Pago').date).toBe('2030-03-04');
    expect(() => sound({ date: '2030-03-04' }, 'Europe/Kyiv')).toThrow(DateOutOfRange);
  });

  it('is 96 lessons at most', () => {
    const quarters = { ...settings, lessonMinutes: 15 };
    expect(() => refuseTooManyHours(override('03-05', [['00:00', '24:00']]), quarters)).not.toThrow();
    const steps = { ...quarters, startStepMinutes: 5 };
    expect(() => refuseTooManyHours(override('03-05', [['00:00', '08:10']]), steps)).not.toThrow();
    expect(() => refuseTooManyHours(override('03-05', [['00:00', '08:15']]), steps)).toThrow(TooManyLessons);
    const short = override('03-05', [
      ['00:00', '00:10'],
      ['00:00', '08:10'],
    ]);
    expect(() => refuseTooManyHours(short, steps)).not.toThrow();
  });
});
