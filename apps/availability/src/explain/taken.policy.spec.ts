import { range, settings, teaching } from '../../test/teachings.ts';
import { termsOf } from '../openings/openings.policy.ts';
import type { Settings } from '../settings/settings.store.ts';
import type { TakenSeat } from '../taken/taken.store.ts';
import { takenBy } from './taken.policy.ts';

/** A seat on 4 March, a Monday, unless another day is named. */
const seat = (kind: TakenSeat['kind'], from: string, until: string, buffer: number, day = '04'): TakenSeat => ({
  ...range(`03-${day}T${from}`, `03-${day}T${until}`),
  kind,
  bufferBeforeMinutes: buffer,
  bufferAfterMinutes: buffer,
});
const booked = (from: string, until: string, buffer = 0) => seat('booked', from, until, buffer);
const held = (from: string, until: string, buffer = 0) => seat('held', from, until, buffer);
const on = (day: string) => seat('booked', '23:00', '23:30', 0, day);

const plain: Settings = { ...settings, bufferBeforeMinutes: 0, bufferAfterMinutes: 0 };
const around = { bufferBeforeMinutes: 15, bufferAfterMinutes: 15 };
const daily = { maximumLessonsPerDay: 1 };
const weekly = { maximumLessonsPerWeek: 2 };

describe('a lesson from ten to eleven', () => {
  it.each<[string, Partial<Settings>, TakenSeat[], string]>([
    ['free where nothing is taken', {}, [], ''],
    ['held where somebody holds it', {}, [held('10:00', '11:00')], 'held'],
    ['booked where somebody has booked it', {}, [booked('10:00', '11:00')], 'booked'],
    ['booked where a lesson lasts into it', {}, [booked('08:30', '10:30')], 'booked'],
    ['held where a hold begins in it', {}, [held('10:30', '11:30')], 'held'],
    [
      'booked where a lesson in it has a hold as well',
      {},
      [held('10:30', '11:30'), booked('10:30', '11:30')],
      'booked',
    ],
    ['free between two that end and begin as it does', {}, [booked('09:00', '10:00'), held('11:00', '12:00')], ''],
    ['too near, before', { bufferBeforeMinutes: 10 }, [booked('09:00', '10:00')], 'buffer'],
    ['too near, after', { bufferAfterMinutes: 10 }, [held('11:00', '12:00')], 'buffer'],
    ['too near to one with a buffer of its own', {}, [booked('11:00', '12:00', 10)], 'buffer'],
    ['far enough for a buffer on each side', around, [booked('09:00', '09:30', 15)], ''],
    ['a minute too near for that', around, [booked('09:00', '09:31', 15)], 'buffer'],
    ['one too many on its day', daily, [booked('15:00', '16:00')], 'cap'],
    ['alone on its day', daily, [on('03'), on('05')], ''],
    ['one too many on a day of the tutor’s own clock', { ...daily, timezone: 'Europe/Kyiv' }, [on('03')], 'cap'],
    ['one too many in its week', weekly, [on('08'), on('10')], 'cap'],
    ['not in the week of two', weekly, [on('03'), on('03'), on('10')], ''],
    ['one with a seat left', { capacity: 3 }, [booked('10:00', '11:00'), held('10:00', '11:00')], ''],
    ['held where the last seat is', { capacity: 2 }, [booked('10:00', '11:00'), held('10:00', '11:00')], 'held'],
    ['booked where all seats are', { capacity: 2 }, [booked('10:00', '11:00'), booked('10:00', '11:00')], 'booked'],
    ['one that its day has counted', { ...daily, capacity: 2 }, [booked('10:00', '11:00')], ''],
    ['beside a group, which is one lesson', { maximumLessonsPerDay: 2 }, [on('04'), on('04')], ''],
    [
      'booked, too near and one too many',
      { ...daily, ...around },
      [booked('09:30', '10:30'), held('11:00', '12:00')],
      'booked buffer cap',
    ],
  ])('is %s', (_, changes, seats, expected) => {
    const terms = termsOf(teaching({ settings: { ...plain, ...changes } }));
    const lesson = { ...range('03-04T10:00', '03-04T11:00'), capacity: changes.capacity ?? 1 };
    expect(takenBy(seats, terms)(lesson).join(' ')).toBe(expected);
  });
});
