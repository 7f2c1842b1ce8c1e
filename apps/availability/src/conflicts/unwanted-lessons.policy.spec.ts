import { type BookingId, newId } from '@scheduling/domain';
import { block, busy, override, range, teaching, timeOff } from '../../test/teachings.ts';
import { dayOf } from '../openings/expansion.policy.ts';
import type { Teaching } from '../openings/teaching.ts';
import { standingOf } from './conflicts.policy.ts';
import { unwantedLessons } from './unwanted-lessons.policy.ts';

const HORIZON = {
  from: range('03-01T09:00', '03-01T09:00').startAt,
  until: range('04-26T09:00', '04-26T09:00').startAt,
};
const lesson = { id: newId<BookingId>(), ...range('03-04T10:00', '03-04T11:00') };
const unwanted = (given: Partial<Teaching>) => {
  const all = teaching(given);
  return unwantedLessons(all, standingOf(all, [lesson], HORIZON));
};

describe('a booked lesson', () => {
  const monday = block('03-04T10:00', '03-04T12:00');
  const trip = timeOff('03-04T10:30', '03-05T10:00');
  const meeting = busy('03-04T09:00', '03-04T10:30');
  const dayOff = override('03-04', [], { mode: 'instead' });

  it.each<[string, Partial<Teaching>]>([
    ['still offered', { blocks: [monday] }],
    ['of another length now', { blocks: [{ ...monday, lessonMinutes: 30 }] }],
    ['offered by an override instead', { overrides: [override('03-04', [['10:00', '11:00']], { mode: 'instead' })] }],
    ['the tutor’s while nobody can read their calendars', { blocks: [monday], calendars: 'forgotten' }],
    ['next to time off', { blocks: [monday], timeOff: [timeOff('03-04T11:00', '03-04T12:00')] }],
  ])('is no conflict if it is %s', (_, given) => {
    expect(unwanted(given)).toEqual([]);
  });

  it.each<[string, Partial<Teaching>, object[]]>([
    ['nothing, where the availability is gone', {}, []],
    ['nothing, where its start is gone', { blocks: [block('03-04T09:30', '03-04T12:30')] }, []],
    ['time off', { blocks: [monday], timeOff: [trip] }, [{ kind: 'time_off', id: trip.id }]],
    [
      'busy time',
      { blocks: [monday], busy: [meeting] },
      [{ kind: 'busy', id: meeting.id, ...range('03-04T09:00', '03-04T10:30') }],
    ],
    [
      'a day off',
      { blocks: [monday], overrides: [dayOff] },
      [{ kind: 'availability', id: dayOff.id, ...dayOf(dayOff) }],
    ],
    [
      'time off, and not the override that offers it instead',
      { overrides: [override('03-04', [['10:00', '11:00']], { mode: 'instead' })], timeOff: [trip] },
      [{ kind: 'time_off', id: trip.id }],
    ],
    [
      'all of them',
      { blocks: [monday], overrides: [dayOff], timeOff: [trip], busy: [meeting] },
      [{ id: dayOff.id }, { id: meeting.id }, { id: trip.id }],
    ],
  ])('has against it %s', (_, given, against) => {
    expect(unwanted(given)).toMatchObject([{ kind: 'booking', id: lesson.id, against }]);
  });
});
