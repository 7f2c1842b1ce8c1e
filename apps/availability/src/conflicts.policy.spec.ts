import { type AvailabilityId, type BookingId, newId, type PersonId, type TimeOffId } from '@scheduling/domain';
import type { Lesson } from '@scheduling/time';
import * as fc from 'fast-check';
import type { AvailabilityBlock } from './blocks/blocks.store.ts';
import { bookedWithin, conflictsOf, type Standing } from './conflicts.policy.ts';
import { overlap, type Range } from './ranges.policy.ts';

const HOUR = 3_600_000;
const DAY = Date.parse('2030-03-04T00:00Z');

/** From one hour of the day to another. */
const hours = (from: number, until: number): Range => ({
  startAt: new Date(DAY + from * HOUR),
  endAt: new Date(DAY + until * HOUR),
});
const off = (from: number, until: number) => ({ id: newId<TimeOffId>(), ...hours(from, until) });
const booked = (from: number, until: number) => ({ id: newId<BookingId>(), ...hours(from, until) });
const block = (): AvailabilityBlock => ({
  id: newId<AvailabilityId>(),
  tutorId: newId<PersonId>(),
  ...hours(0, 1),
  rrule: null,
  timezone: 'UTC',
  timezoneSource: 'default',
  exdates: [],
});
const nothing: Standing = { others: [], timeOff: [], booked: [] };
const lessons: Lesson[] = [hours(10, 11), hours(12, 13), hours(14, 15)];

describe('what new lessons meet', () => {
  it.each([
    ['nothing before them', 8, 10, 0],
    ['nothing after them', 15, 18, 0],
    ['nothing between them', 11, 12, 0],
    ['the end of the first', 10.5, 12, 1],
    ['the start of the last', 13, 14.5, 1],
    ['the middle of one', 12.25, 12.75, 1],
    ['what is over them all', 0, 24, 1],
    ['the same hour', 12, 13, 1],
  ])('is %s', (_, from, until, count) => {
    expect(conflictsOf(lessons, { ...nothing, timeOff: [off(from, until)] })).toHaveLength(count);
    expect(conflictsOf(lessons, { ...nothing, booked: [booked(from, until)] })).toHaveLength(count);
    const others = [{ block: block(), lessons: [hours(from, until)] }];
    expect(conflictsOf(lessons, { ...nothing, others })).toHaveLength(count);
  });

  it('is told by its kind and id, the soonest first', () => {
    const [away, lesson, other] = [off(14, 20), booked(10, 11), block()];
    const standing = { others: [{ block: other, lessons: [hours(12, 13)] }], timeOff: [away], booked: [lesson] };
    expect(conflictsOf(lessons, standing)).toMatchObject([
      { kind: 'booking', id: lesson.id, ...hours(10, 11) },
      { kind: 'availability', id: other.id, ...hours(12, 13) },
      { kind: 'time_off', id: away.id, ...hours(14, 20) },
    ]);
  });

  it('is told of the soonest fifty, and of none where there are no lessons', () => {
    const many = Array.from({ length: 60 }, (_, n) => off(10 + n / 100, 11));
    const told = conflictsOf(lessons, { ...nothing, timeOff: many.toReversed() });
    expect(told.map(({ id }) => id)).toEqual(many.slice(0, 50).map(({ id }) => id));
    expect(conflictsOf([], { ...nothing, timeOff: many })).toEqual([]);
  });

  it('is exactly what overlaps one of them, however many there are', () => {
    const starts = fc.uniqueArray(fc.nat(100), { maxLength: 30 }).map((all) => all.toSorted((a, b) => a - b));
    const length = fc.integer({ min: 1, max: 5 });
    const range = fc.tuple(fc.nat(100), length).map(([from, long]) => off(from, from + long));
    fc.assert(
      // Lessons of one length, which may overlap each other where openings do.
      fc.property(starts, length, fc.array(range), (from, long, timeOff) => {
        const given = from.map((start) => hours(start, start + long));
        const expected = timeOff.filter((away) => given.some((lesson) => overlap(lesson, away)));
        const told = conflictsOf(given, { ...nothing, timeOff }).map(({ id }) => id);
        expect(told.toSorted()).toEqual(expected.map(({ id }) => String(id)).toSorted());
      }),
    );
  });
});

describe('the booked lessons in time off', () => {
  it('are all told, the soonest first, fifty at most', () => {
    const many = Array.from({ length: 60 }, (_, n) => booked(n, n + 1));
    const told = bookedWithin(many.toReversed());
    expect(told).toHaveLength(50);
    expect(told[0]).toEqual({ kind: 'booking', ...many[0] });
    expect(told[49]).toEqual({ kind: 'booking', ...many[49] });
    expect(bookedWithin([])).toEqual([]);
  });
});
