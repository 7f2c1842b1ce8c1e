import { type Scenario, scenario } from './scenario.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** One change of a zone's clocks, and when five days around it start at nine o'clock, and at an hour that the change skips or repeats. */
interface Change {
  readonly zone: string;
  /** The Friday before, as a local date, and its distance from UTC. */
  readonly friday: string;
  readonly offset: string;
  readonly nine: readonly string[];
  readonly oddHour: string;
  readonly odd: readonly string[];
}

/** Friday to Tuesday; the clocks change on Sunday. */
const CHANGES: [what: string, change: Change][] = [
  [
    'Kyiv in spring, where 03:30 is skipped',
    {
      zone: 'Europe/Kyiv',
      friday: '2030-03-29',
      offset: '+02:00',
      nine: ['2030-03-29T07:00Z', '2030-03-30T07:00Z', '2030-03-31T06:00Z', '2030-04-01T06:00Z', '2030-04-02T06:00Z'],
      oddHour: '03:30',
      odd: ['2030-03-29T01:30Z', '2030-03-30T01:30Z', '2030-03-31T01:30Z', '2030-04-01T00:30Z', '2030-04-02T00:30Z'],
    },
  ],
  [
    'Kyiv in autumn, where 03:30 comes twice',
    {
      zone: 'Europe/Kyiv',
      friday: '2030-10-25',
      offset: '+03:00',
      nine: ['2030-10-25T06:00Z', '2030-10-26T06:00Z', '2030-10-27T07:00Z', '2030-10-28T07:00Z', '2030-10-29T07:00Z'],
      oddHour: '03:30',
      odd: ['2030-10-25T00:30Z', '2030-10-26T00:30Z', '2030-10-27T00:30Z', '2030-10-28T01:30Z', '2030-10-29T01:30Z'],
    },
  ],
  [
    'New York in spring, where 02:30 is skipped',
    {
      zone: 'America/New_York',
      friday: '2030-03-08',
      offset: '-05:00',
      nine: ['2030-03-08T14:00Z', '2030-03-09T14:00Z', '2030-03-10T13:00Z', '2030-03-11T13:00Z', '2030-03-12T13:00Z'],
      oddHour: '02:30',
      odd: ['2030-03-08T07:30Z', '2030-03-09T07:30Z', '2030-03-10T07:30Z', '2030-03-11T06:30Z', '2030-03-12T06:30Z'],
    },
  ],
  [
    'New York in autumn, where 01:30 comes twice',
    {
      zone: 'America/New_York',
      friday: '2030-11-01',
      offset: '-04:00',
      nine: ['2030-11-01T13:00Z', '2030-11-02T13:00Z', '2030-11-03T14:00Z', '2030-11-04T14:00Z', '2030-11-05T14:00Z'],
      oddHour: '01:30',
      odd: ['2030-11-01T05:30Z', '2030-11-02T05:30Z', '2030-11-03T05:30Z', '2030-11-04T06:30Z', '2030-11-05T06:30Z'],
    },
  ],
  [
    'Lord Howe in spring, by half an hour, where 02:15 is skipped',
    {
      zone: 'Australia/Lord_Howe',
      friday: '2030-10-04',
      offset: '+10:30',
      nine: ['2030-10-03T22:30Z', '2030-10-04T22:30Z', '2030-10-05T22:00Z', '2030-10-06T22:00Z', '2030-10-07T22:00Z'],
      oddHour: '02:15',
      odd: ['2030-10-03T15:45Z', '2030-10-04T15:45Z', '2030-10-05T15:45Z', '2030-10-06T15:15Z', '2030-10-07T15:15Z'],
    },
  ],
  [
    'Lord Howe in autumn, by half an hour, where 01:45 comes twice',
    {
      zone: 'Australia/Lord_Howe',
      friday: '2030-04-05',
      offset: '+11:00',
      nine: ['2030-04-04T22:00Z', '2030-04-05T22:00Z', '2030-04-06T22:30Z', '2030-04-07T22:30Z', '2030-04-08T22:30Z'],
      oddHour: '01:45',
      odd: ['2030-04-04T14:45Z', '2030-04-05T14:45Z', '2030-04-06T14:45Z', '2030-04-07T15:15Z', '2030-04-08T15:15Z'],
    },
  ],
  [
    'St John’s in spring, half an hour off, where 02:30 is skipped',
    {
      zone: 'America/St_Johns',
      friday: '2030-03-08',
      offset: '-03:30',
      nine: ['2030-03-08T12:30Z', '2030-03-09T12:30Z', '2030-03-10T11:30Z', '2030-03-11T11:30Z', '2030-03-12T11:30Z'],
      oddHour: '02:30',
      odd: ['2030-03-08T06:00Z', '2030-03-09T06:00Z', '2030-03-10T06:00Z', '2030-03-11T05:00Z', '2030-03-12T05:00Z'],
    },
  ],
  [
    'St John’s in autumn, half an hour off, where 01:30 comes twice',
    {
      zone: 'America/St_Johns',
      friday: '2030-11-01',
      offset: '-02:30',
      nine: ['2030-11-01T11:30Z', '2030-11-02T11:30Z', '2030-11-03T12:30Z', '2030-11-04T12:30Z', '2030-11-05T12:30Z'],
      oddHour: '01:30',
      odd: ['2030-11-01T04:00Z', '2030-11-02T04:00Z', '2030-11-03T04:00Z', '2030-11-04T05:00Z', '2030-11-05T05:00Z'],
    },
  ],
  [
    'Casablanca before Ramadan of 2025, where 02:30 comes twice',
    {
      zone: 'Africa/Casablanca',
      friday: '2025-02-21',
      offset: '+01:00',
      nine: ['2025-02-21T08:00Z', '2025-02-22T08:00Z', '2025-02-23T09:00Z', '2025-02-24T09:00Z', '2025-02-25T09:00Z'],
      oddHour: '02:30',
      odd: ['2025-02-21T01:30Z', '2025-02-22T01:30Z', '2025-02-23T01:30Z', '2025-02-24T02:30Z', '2025-02-25T02:30Z'],
    },
  ],
  [
    'Casablanca after Ramadan of 2025, where 02:30 is skipped',
    {
      zone: 'Africa/Casablanca',
      friday: '2025-04-04',
      offset: '+00:00',
      nine: ['2025-04-04T09:00Z', '2025-04-05T09:00Z', '2025-04-06T08:00Z', '2025-04-07T08:00Z', '2025-04-08T08:00Z'],
      oddHour: '02:30',
      odd: ['2025-04-04T02:30Z', '2025-04-05T02:30Z', '2025-04-06T02:30Z', '2025-04-07T01:30Z', '2025-04-08T01:30Z'],
    },
  ],
];

describe('the week in which clocks change', () => {
  let s: Scenario;
  beforeAll(async () => {
    s = await scenario();
  });
  afterAll(() => s.end());

  /** Sets the clock of the whole service. */
  const goTo = (at: string) => s.clock.advance((Date.parse(at) - s.clock.now().getTime()) / 60_000);
  const inOrder = (...all: (readonly string[])[]) =>
    all
      .flat()
      .map((at) => new Date(at).toISOString())
      .toSorted();

  it.each(CHANGES)(
    'keeps its hours on the wall clock in %s',
    async (_, { zone, friday, offset, nine, oddHour, odd }) => {
      goTo(new Date(Date.parse(friday) - 4 * DAY).toISOString());
      const tutor = await s.tutor({ zone });
      for (const hour of ['09:00', oddHour]) {
        const start = new Date(`${friday}T${hour}:00${offset}`);
        const end_at = new Date(start.getTime() + HOUR).toISOString();
        const rule = { is_recurring: true, rrule_string: 'FREQ=DAILY;COUNT=5' };
        const answer = await tutor.offer({ start_at: start.toISOString(), end_at, ...rule });
        expect(answer.body).toMatchObject({ timezone: zone, timezone_source: 'token', slots: { count: 5 } });
      }
      expect(await s.starts(tutor.id)).toEqual(inOrder(nine, odd));

      // On the afternoon of the Sunday, when the clocks have changed, the rest is what it was.
      const sunday = new Date(Date.parse(friday) + 2 * DAY + 15 * HOUR).toISOString();
      goTo(sunday);
      await tutor.change({ price_cents: 1 });
      expect(await s.starts(tutor.id)).toEqual(inOrder(nine, odd).filter((at) => at >= sunday));
    },
  );
});
