import { lesson } from './booking-says.ts';
import { instant, onDay, type Scenario, scenario, type Tutor } from './scenario.ts';

/** Every day from 9 to 12 o'clock in Kyiv, from Monday, 4 March 2030. */
const DAILY = {
  start_at: '2030-03-04T09:00:00+02:00',
  end_at: '2030-03-04T12:00:00+02:00',
  is_recurring: true,
  rrule_string: 'FREQ=DAILY',
  timezone: 'Europe/Kyiv',
};
/** Every Wednesday from 10 to 11 o'clock in Kyiv. */
const WEDNESDAYS = {
  ...DAILY,
  start_at: '2030-03-06T10:00:00+02:00',
  end_at: '2030-03-06T11:00:00+02:00',
  rrule_string: 'FREQ=WEEKLY',
};

describe('time off that comes again', () => {
  let s: Scenario;
  let tutor: Tutor;
  beforeAll(async () => {
    s = await scenario();
  });
  beforeEach(async () => {
    tutor = await s.tutor();
    await tutor.offer(DAILY);
  });
  afterAll(() => s.end());

  const on = async (...days: string[]) =>
    (await s.starts(tutor.id)).filter((at) => days.includes(at.slice(5, 10))).map((at) => at.slice(5, 16));

  it('takes its hour of each week by the clock of its zone, and gives it back when it is deleted', async () => {
    const before = await s.starts(tutor.id);
    const answer = await tutor.takeOff({ ...WEDNESDAYS, exdates: ['2030-03-13T10:00:00+02:00'] });
    const shown = { ...onDay(6, 8, 9), is_recurring: true, rrule_string: 'FREQ=WEEKLY', timezone: 'Europe/Kyiv' };
    expect(answer).toMatchObject({ status: 201, body: { ...shown, exdates: [instant(13, 8)], conflicts: [] } });
    expect(await on('03-05', '03-06', '03-13', '04-03')).toEqual([
      '03-05T07:00',
      '03-05T08:00',
      '03-05T09:00',
      '03-06T07:00',
      '03-06T09:00',
      '03-13T07:00',
      '03-13T08:00',
      '03-13T09:00',
      '04-03T06:00',
      '04-03T08:00',
    ]);
    const { items } = (await tutor.timeOff()).body;
    expect(items).toEqual([{ time_off_id: answer.body.time_off_id, ...shown, exdates: [instant(13, 8)] }]);

    expect(await tutor.comeBack(answer.body.time_off_id)).toMatchObject({ status: 204 });
    expect(await s.starts(tutor.id)).toEqual(before);
  });

  it('may last a week at a time, and has begun before now', async () => {
    const weeks = {
      start_at: '2030-02-22T00:00:00Z',
      end_at: '2030-03-01T00:00:00Z',
      is_recurring: true,
      timezone: 'UTC',
    };
    expect(await tutor.takeOff({ ...weeks, rrule_string: 'FREQ=WEEKLY;INTERVAL=2' })).toMatchObject({ status: 201 });
    expect((await s.starts(tutor.id))[0]).toBe('2030-03-04T07:00:00.000Z');
    expect(await on('03-07', '03-08', '03-14', '03-15')).toEqual([
      '03-07T07:00',
      '03-07T08:00',
      '03-07T09:00',
      '03-15T07:00',
      '03-15T08:00',
      '03-15T09:00',
    ]);
  });

  it('follows the settings’ clock where it names none', async () => {
    await tutor.change({ timezone: 'America/New_York' });
    const { timezone: _, ...unzoned } = WEDNESDAYS;
    expect((await tutor.takeOff(unzoned)).body.timezone).toBe('America/New_York');
  });

  it('names each booked lesson in it, beyond the horizon too', async () => {
    const within = { start_at: '2030-06-05T07:30:00.000Z', end_at: '2030-06-05T08:30:00.000Z' };
    const [near, far] = [lesson(tutor.id, onDay(6, 8, 9)), lesson(tutor.id, within)];
    const elsewhere = lesson(tutor.id, onDay(7, 8, 9));
    await s.hear(near.confirmed(), far.confirmed(), elsewhere.confirmed());
    expect((await tutor.takeOff(WEDNESDAYS)).body.conflicts).toEqual([
      { kind: 'booking', id: near.id, ...onDay(6, 8, 9) },
      { kind: 'booking', id: far.id, ...within },
    ]);
  });

  it('is listed until it is over, where its rule says when', async () => {
    for (const end of ['UNTIL=20300313T080000Z', 'COUNT=2', 'INTERVAL=9'])
      await tutor.takeOff({ ...WEDNESDAYS, rrule_string: `FREQ=WEEKLY;${end}` });
    const rules = async () => (await tutor.timeOff()).body.items.length;
    s.clock.advance(11 * 24 * 60 + 23 * 60 + 59); // 13 March, 08:59
    expect(await rules()).toBe(3);
    s.clock.advance(1);
    expect(await rules()).toBe(1);
    s.clock.advance(-12 * 24 * 60);
  });

  it.each<[string, object, code: string, field: string]>([
    ['without a rule', { rrule_string: undefined }, 'rule_missing', 'rrule_string'],
    ['with a rule that is none', { rrule_string: 'FREQ=WEEKLY;BYDAY=8MO' }, 'rule_not_understood', 'rrule_string'],
    ['by the second', { rrule_string: 'FREQ=SECONDLY' }, 'rule_not_understood', 'rrule_string'],
    ['by the minute', { rrule_string: 'FREQ=MINUTELY' }, 'rule_too_expensive', 'rrule_string'],
    [
      'by the minute, beyond the horizon',
      { start_at: '2030-06-05T10:00:00Z', end_at: '2030-06-05T11:00:00Z', rrule_string: 'FREQ=MINUTELY' },
      'rule_too_expensive',
      'rrule_string',
    ],
    ['for over a week at a time', { end_at: '2030-03-13T10:00:01+02:00' }, 'range_too_long', 'end_at'],
    ['in a zone that there is not', { timezone: 'Mars/Olympus' }, 'unknown_timezone', 'timezone'],
    ['with a rule, but once', { is_recurring: false }, 'rule_unexpected', 'is_recurring'],
  ])('is refused %s', async (_, more, code, field) => {
    const before = await s.everything();
    expect(await tutor.takeOff({ ...WEDNESDAYS, ...more })).toMatchObject({ status: 422, body: { code, field } });
    expect(await s.everything()).toEqual(before);
  });
});
