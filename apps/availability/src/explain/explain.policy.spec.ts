import { block, busy, override, range, settings, teaching, timeOff } from '../../test/teachings.ts';
import type { Teaching } from '../openings/teaching.ts';
import type { Settings } from '../settings/settings.store.ts';
import type { TakenSeat } from '../taken/taken.store.ts';
import { explain, type Known } from './explain.policy.ts';

/** A Friday. */
const NOW = new Date('2030-03-01T09:00:00Z');
const PUBLISHED_UNTIL = new Date('2030-04-26T09:00:00Z');

const seat = (kind: TakenSeat['kind'], from: string, until: string, buffer = 0): TakenSeat => ({
  ...range(from, until),
  kind,
  bufferBeforeMinutes: buffer,
  bufferAfterMinutes: buffer,
});
const booked = (from: string, until: string, buffer?: number) => seat('booked', from, until, buffer);
const held = (from: string, until: string, buffer?: number) => seat('held', from, until, buffer);
const set = (changes: Partial<Settings>): Partial<Teaching> => ({ settings: { ...settings, ...plain, ...changes } });
/** No buffers, no notice: what a case is about it says itself. */
const plain: Partial<Settings> = { bufferBeforeMinutes: 0, bufferAfterMinutes: 0, minimumNoticeMinutes: 0 };

/** From ten to one on Monday, 4 March, in lessons of an hour. */
const morning = block('03-04T10:00', '03-04T13:00');

/** Explains a time, line by line, such as `03-04T10:00 once`, `03-04T11:00 rule: booked`. */
function told(of: Partial<Teaching>, known: Partial<Known>, [from, until]: [string, string]): string[] {
  const all = { ...teaching({ ...set({}), ...of }) };
  const asked = { from: range(from, until).startAt, until: range(from, until).endAt };
  const explained = explain({ teaching: all, seats: [], publishedUntil: PUBLISHED_UNTIL, now: NOW, ...known }, asked);
  return explained.map(({ startAt, offeredBy, reasons }) => {
    const why = reasons.length > 0 ? `: ${reasons.join(' ')}` : '';
    return `${startAt.toISOString().slice(5, 16)} ${offeredBy ?? 'nothing'}${why}`;
  });
}

describe('why a lesson can or cannot be booked', () => {
  const at = (hour: number, until = hour + 1): [string, string] => [`03-04T${hour}:00`, `03-04T${until}:00`];
  const off = (more: Partial<Settings>): Partial<Teaching> => ({ blocks: [morning], ...set(more) });

  it.each<[string, Partial<Teaching>, Partial<Known>, [string, string], string]>([
    ['by a rule', { blocks: [block('02-25T10:00', '02-25T11:00', { rrule: 'FREQ=WEEKLY' })] }, {}, at(10), 'rule'],
    ['by time that was entered once', { blocks: [morning] }, {}, at(10), 'once'],
    ['by an override', { overrides: [override('03-04', [['10:00', '11:00']])] }, {}, at(10), 'override'],
    ['not_offered where nothing gives it', {}, {}, at(10), 'nothing: not_offered'],
    [
      'override where one stands in the rule’s place',
      { blocks: [morning], overrides: [override('03-04', [], { mode: 'instead' })] },
      {},
      at(10),
      'once: override',
    ],
    [
      'time_off where the tutor is away',
      { blocks: [morning], timeOff: [timeOff('03-04T10:30', '03-04T10:40')] },
      {},
      at(10),
      'once: time_off',
    ],
    [
      'time_off where it comes by a rule',
      { blocks: [morning], timeOff: [timeOff('02-25T10:00', '02-25T10:30', { rrule: 'FREQ=WEEKLY' })] },
      {},
      at(10),
      'once: time_off',
    ],
    [
      'calendar_busy where the calendars say so',
      { blocks: [morning], busy: [busy('03-04T09:00', '03-04T10:01')] },
      {},
      at(10),
      'once: calendar_busy',
    ],
    [
      'started once it has',
      { blocks: [block('03-01T09:00', '03-01T10:00')] },
      {},
      ['03-01T09:00', '03-01T10:00'],
      'once: started',
    ],
    ['notice where it is too soon', off({ minimumNoticeMinutes: 3 * 24 * 60 + 61 }), {}, at(10), 'once: notice'],
    ['just soon enough', off({ minimumNoticeMinutes: 3 * 24 * 60 + 60 }), {}, at(10), 'once'],
    [
      'beyond_horizon where nobody has been told yet',
      { blocks: [block('04-26T09:00', '04-26T10:00')] },
      {},
      ['04-26T09:00', '04-26T10:00'],
      'once: beyond_horizon',
    ],
    [
      'beyond_horizon where nobody has ever been told',
      { blocks: [morning] },
      { publishedUntil: null },
      at(10),
      'once: beyond_horizon',
    ],
    ['held', { blocks: [morning] }, { seats: [held('03-04T10:00', '03-04T11:00')] }, at(10), 'once: held'],
    ['booked', { blocks: [morning] }, { seats: [booked('03-04T10:00', '03-04T11:00')] }, at(10), 'once: booked'],
    [
      'limit where the day has its 96 lessons before it',
      {
        blocks: [0, 1, 2, 3, 4].map((minute) => block(`03-04T00:0${minute}`, `03-05T00:0${minute}`)),
        ...set({ lessonMinutes: 60, startStepMinutes: 60 }),
      },
      {},
      ['03-04T23:04', '03-04T23:05'],
      'once: limit',
    ],
    [
      'for all reasons that there are',
      { ...off({ minimumNoticeMinutes: 43_200 }), timeOff: [timeOff('03-04T00:00', '03-05T00:00')] },
      { seats: [booked('03-04T10:00', '03-04T11:00')] },
      at(10),
      'once: time_off notice booked',
    ],
  ])('is told: %s', (_, of, known, asked, expected) => {
    expect(told(of, known, asked)).toEqual([`${asked[0]} ${expected}`]);
  });
});

describe('the intervals that are told of', () => {
  it('are the lessons, and in between what is as long as one, at each step since midnight', () => {
    expect(told({ blocks: [block('03-04T10:20', '03-04T12:20')] }, {}, ['03-04T08:10', '03-04T14:30'])).toEqual([
      '03-04T09:00 nothing: not_offered',
      '03-04T10:20 once',
      '03-04T11:20 once',
      '03-04T13:00 nothing: not_offered',
    ]);
  });

  it('are none beside a lesson that began before', () => {
    const long = block('03-04T08:00', '03-04T12:00', { lessonMinutes: 240 });
    expect(told({ blocks: [long] }, {}, ['03-04T09:00', '03-04T13:00'])).toEqual(['03-04T12:00 nothing: not_offered']);
  });

  it('are all lessons where they start more often than they end', () => {
    const half = set({ startStepMinutes: 30 });
    expect(
      told({ blocks: [block('03-04T10:00', '03-04T12:00')], ...half }, {}, ['03-04T09:30', '03-04T13:00']),
    ).toEqual(['03-04T10:00 once', '03-04T10:30 once', '03-04T11:00 once', '03-04T12:00 nothing: not_offered']);
  });

  it('are one where two blocks give one start: that for which the tutor is there', () => {
    const short = block('03-04T10:00', '03-04T10:30', { lessonMinutes: 30, rrule: 'FREQ=DAILY;COUNT=1' });
    const away = { busy: [busy('03-04T10:45', '03-04T11:00')] };
    expect(
      told({ blocks: [block('03-04T10:00', '03-04T11:00'), short], ...away }, {}, ['03-04T10:00', '03-04T10:30']),
    ).toEqual(['03-04T10:00 rule']);
  });

  it('follow the clock of a day that begins an hour late or has 23 hours', () => {
    const kyiv = set({ timezone: 'Europe/Kyiv', lessonMinutes: 240 });
    expect(told(kyiv, {}, ['03-30T22:00', '03-31T21:00'])).toEqual([
      '03-30T22:00 nothing: not_offered',
      '03-31T02:00 nothing: not_offered',
      '03-31T06:00 nothing: not_offered',
      '03-31T10:00 nothing: not_offered',
      '03-31T14:00 nothing: not_offered',
    ]);
    const evening = block('03-31T18:00', '03-31T19:00', { lessonMinutes: 60 });
    expect(told({ ...kyiv, blocks: [evening] }, {}, ['03-31T18:00', '04-01T01:00'])).toEqual([
      '03-31T18:00 once',
      '03-31T21:00 nothing: not_offered',
    ]);
    const cairo = set({ timezone: 'Africa/Cairo', lessonMinutes: 240 });
    expect(told(cairo, {}, ['04-25T20:00', '04-26T03:00'])[0]).toBe('04-25T22:00 nothing: not_offered');
  });

  it('tell of a booked lesson that is no longer offered', () => {
    const seats = [booked('03-04T10:00', '03-04T11:00')];
    expect(told({}, { seats }, ['03-04T10:00', '03-04T11:00'])).toEqual(['03-04T10:00 nothing: not_offered booked']);
  });
});
