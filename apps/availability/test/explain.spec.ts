import { CalendarBusyChanged } from '@scheduling/contracts';
import { newId, type PersonId } from '@scheduling/domain';
import { until } from '@scheduling/testing';
import { lesson } from './booking-says.ts';
import { instant, onDay, type Scenario, scenario, type Tutor } from './scenario.ts';

interface Explained {
  readonly timezone: string;
  readonly as_of: string;
  readonly items: { start_at: string; end_at: string; is_bookable: boolean; offered_by: string; reasons: string[] }[];
}

const MONDAY = `start=${instant(4, 13)}&end=${instant(4, 18)}`;
const DAY = 24 * 60;

describe('the explanation of a tutor’s time', () => {
  let s: Scenario;
  let tutor: Tutor;
  beforeEach(async () => {
    s = await scenario();
    tutor = await s.tutor();
    await tutor.offer();
  });
  afterEach(() => s.end());

  const explained = async (query = MONDAY, who = tutor) => {
    const { status, text } = await who.explain(tutor.id, query);
    expect(status).toBe(200);
    return JSON.parse(text) as Explained;
  };
  /** Line by line: the hour in UTC, what offers it, and why it cannot be booked. */
  const lines = async (query = MONDAY) =>
    (await explained(query)).items.map(({ start_at, offered_by, reasons }) =>
      [start_at.slice(11, 13), offered_by, ...reasons].join(' '),
    );

  it('tells of each lesson by which reasons it is or is not bookable, as they come and go', async () => {
    const asked = await explained();
    expect(asked).toMatchObject({ tutor_id: tutor.id, timezone: 'Europe/Kyiv' });
    expect(asked.items).toEqual([
      { ...onDay(4, 13, 14), is_bookable: false, offered_by: null, reasons: ['not_offered'] },
      { ...onDay(4, 14, 15), is_bookable: true, offered_by: 'rule', reasons: [] },
      { ...onDay(4, 15, 16), is_bookable: true, offered_by: 'rule', reasons: [] },
      { ...onDay(4, 16, 17), is_bookable: true, offered_by: 'rule', reasons: [] },
      { ...onDay(4, 17, 18), is_bookable: false, offered_by: null, reasons: ['not_offered'] },
    ]);

    const one = lesson(tutor.id, onDay(4, 15, 16));
    await s.hear(one.held());
    expect(await lines()).toEqual(['13  not_offered', '14 rule', '15 rule held', '16 rule', '17  not_offered']);
    await tutor.change({ timezone: 'Europe/Kyiv', buffer_after_minutes: 5, maximum_lessons_per_day: 1 });
    await s.hear(one.confirmed());
    expect((await lines()).slice(1, 4)).toEqual(['14 rule buffer cap', '15 rule booked', '16 rule cap']);

    const { body } = await tutor.takeOff(onDay(4, 16, 17));
    await s.hear(busy(tutor.id, onDay(4, 14, 15)));
    expect((await lines()).slice(1, 4)).toEqual([
      '14 rule calendar_busy buffer cap',
      '15 rule booked',
      '16 rule time_off cap',
    ]);
    await s.hear(one.canceled());
    await tutor.comeBack(body.time_off_id);
    expect((await lines()).slice(1, 4)).toEqual(['14 rule calendar_busy', '15 rule', '16 rule']);
  });

  it('no longer counts a hold that ran out, though nobody has said so', async () => {
    await s.hear(lesson(tutor.id, onDay(4, 15, 16)).held(new Date(s.clock.now().getTime() + 600_000).toISOString()));
    expect(await lines()).toContain('15 rule held');
    s.clock.advance(10);
    expect(await lines()).toContain('15 rule');
  });

  it('keeps a lesson’s buffers when the tutor changes theirs', async () => {
    await tutor.change({ timezone: 'Europe/Kyiv', buffer_before_minutes: 10 });
    const one = lesson(tutor.id, onDay(4, 15, 16));
    await s.hear(one.held());
    await tutor.change({ timezone: 'Europe/Kyiv', buffer_before_minutes: 0 });
    await s.hear(one.confirmed());
    expect((await lines()).slice(1, 4)).toEqual(['14 rule buffer', '15 rule booked', '16 rule']);
  });

  it('gives a lesson that is moved its new time, with the buffers of now', async () => {
    await tutor.change({ timezone: 'Europe/Kyiv', buffer_before_minutes: 10 });
    const one = lesson(tutor.id, onDay(4, 14, 15));
    await s.hear(one.pending());
    expect((await lines()).slice(1, 4)).toEqual(['14 rule booked', '15 rule buffer', '16 rule']);
    await tutor.change({ timezone: 'Europe/Kyiv', buffer_before_minutes: 0 });
    await s.hear(one.moved(onDay(4, 16, 17)));
    expect((await lines()).slice(1, 4)).toEqual(['14 rule', '15 rule', '16 rule booked']);
  });

  it('counts the lessons of the whole week, before and after', async () => {
    await tutor.change({ timezone: 'Europe/Kyiv', maximum_lessons_per_week: 1 });
    const [monday, wednesday] = [lesson(tutor.id, onDay(4, 15, 16)), lesson(tutor.id, onDay(6, 15, 16))];
    await s.hear(monday.held(), monday.confirmed());
    expect(await lines(`start=${instant(6, 14)}&end=${instant(6, 17)}`)).toEqual([
      '14 rule cap',
      '15 rule cap',
      '16 rule cap',
    ]);
    expect(await lines(`start=${instant(11, 14)}&end=${instant(11, 15)}`)).toEqual(['14 rule']);
    await s.hear(monday.canceled(), wednesday.held());
    expect((await lines()).slice(1, 4)).toEqual(['14 rule cap', '15 rule cap', '16 rule cap']);
  });

  it('counts a group as full with its last seat only', async () => {
    await tutor.change({ timezone: 'Europe/Kyiv', capacity: 2 });
    const [first, second] = [lesson(tutor.id, onDay(4, 15, 16)), lesson(tutor.id, onDay(4, 15, 16))];
    await s.hear(first.held(), first.confirmed());
    expect(await lines()).toContain('15 rule');
    await s.hear(second.held());
    expect(await lines()).toContain('15 rule held');
    await s.hear(second.confirmed());
    expect(await lines()).toContain('15 rule booked');
  });

  it('says what has begun, what is too soon, and what nobody has been told of yet', async () => {
    s.clock.advance(3 * DAY + 5 * 60 + 30); // 14:30 on Monday
    expect((await lines()).slice(1, 4)).toEqual(['14 rule started', '15 rule notice', '16 rule notice']);
    const beyond = 'start=2030-04-29T12:00:00Z&end=2030-04-29T15:00:00Z';
    expect((await lines(beyond))[1]).toBe('13 rule beyond_horizon');
    await (await s.nightlyJob()).extend();
    expect((await lines(beyond))[1]).toBe('13 rule');
  });

  it('says until when booking was heard, while the service catches up', async () => {
    const one = lesson(tutor.id, onDay(4, 15, 16));
    await s.log.pause('availability.taken');
    await s.state(one.held());
    const behind = await explained();
    expect(behind.as_of < s.clock.now().toISOString()).toBe(true);
    expect(behind.items[2]).toMatchObject({ is_bookable: true });
    await s.log.resume('availability.taken');
    await s.hear(one.confirmed());
    await until('all is heard', async () => (await explained()).as_of === s.clock.now().toISOString());
    expect((await explained()).items[2]).toMatchObject({ reasons: ['booked'] });
  });

  it('is for the tutor and for an admin, and names nobody', async () => {
    await s.hear(lesson(tutor.id, onDay(4, 15, 16)).confirmed());
    const [admin, other, student] = [
      await s.tutor({ roles: ['admin'] }),
      await s.tutor(),
      await s.tutor({ roles: ['student'] }),
    ];
    expect((await explained(MONDAY, admin)).items).toEqual((await explained()).items);
    expect(await other.explain(tutor.id, MONDAY)).toMatchObject({
      status: 403,
      body: { code: 'explained_to_tutor_only' },
    });
    expect(await student.explain(tutor.id, MONDAY)).toMatchObject({ status: 403, body: { code: 'role_missing' } });
    const [item] = (await explained()).items;
    expect(Object.keys(item!).toSorted()).toEqual(['end_at', 'is_bookable', 'offered_by', 'reasons', 'start_at']);
  });

  it('is one of nothing offered for somebody who offers nothing', async () => {
    const nobody = newId<PersonId>();
    const { body } = await (await s.tutor({ roles: ['admin'] })).explain(nobody, MONDAY);
    expect(body.items).toHaveLength(5);
    for (const item of body.items) expect(item).toMatchObject({ reasons: ['not_offered', 'beyond_horizon'] });
  });

  it.each([
    ['start=2030-03-04T13:00:00Z', 400, 'malformed_request'],
    ['start=2030-03-04&end=2030-03-05', 400, 'malformed_request'],
    ['start=2030-02-30T00:00:00Z&end=2030-03-05T00:00:00Z', 400, 'malformed_request'],
    [`${MONDAY}&start=2030-03-04T13:00:00Z`, 400, 'malformed_request'],
    [`${MONDAY}&tutor=1`, 400, 'malformed_request'],
    ['start=2030-03-04T13:00:00Z&end=2030-03-04T13:00:00Z', 422, 'range_backwards'],
    ['start=2030-03-04T13:00:00Z&end=2030-04-04T13:00:01Z', 422, 'range_too_long'],
    ['start=2099-12-31T13:00:00Z&end=2099-12-31T23:59:59Z', 200, undefined],
    ['start=1970-01-01T00:00:00Z&end=1970-01-02T00:00:00Z', 200, undefined],
    ['start=2030-03-04T13:00:00%2B02:00&end=2030-04-04T13:00:00%2B02:00', 200, undefined],
  ])('answers %s with %i %s', async (query, status, code) => {
    const answer = await tutor.explain(tutor.id, query);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });

  it('knows a tutor by a UUID only', async () => {
    expect(await tutor.explain('me', MONDAY)).toMatchObject({ status: 400, body: { code: 'malformed_request' } });
  });
});

/** One reading of somebody's calendars. */
const busy = (of: PersonId, at: { start_at: string; end_at: string }) =>
  CalendarBusyChanged.of<CalendarBusyChanged>({
    user_id: of,
    version: 1,
    window_start: instant(1, 0),
    window_end: instant(32, 0),
    busy: [at],
  });
