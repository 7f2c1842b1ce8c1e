import { type BookingId, newId } from '@scheduling/domain';
import * as fc from 'fast-check';
import { block, busy, override, range, teaching, timeOff } from '../../test/teachings.ts';
import { AvailabilityOverlaps } from '../availability.errors.ts';
import type { Teaching } from '../openings/teaching.ts';
import { overlap } from '../ranges.policy.ts';
import {
  bookedWithin,
  conflictsOf,
  refuseOverlaps,
  slotsOf,
  soonestFew,
  type Standing,
  standingOf,
} from './conflicts.policy.ts';

const HORIZON = {
  from: range('03-01T09:00', '03-01T09:00').startAt,
  until: range('04-26T09:00', '04-26T09:00').startAt,
};
const at = (hour: number) => `03-04T${String(hour).padStart(2, '0')}:00`;
const booked = (from: string, until: string) => ({ id: newId<BookingId>(), ...range(from, until) });

/** Lessons from 10 to 11, from 12 to 13, and from 14 to 15 o'clock. */
const mine = block(at(10), at(11), { rrule: 'FREQ=HOURLY;INTERVAL=2;COUNT=3' });
const standing = (more: Partial<Teaching> = {}, lessons: ReturnType<typeof booked>[] = []): Standing =>
  standingOf(teaching({ ...more, blocks: [mine, ...(more.blocks ?? [])] }), lessons, HORIZON);

describe('what new lessons meet', () => {
  it.each<[string, string, string, number]>([
    ['nothing before them', at(8), at(10), 0],
    ['nothing after them', at(15), at(18), 0],
    ['nothing between them', at(11), at(12), 0],
    ['the end of the first', '03-04T10:30', '03-04T12:00', 1],
    ['the start of the last', at(13), '03-04T14:30', 1],
    ['the middle of one', '03-04T12:15', '03-04T12:45', 1],
    ['what is over them all', at(0), at(23), 1],
    ['the same hour', at(12), at(13), 1],
  ])('is %s', (_, from, until, count) => {
    expect(conflictsOf(mine.id, standing({ timeOff: [timeOff(from, until)] }))).toHaveLength(count);
    expect(conflictsOf(mine.id, standing({ busy: [busy(from, until)] }))).toHaveLength(count);
    expect(conflictsOf(mine.id, standing({}, [booked(from, until)]))).toHaveLength(count);
  });

  it('is told by its kind and id, the soonest first', () => {
    const [away, meeting, lesson] = [timeOff(at(14), at(20)), busy(at(12), at(13)), booked(at(10), at(11))];
    const other = block('03-04T12:30', '03-04T13:30');
    const extra = override('03-04', [['14:30', '15:30']]);
    const all = { blocks: [other], overrides: [extra], timeOff: [away], busy: [meeting] };
    expect(conflictsOf(mine.id, standing(all, [lesson]))).toEqual([
      { kind: 'booking', id: lesson.id, ...range(at(10), at(11)) },
      { kind: 'busy', id: meeting.id, ...range(at(12), at(13)) },
      { kind: 'availability', id: other.id, ...range('03-04T12:30', '03-04T13:30') },
      { kind: 'time_off', id: away.id, ...range(at(14), at(20)) },
      { kind: 'availability', id: extra.id, ...range('03-04T14:30', '03-04T15:30') },
    ]);
  });

  it('is nothing that stands in their place, or in whose place they stand', () => {
    const instead = override('03-04', [['10:00', '12:00']], { mode: 'instead' });
    expect(conflictsOf(mine.id, standing({ overrides: [instead] }))).toEqual([]);
    expect(conflictsOf(instead.id, standing({ overrides: [instead] }))).toEqual([]);
    const extra = override('03-04', [['10:00', '12:00']]);
    expect(conflictsOf(extra.id, standing({ overrides: [extra] }))).toMatchObject([{ id: mine.id }]);
  });

  it('is told of the soonest fifty', () => {
    const many = Array.from({ length: 60 }, (_, n) => timeOff(`03-04T10:${String(n).padStart(2, '0')}`, at(11)));
    expect(soonestFew(conflictsOf(mine.id, standing({ timeOff: many })))).toHaveLength(50);
  });

  it('is exactly what overlaps one of them, however many there are', () => {
    const hours = fc.uniqueArray(fc.nat(100), { maxLength: 30 }).map((all) => all.toSorted((a, b) => a - b));
    const length = fc.integer({ min: 1, max: 5 });
    const hour = (nth: number) => new Date(Date.parse('2030-03-04T00:00Z') + nth * 3_600_000);
    const stretch = (from: number, long: number) => ({ startAt: hour(from), endAt: hour(from + long) });
    const away = fc
      .tuple(fc.nat(100), length)
      .map(([from, long]) => ({ ...timeOff(at(1), at(2)), ...stretch(from, long) }));
    fc.assert(
      // Lessons of one length, which may overlap each other where openings do.
      fc.property(hours, length, fc.array(away), (starts, long, timeOffs) => {
        const terms = { priceCents: 0, capacity: 1, source: 'rule' as const, sourceId: 'own' };
        const candidates = starts.map((start) => ({ ...stretch(start, long), ...terms }));
        const absent = timeOffs.map(({ id, startAt, endAt }) => ({ kind: 'time_off' as const, id, startAt, endAt }));
        const expected = absent.filter((one) => candidates.some((lesson) => overlap(lesson, one)));
        const told = conflictsOf('own', { candidates, away: absent, booked: [] }).map(({ id }) => id);
        expect(told.toSorted()).toEqual(expected.map(({ id }) => String(id)).toSorted());
      }),
    );
  });
});

describe('the slots that something gives', () => {
  it('are its own lessons that nothing takes away', () => {
    const others = { blocks: [block(at(8), at(20))], timeOff: [timeOff(at(10), at(11))], busy: [busy(at(14), at(15))] };
    const only = range(at(12), at(12)).startAt;
    expect(slotsOf(mine.id, standing(others))).toEqual({ count: 1, first: only, last: only });
    const none = { timeOff: [timeOff(at(0), at(20))] };
    expect(slotsOf(mine.id, standing(none))).toEqual({ count: 0, first: null, last: null });
  });
});

describe('what a tutor does not want to be merged', () => {
  it('is refused by other availability alone, which is named', () => {
    const other = block(at(12), at(13));
    const met = conflictsOf(mine.id, standing({ blocks: [other], timeOff: [timeOff(at(10), at(11))] }));
    expect(met).toHaveLength(2);
    const named = { kind: 'availability', id: other.id, start_at: '2030-03-04T12:00:00.000Z' };
    expect(() => refuseOverlaps(met)).toThrow(
      expect.objectContaining({ facts: { conflicts: [expect.objectContaining(named)] } }),
    );
    expect(() => refuseOverlaps(met)).toThrow(AvailabilityOverlaps);
    expect(() => refuseOverlaps(met.filter(({ kind }) => kind !== 'availability'))).not.toThrow();
  });
});

describe('the booked lessons in time off', () => {
  it('are those that one of its times meets', () => {
    const lessons = [booked(at(8), at(9)), booked(at(10), at(11)), booked(at(12), at(13))];
    const times = [range(at(9), at(10)), range('03-04T10:59', at(12))];
    expect(bookedWithin(times, lessons)).toEqual([{ kind: 'booking', ...lessons[1] }]);
    expect(bookedWithin([], lessons)).toEqual([]);
  });
});
