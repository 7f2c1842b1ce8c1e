import { newId, type SlotId } from '@scheduling/domain';
import { type Caps, capsReached, countedSpan, type Lesson } from './caps.policy.ts';

const lesson = (start: string): Lesson => ({ id: newId<SlotId>(), startAt: new Date(start) });
const caps = (changes: Partial<Caps>): Caps => ({
  timezone: 'America/New_York',
  maximumLessonsPerDay: null,
  maximumLessonsPerWeek: null,
  ...changes,
});
const reached = (changes: Partial<Caps>, taught: string[], start: string) =>
  capsReached(caps(changes), taught.map(lesson))(lesson(start));

// Sunday 10 March 2030 has 23 hours in New York: from 05:00 to 04:00 UTC.
describe('caps', () => {
  it.each([
    ['below the cap of the day', { maximumLessonsPerDay: 2 }, ['2030-03-08T14:00Z'], '2030-03-08T15:00Z', null],
    ['at the cap of the day', { maximumLessonsPerDay: 1 }, ['2030-03-08T14:00Z'], '2030-03-08T15:00Z', 'day'],
    ['on the tutor’s next day', { maximumLessonsPerDay: 1 }, ['2030-03-08T14:00Z'], '2030-03-09T05:00Z', null],
    ['on the tutor’s same day', { maximumLessonsPerDay: 1 }, ['2030-03-08T14:00Z'], '2030-03-09T04:59Z', 'day'],
    ['late on a short day', { maximumLessonsPerDay: 1 }, ['2030-03-10T05:00Z'], '2030-03-11T03:59Z', 'day'],
    ['after a short day', { maximumLessonsPerDay: 1 }, ['2030-03-10T05:00Z'], '2030-03-11T04:00Z', null],
    [
      'above a lowered cap',
      { maximumLessonsPerDay: 1 },
      ['2030-03-08T14:00Z', '2030-03-08T15:00Z'],
      '2030-03-08T16:00Z',
      'day',
    ],
    ['at the cap of the week', { maximumLessonsPerWeek: 1 }, ['2030-03-04T05:00Z'], '2030-03-11T03:59Z', 'week'],
    ['in the next week', { maximumLessonsPerWeek: 1 }, ['2030-03-04T05:00Z'], '2030-03-11T04:00Z', null],
    ['in the week before', { maximumLessonsPerWeek: 1 }, ['2030-03-04T05:00Z'], '2030-03-04T04:59Z', null],
    [
      'at both caps',
      { maximumLessonsPerDay: 1, maximumLessonsPerWeek: 1 },
      ['2030-03-08T14:00Z'],
      '2030-03-08T15:00Z',
      'day',
    ],
    ['without caps', {}, ['2030-03-08T14:00Z'], '2030-03-08T15:00Z', null],
  ])('%s', (_, changes, taught, start, expected) => {
    expect(reached(changes, taught, start)).toBe(expected);
  });

  it('let more students into a lesson that is taught anyway', () => {
    const taught = lesson('2030-03-08T14:00Z');
    expect(capsReached(caps({ maximumLessonsPerDay: 1, maximumLessonsPerWeek: 1 }), [taught])(taught)).toBeNull();
  });

  it('count lessons in whatever order they come', () => {
    const taught = ['2030-03-09T14:00Z', '2030-03-08T14:00Z', '2030-03-09T16:00Z', '2030-03-08T18:00Z'];
    expect(reached({ maximumLessonsPerDay: 2 }, taught, '2030-03-08T20:00Z')).toBe('day');
    expect(reached({ maximumLessonsPerDay: 2 }, taught, '2030-03-09T20:00Z')).toBe('day');
  });

  it('need the lessons of whole weeks, and none where there are no caps', () => {
    const span = { from: new Date('2030-03-08T14:00Z'), until: new Date('2030-03-13T14:00Z') };
    expect(countedSpan(caps({ maximumLessonsPerDay: 1 }), span)).toEqual({
      from: new Date('2030-03-04T05:00Z'),
      until: new Date('2030-03-18T04:00Z'),
    });
    expect(countedSpan(caps({}), span)).toBeNull();
  });
});
