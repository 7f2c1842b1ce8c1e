import fc from 'fast-check';
import type { calendar_v3 } from 'googleapis/build/src/apis/calendar';
import { busyRange, type Range, statementOf, windowAt } from './busy.policy.ts';

const at = (time: string) => new Date(`2030-${time}Z`);
const range = (from: string, to: string): Range => ({ startAt: at(from), endAt: at(to) });
const timed = (more: calendar_v3.Schema$Event = {}): calendar_v3.Schema$Event => ({
  status: 'confirmed',
  start: { dateTime: '2030-03-04T10:00:00+02:00' },
  end: { dateTime: '2030-03-04T11:30:00+02:00' },
  ...more,
});
const days = (from: string, to: string): calendar_v3.Schema$Event => ({ start: { date: from }, end: { date: to } });
const declined = (isSelf: boolean) => ({ attendees: [{ self: isSelf, responseStatus: 'declined' }] });

describe('an event in a calendar', () => {
  it.each<[string, calendar_v3.Schema$Event]>([
    ['keeps its owner busy', timed()],
    ['keeps its owner busy where they have only half agreed to it', timed({ status: 'tentative' })],
    ['keeps its owner busy where somebody else has declined it', timed(declined(false))],
    ['keeps its owner busy while they focus or are out of office', timed({ eventType: 'outOfOffice' })],
  ])('%s', (_, event) => {
    expect(busyRange(event, 'UTC')).toEqual(range('03-04T08:00', '03-04T09:30'));
  });

  it.each<[string, calendar_v3.Schema$Event]>([
    ['is cancelled', timed({ status: 'cancelled' })],
    ['is shown as free', timed({ transparency: 'transparent' })],
    ['was declined by its owner', timed(declined(true))],
    ['only says where they work', timed({ eventType: 'workingLocation' })],
    ['is a birthday', { ...days('2030-03-04', '2030-03-05'), eventType: 'birthday' }],
    ['has no length', timed({ end: { dateTime: '2030-03-04T08:00:00Z' } })],
    ['is cancelled without saying when it was', { status: 'cancelled' }],
    ['has times that cannot be read', timed({ start: { dateTime: 'soon' } })],
  ])('takes no time where it %s', (_, event) => {
    expect(busyRange(event, 'UTC')).toBeNull();
  });

  it.each([
    ['UTC', '2030-03-04', '2030-03-05', '03-04T00:00', '03-05T00:00'],
    ['America/New_York', '2030-03-04', '2030-03-06', '03-04T05:00', '03-06T05:00'],
    ['Europe/Kyiv', '2030-03-31', '2030-04-01', '03-30T22:00', '03-31T21:00'],
    ['Europe/Kyiv', '2030-10-27', '2030-10-28', '10-26T21:00', '10-27T22:00'],
    ['Africa/Cairo', '2030-04-26', '2030-04-27', '04-25T22:00', '04-26T21:00'],
    ['Pacific/Kiritimati', '2030-03-04', '2030-03-05', '03-03T10:00', '03-04T10:00'],
    ['Not/AZone', '2030-03-04', '2030-03-05', '03-04T00:00', '03-05T00:00'],
  ])('of whole days in %s from %s to %s takes the time from %s to %s', (zone, from, to, startAt, endAt) => {
    expect(busyRange(days(from, to), zone)).toEqual(range(startAt, endAt));
  });
});

describe('what is stated of busy time', () => {
  const now = at('03-04T09:15');
  const window = windowAt(now, 10);

  it('begins with yesterday and ends with a whole day', () => {
    expect(window).toEqual(range('03-03T00:00', '03-14T00:00'));
  });

  it.each<[string, Range[]]>([
    ['is in order', [range('03-06T10:00', '03-06T11:00'), range('03-05T10:00', '03-05T11:00')]],
    ['joins what overlaps', [range('03-05T10:00', '03-05T12:00'), range('03-05T11:00', '03-05T13:00')]],
    ['joins what touches', [range('03-05T10:00', '03-05T12:00'), range('03-05T12:00', '03-05T13:00')]],
    ['hides what lies within', [range('03-05T10:00', '03-05T13:00'), range('03-05T11:00', '03-05T12:00')]],
    ['leaves out what is over', [range('03-02T10:00', '03-03T00:00')]],
    ['leaves out what is far away', [range('03-14T00:00', '03-15T00:00')]],
  ])('%s', (_, ranges) => {
    const { busy } = statementOf(ranges, window);
    const inside = ranges.filter(({ startAt, endAt }) => endAt > window.startAt && startAt < window.endAt);
    const minutes = (of: readonly Range[]) =>
      Array.from({ length: 24 * 60 * 12 }, (_minute, nth) => at('03-02T00:00').getTime() + nth * 60_000).map((minute) =>
        of.some(({ startAt, endAt }) => startAt.getTime() <= minute && minute < endAt.getTime()),
      );
    expect(minutes(busy)).toEqual(minutes(inside));
    expect(busy.length).toBeLessThanOrEqual(inside.length);
    expect(busy).toEqual(busy.toSorted((a, b) => a.startAt.getTime() - b.startAt.getTime()));
  });

  it('says whole what only partly lies within', () => {
    const long = range('03-01T00:00', '03-20T00:00');
    expect(statementOf([long], window).busy).toEqual([long]);
  });

  it('ends its window before what it has no room for', () => {
    const start = at('03-04T00:00').getTime();
    const many = Array.from({ length: 2001 }, (_, nth) => ({
      startAt: new Date(start + nth * 120_000),
      endAt: new Date(start + nth * 120_000 + 60_000),
    }));
    const stated = statementOf(many, window);
    expect(stated.busy).toEqual(many.slice(0, 2000));
    expect(stated.window).toEqual({ startAt: window.startAt, endAt: many[2000]!.startAt });
    expect(statementOf(many.slice(1), window)).toEqual({ window, busy: many.slice(1) });
  });

  it('covers the same time as what it was made of, with nothing twice', () => {
    const minute = fc.integer({ min: 0, max: 600 });
    const ranges = fc.array(fc.tuple(minute, fc.integer({ min: 1, max: 60 })), { maxLength: 40 });
    const covered = (of: readonly (readonly [number, number])[]) => {
      const all = of.flatMap(([from, length]) => Array.from({ length }, (_, nth) => from + nth));
      return { all, set: [...new Set(all)].toSorted((a, b) => a - b) };
    };
    fc.assert(
      fc.property(ranges, (drawn) => {
        const start = at('03-04T00:00').getTime();
        const given = drawn.map(([from, length]) => ({
          startAt: new Date(start + from * 60_000),
          endAt: new Date(start + (from + length) * 60_000),
        }));
        const stated = statementOf(given, window).busy.map(
          ({ startAt, endAt }) =>
            [(startAt.getTime() - start) / 60_000, (endAt.getTime() - startAt.getTime()) / 60_000] as const,
        );
        expect(covered(stated).all).toEqual(covered(drawn).set);
      }),
    );
  });
});
