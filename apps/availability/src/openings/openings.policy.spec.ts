import { type AvailabilityId, newId, type PersonId } from '@scheduling/domain';
import { type Lesson, TooManyLessons } from '@scheduling/time';
import type { AvailabilityBlock } from '../blocks/blocks.store.ts';
import type { Settings } from '../settings/settings.store.ts';
import {
  desiredLessons,
  horizonOf,
  lastNight,
  lessonsOfBlock,
  openingsOf,
  soonestOfBlock,
  termsOf,
} from './openings.policy.ts';

const NOW = new Date('2030-03-01T09:00:00Z');
const settings: Settings = {
  timezone: null,
  lessonMinutes: 60,
  priceCents: 2500,
  currency: 'USD',
  horizonDays: 56,
  minimumNoticeMinutes: 120,
  bufferBeforeMinutes: 5,
  bufferAfterMinutes: 10,
};
const quarters = { ...settings, lessonMinutes: 15 };

const range = (from: string, until: string) => ({
  startAt: new Date(`2030-${from}Z`),
  endAt: new Date(`2030-${until}Z`),
});
const block = (from: string, until: string, more: Partial<AvailabilityBlock> = {}): AvailabilityBlock => ({
  id: newId<AvailabilityId>(),
  tutorId: newId<PersonId>(),
  ...range(from, until),
  rrule: null,
  timezone: 'UTC',
  timezoneSource: 'default',
  exdates: [],
  ...more,
});
const starts = (lessons: readonly Lesson[]) => lessons.map(({ startAt }) => startAt.toISOString().slice(5, 16));
const hourly = (from: string, many: number, minutes = 60): Lesson[] =>
  Array.from({ length: many }, (_, nth) => {
    const at = Date.parse(`2030-${from}Z`) + nth * minutes * 60_000;
    return { startAt: new Date(at), endAt: new Date(at + 3_600_000) };
  });

describe('the lessons of one block', () => {
  it.each<[string, AvailabilityBlock, string[]]>([
    ['hour by hour', block('03-04T10:00', '03-04T12:00'), ['03-04T10:00', '03-04T11:00']],
    ['without what is too short for one', block('03-04T10:00', '03-04T11:59'), ['03-04T10:00']],
    ['none that has begun', block('03-01T07:30', '03-01T11:30'), ['03-01T09:30', '03-01T10:30']],
    ['one that begins right now', block('03-01T09:00', '03-01T10:00'), ['03-01T09:00']],
    ['none that begins at the horizon', block('04-26T08:00', '04-26T10:00'), ['04-26T08:00']],
    ['none that is over', block('02-01T07:30', '02-01T11:30'), []],
    [
      'at the starts of a rule, less the exceptions',
      block('03-04T10:00', '03-04T11:00', { rrule: 'FREQ=DAILY;COUNT=3', exdates: [new Date('2030-03-05T10:00:00Z')] }),
      ['03-04T10:00', '03-06T10:00'],
    ],
    [
      'at the wall clock’s hour across the change to summer time',
      block('03-25T14:00', '03-25T15:00', { rrule: 'FREQ=WEEKLY;COUNT=2', timezone: 'Europe/Kyiv' }),
      ['03-25T14:00', '04-01T13:00'],
    ],
  ])('come %s', (_, of, expected) => {
    expect(starts(lessonsOfBlock(of, settings, horizonOf(settings, NOW)))).toEqual(expected);
  });

  it('are the soonest where all are more than one tutor may offer', () => {
    const always = block('03-04T00:00', '12-01T00:00');
    const horizon = horizonOf(quarters, NOW);
    expect(() => lessonsOfBlock(always, quarters, horizon)).toThrow(TooManyLessons);
    const soonest = soonestOfBlock(always, quarters, horizon);
    expect(starts(soonest).slice(0, 2)).toEqual(['03-04T00:00', '03-04T00:15']);
    expect(soonest.length).toBeGreaterThan(900);
    expect(soonest.length).toBeLessThanOrEqual(2000);
  });

  it('are all of them where they are not too many', () => {
    const few = block('03-04T10:00', '03-04T12:00');
    const horizon = horizonOf(settings, NOW);
    expect(soonestOfBlock(few, settings, horizon)).toEqual(lessonsOfBlock(few, settings, horizon));
  });

  it('are still worked out of a rule with a start a minute', () => {
    const minutely = block('03-01T09:00', '03-01T10:00', { rrule: 'FREQ=MINUTELY' });
    expect(starts(soonestOfBlock(minutely, settings, horizonOf(settings, NOW)))[0]).toBe('03-01T09:00');
  });
});

describe('all that a tutor would teach', () => {
  const older = hourly('03-04T10:00', 2);

  it.each<[string, Lesson[][], { startAt: Date; endAt: Date }[], string[]]>([
    ['nothing of nothing', [], [], []],
    [
      'the lessons of all blocks by time',
      [hourly('03-05T10:00', 1), older],
      [],
      ['03-04T10:00', '03-04T11:00', '03-05T10:00'],
    ],
    ['one lesson a start', [older, hourly('03-04T11:00', 2)], [], ['03-04T10:00', '03-04T11:00', '03-04T12:00']],
    [
      'lessons that overlap, which are booking’s to tell apart',
      [older, hourly('03-04T10:30', 1)],
      [],
      ['03-04T10:00', '03-04T10:30', '03-04T11:00'],
    ],
    ['no lesson that time off touches', [older], [range('03-04T10:59', '03-04T11:00')], ['03-04T11:00']],
    [
      'what only borders on time off',
      [older],
      [range('03-04T09:00', '03-04T10:00'), range('03-04T12:00', '03-04T13:00')],
      ['03-04T10:00', '03-04T11:00'],
    ],
  ])('is %s', (_, lessons, away, expected) => {
    expect(starts(desiredLessons(lessons, away))).toEqual(expected);
  });

  it('has the older block’s lesson where two give one start', () => {
    const [mine, theirs] = [hourly('03-04T10:00', 1), hourly('03-04T10:00', 1)];
    expect(desiredLessons([mine, theirs], [])[0]).toBe(mine[0]);
  });

  it('is 2,000 lessons at most, the soonest, counted after time off', () => {
    const many = hourly('03-04T00:00', 2100);
    const desired = desiredLessons([many], [{ startAt: many[0]!.startAt, endAt: many[10]!.startAt }]);
    expect(desired).toHaveLength(2000);
    expect(desired[0]).toBe(many[10]);
    expect(desired.at(-1)).toBe(many[2009]);
  });

  it('is 96 lessons a day at most, however many blocks there are', () => {
    const crowded = [0, 1, 2, 3, 4].map((minute) => hourly(`03-04T00:0${minute}`, 48));
    const desired = desiredLessons(crowded, []);
    const perDay = Map.groupBy(desired, ({ startAt }) => startAt.toISOString().slice(0, 10));
    expect([...perDay].map(([day, lessons]) => [day, lessons.length])).toEqual([
      ['2030-03-04', 96],
      ['2030-03-05', 96],
    ]);
  });
});

describe('what is told of it', () => {
  it('is one group of starts, or none', () => {
    expect(openingsOf([], settings)).toEqual([]);
    expect(openingsOf(hourly('03-04T10:00', 2), settings)).toEqual([
      { minutes: 60, price_cents: 2500, capacity: 1, starts: ['2030-03-04T10:00:00.000Z', '2030-03-04T11:00:00.000Z'] },
    ]);
  });

  const kyiv = block('03-04T10:00', '03-04T11:00', { timezone: 'Europe/Kyiv' });
  const tokyo = block('03-04T10:00', '03-04T11:00', { timezone: 'Asia/Tokyo' });
  it.each<[string, string | null, AvailabilityBlock[], string]>([
    ['the settings’ zone', 'Europe/London', [kyiv], 'Europe/London'],
    ['the oldest block’s zone without settings', null, [kyiv, tokyo], 'Europe/Kyiv'],
    ['UTC without either', null, [], 'UTC'],
  ])('is for %s', (_, timezone, blocks, expected) => {
    expect(termsOf({ ...settings, timezone }, blocks)).toEqual({
      timezone: expected,
      currency: 'USD',
      buffer_before_minutes: 5,
      buffer_after_minutes: 10,
      minimum_notice_minutes: 120,
    });
  });
});

describe('the last night', () => {
  it.each([
    ['2030-03-01T09:00:00.000Z', '2030-03-01T02:00:00.000Z'],
    ['2030-03-01T02:00:00.000Z', '2030-03-01T02:00:00.000Z'],
    ['2030-03-01T01:59:59.999Z', '2030-02-28T02:00:00.000Z'],
    ['2030-01-01T00:00:00.000Z', '2029-12-31T02:00:00.000Z'],
  ])('before %s was %s', (now, night) => {
    expect(lastNight(new Date(now)).toISOString()).toBe(night);
  });
});
