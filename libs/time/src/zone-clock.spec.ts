import { toZonedTime } from 'date-fns-tz';
import * as fc from 'fast-check';
import { clockOf } from './zone-clock.ts';

/** What date-fns-tz says of one instant, without any table. */
const asked = (at: number, zone: string) => toZonedTime(new Date(at), zone).getTime() - at;

const FIRST = Date.parse('1970-01-01');
const LAST = Date.parse('2100-01-01');

/** Zones with a change every half year, with changes a week apart, of a day, of half an hour, and without any. */
const ZONES = [
  'Europe/Kyiv',
  'America/New_York',
  'America/St_Johns',
  'Australia/Lord_Howe',
  'Antarctica/Troll',
  'Africa/Casablanca',
  'Africa/El_Aaiun',
  'Africa/Cairo',
  'Africa/Monrovia',
  'Asia/Hebron',
  'Asia/Kathmandu',
  'Asia/Manila',
  'America/Noronha',
  'America/Argentina/Tucuman',
  'Pacific/Apia',
  'Pacific/Kwajalein',
  'Pacific/Kiritimati',
];

describe("a zone's clock", () => {
  it.each(ZONES)('in %s jumps when date-fns-tz says so, from 1970 to 2099', (zone) => {
    const clock = clockOf(zone);
    for (const { before, after } of clock.changes(FIRST, LAST)) {
      expect(asked(after.from - 1000, zone)).toBe(before.offset);
      expect(asked(after.from, zone)).toBe(after.offset);
      expect([after.from - 1, after.from].map((at) => clock.offsetAt(at))).toEqual([before.offset, after.offset]);
    }
  });

  it('shows what date-fns-tz shows at any instant', () => {
    fc.assert(
      fc.property(fc.constantFrom(...ZONES), fc.integer({ min: FIRST, max: LAST }), (zone, at) => {
        expect(clockOf(zone).offsetAt(at)).toBe(asked(at, zone));
      }),
      { numRuns: 5_000 },
    );
  });

  it.each([
    ['Asia/Hebron', '2040-10-01', '2040-11-01', 2],
    ['America/Noronha', '2000-10-01', '2000-11-01', 2],
    ['Asia/Kolkata', '1970-01-01', '2100-01-01', 0],
  ])('in %s misses no change that another follows closely', (zone, from, until, times) => {
    expect(clockOf(zone).changes(Date.parse(from), Date.parse(until))).toHaveLength(times);
  });

  it('is read beyond the years that we expand as well', () => {
    for (const year of ['0100', '1850', '1969', '2101', '2150', '9999']) {
      const at = Date.parse(`${year}-06-01`);
      expect(clockOf('Europe/Kyiv').offsetAt(at)).toBe(asked(at, 'Europe/Kyiv'));
    }
  });

  it.each(ZONES)('in %s shows no wall time outside the range in which it shows those of a time', (zone) => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc
            .constantFrom(...clockOf(zone).changes(FIRST, LAST), { after: { from: FIRST } })
            .chain(({ after }) => fc.integer({ min: -4 * 864e5, max: 4 * 864e5 }).map((ms) => after.from + ms)),
          fc.integer({ min: FIRST, max: LAST }),
        ),
        fc.nat(5 * 864e5),
        fc.integer({ min: -2 * 864e5, max: 7 * 864e5 }),
        (first, length, around) => {
          const clock = clockOf(zone);
          const { from, to } = clock.wallsWithin(first, first + length);
          const wall = first + around;
          const at = clock.instantOf(wall);
          const isInTime = at >= first && at <= first + length;
          expect(!isInTime || (wall >= from && wall <= to)).toBe(true);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('tells what is no zone, and no instant', () => {
    expect(() => clockOf('Mars/Olympus').offsetAt(0)).toThrow(RangeError);
    expect(() => clockOf('Europe/Kyiv').offsetAt(Number.NaN)).toThrow(RangeError);
  });
});
