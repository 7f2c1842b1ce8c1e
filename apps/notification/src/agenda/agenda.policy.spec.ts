import { dayDue } from './agenda.policy.ts';

const due = (zone: string, now: string): string | null => {
  const found = dayDue(zone, new Date(now));
  return found && [found.day, found.from.toISOString(), found.until.toISOString()].join(' ');
};

describe('the agenda of a day', () => {
  const KYIV = '2030-03-01 2030-02-28T22:00:00.000Z 2030-03-01T22:00:00.000Z';
  it.each([
    ['Europe/Kyiv', '2030-03-01T04:59:59.999Z', null],
    ['Europe/Kyiv', '2030-03-01T05:00:00.000Z', KYIV],
    ['Europe/Kyiv', '2030-03-01T09:59:59.999Z', KYIV],
    ['Europe/Kyiv', '2030-03-01T10:00:00.000Z', null],
    // A day earlier in the west, a day later in the east.
    ['Pacific/Auckland', '2030-03-01T18:00:00.000Z', '2030-03-02 2030-03-01T11:00:00.000Z 2030-03-02T11:00:00.000Z'],
    ['America/Los_Angeles', '2030-03-01T15:00:00.000Z', '2030-03-01 2030-03-01T08:00:00.000Z 2030-03-02T08:00:00.000Z'],
    ['Asia/Kathmandu', '2030-03-01T01:15:00.000Z', '2030-03-01 2030-02-28T18:15:00.000Z 2030-03-01T18:15:00.000Z'],
    ['Nowhere/Land', '2030-03-01T07:00:00.000Z', '2030-03-01 2030-03-01T00:00:00.000Z 2030-03-02T00:00:00.000Z'],
  ])('is due in %s at %s: %s', (zone, now, expected) => {
    expect(due(zone, now)).toBe(expected);
  });

  it.each([
    // 31 March 2030 has 23 hours in Kyiv, 27 October 25; 10 March 23 in New York, 3 November 25.
    ['Europe/Kyiv', '2030-03-31T03:59:59.999Z', '2030-03-31T04:00:00.000Z', 23],
    ['Europe/Kyiv', '2030-10-27T04:59:59.999Z', '2030-10-27T05:00:00.000Z', 25],
    ['America/New_York', '2030-03-10T10:59:59.999Z', '2030-03-10T11:00:00.000Z', 23],
    ['America/New_York', '2030-11-03T11:59:59.999Z', '2030-11-03T12:00:00.000Z', 25],
  ])(
    'comes at seven by the clock in %s though it was changed: not at %s, at %s, for %d hours',
    (zone, not, at, hours) => {
      expect(dayDue(zone, new Date(not))).toBeNull();
      const { from, until } = dayDue(zone, new Date(at))!;
      expect(until.getTime() - from.getTime()).toBe(hours * 3_600_000);
    },
  );
});
