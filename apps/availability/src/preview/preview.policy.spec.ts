import { settings } from '../../test/teachings.ts';
import { perWeek, planOf, type Question } from './preview.policy.ts';

const NOW = new Date('2030-03-01T09:00:00Z');
const KYIV = 'Europe/Kyiv';
const question = (of: Partial<Question>): Question => ({
  startLocal: undefined,
  startAt: undefined,
  minutes: undefined,
  endAt: undefined,
  rrule: undefined,
  timezone: undefined,
  rdates: [],
  exdates: [],
  from: undefined,
  until: undefined,
  lessonMinutes: undefined,
  stepMinutes: undefined,
  ...of,
});
const noon = { startLocal: '2030-03-04T12:00' };
const plan = (of: Partial<Question>) => planOf(question(of), KYIV, settings, NOW);

describe('a question about a rule', () => {
  it('is about a lesson’s length from now to the horizon where it says no more', () => {
    const { block, window } = plan(noon);
    expect(window).toEqual({ from: NOW, until: new Date('2030-04-26T09:00:00Z') });
    expect(block).toMatchObject({ startAt: new Date('2030-03-04T10:00:00Z'), endAt: new Date('2030-03-04T11:00:00Z') });
    expect(block).toMatchObject({ rule: null, timezone: KYIV, lessonMinutes: 60, stepMinutes: 60 });
  });

  it.each<[string, Partial<Question>, object]>([
    [
      'starts at an instant, in whole seconds',
      { startAt: new Date('2030-03-04T10:00:00.9Z') },
      { startAt: new Date('2030-03-04T10:00:00Z'), startWall: new Date('2030-03-04T12:00:00Z') },
    ],
    [
      'starts in a gap',
      { startLocal: '2030-03-31T03:30' },
      { startAt: new Date('2030-03-31T01:30:00Z'), startWall: new Date('2030-03-31T03:30:00Z') },
    ],
    [
      'starts in the second turn of an hour',
      { startAt: new Date('2030-10-27T01:30:00Z') },
      { startAt: new Date('2030-10-27T01:30:00Z'), startWall: undefined },
    ],
    ['lasts so many minutes', { ...noon, minutes: 90 }, { endAt: new Date('2030-03-04T11:30:00Z') }],
    [
      'lasts until an instant',
      { ...noon, endAt: new Date('2030-03-04T12:00:00.5Z') },
      { endAt: new Date('2030-03-04T12:00:00Z') },
    ],
    ['has steps as long as its lessons', { ...noon, lessonMinutes: 45 }, { lessonMinutes: 45, stepMinutes: 45 }],
    ['has steps of its own', { ...noon, stepMinutes: 15 }, { lessonMinutes: 60, stepMinutes: 15 }],
  ])('%s', (_, of, expected) => {
    expect(plan(of).block).toMatchObject(expected);
  });

  it.each<[string, Partial<Question>, object]>([
    [
      'an end at the start',
      { ...noon, endAt: new Date('2030-03-04T10:00:00.5Z') },
      { code: 'range_backwards', facts: { field: 'end_at' } },
    ],
    [
      'a window of nothing',
      { ...noon, from: NOW, until: NOW },
      { code: 'range_backwards', facts: { field: 'window_end' } },
    ],
    ['a start in 1969', { startLocal: '1969-12-31T23:59' }, { code: 'time_not_supported' }],
    ['no rule', { ...noon, rrule: '' }, { code: 'rule_not_understood' }],
  ])('is refused for %s', (_, of, expected) => {
    expect(() => plan(of)).toThrow(expect.objectContaining(expected));
  });
});

describe('lessons by their week', () => {
  const lesson = (at: string) => ({ startAt: new Date(`${at}Z`), endAt: new Date(`${at}Z`) });

  it('are counted from Monday on the zone’s clock', () => {
    const sunday = [
      lesson('2030-03-03T21:59'),
      lesson('2030-03-03T22:00'),
      lesson('2030-03-10T21:59'),
      lesson('2030-04-01T00:00'),
    ];
    expect([...perWeek(sunday, KYIV)]).toEqual([
      ['2030-02-25', 1],
      ['2030-03-04', 2],
      ['2030-04-01', 1],
    ]);
  });
});
