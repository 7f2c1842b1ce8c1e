import { CalendarBusyChanged } from '@scheduling/contracts';
import { type Lesson, lesson } from './booking-says.ts';
import { instant, onDay, type Scenario, scenario, type Tutor } from './scenario.ts';

const once = (day: number, from: number, until: number) => ({ ...onDay(day, from, until), is_recurring: false });

describe('the booked lessons that a tutor does not offer any more', () => {
  let s: Scenario;
  let tutor: Tutor;
  let monday: Lesson;
  let tuesday: Lesson;
  let block: string;
  beforeAll(async () => {
    s = await scenario();
  });
  beforeEach(async () => {
    tutor = await s.tutor();
    [monday, tuesday] = [lesson(tutor.id, onDay(4, 10, 11)), lesson(tutor.id, onDay(5, 10, 11))];
    block = (await tutor.offer(once(4, 9, 12))).body.availability_id;
    await tutor.offer(once(5, 9, 12));
    await s.hear(monday.confirmed(), tuesday.confirmed());
  });
  afterAll(() => s.end());

  const listed = async () => (await tutor.conflicts()).body.items;
  const onMonday = (...against: object[]) => ({ kind: 'booking', id: monday.id, ...onDay(4, 10, 11), against });

  it('are none at first', async () => {
    expect(await tutor.conflicts()).toMatchObject({ status: 200, body: { items: [], next_cursor: null } });
  });

  it('are those in time off, until the tutor comes back', async () => {
    const { body } = await tutor.takeOff(onDay(4, 10, 20));
    expect(await listed()).toEqual([onMonday({ kind: 'time_off', id: body.time_off_id, ...onDay(4, 10, 20) })]);
    await tutor.comeBack(body.time_off_id);
    expect(await listed()).toEqual([]);
  });

  it('are those on a day off, and in busy time, with all that is against them', async () => {
    const off = await tutor.override('2030-03-04', { timezone: 'UTC', mode: 'instead', hours: [] });
    const [window_start, window_end] = [instant(1, 0), instant(30, 0)];
    const busy = { user_id: tutor.id, version: 1, window_start, window_end, busy: [onDay(4, 10, 11)] };
    await s.hear(CalendarBusyChanged.of<CalendarBusyChanged>(busy));
    const day = { kind: 'availability', id: off.body.override_id, ...onDay(4, 0, 24) };
    expect(await listed()).toEqual([onMonday(day, { kind: 'busy', id: expect.any(String), ...onDay(4, 10, 11) })]);
  });

  it('are those whose availability is gone, the soonest first, until they are canceled or over', async () => {
    for (const { availability_id: id } of (await tutor.blocks()).body.items) await tutor.withdraw(id!);
    expect(await listed()).toEqual([onMonday(), { kind: 'booking', id: tuesday.id, ...onDay(5, 10, 11), against: [] }]);
    await s.hear(tuesday.canceled());
    expect(await listed()).toEqual([onMonday()]);
    s.clock.advance(3 * 24 * 60 + 2 * 60); // 4 March, 11:00
    expect(await listed()).toEqual([]);
    s.clock.advance(-3 * 24 * 60 - 2 * 60);
  });

  it('are those that were moved to where nothing is offered, and no longer where they were', async () => {
    await tutor.withdraw(block);
    expect(await listed()).toEqual([onMonday()]);
    await s.hear(monday.moved(onDay(5, 11, 12)));
    expect(await listed()).toEqual([]);
    await s.hear(tuesday.moved(onDay(6, 11, 12)));
    expect(await listed()).toEqual([{ kind: 'booking', id: tuesday.id, ...onDay(6, 11, 12), against: [] }]);
  });

  it('are none that have begun, as no start that has passed is offered', async () => {
    s.clock.advance(3 * 24 * 60 + 90); // 4 March, 10:30
    expect(await listed()).toEqual([]);
    s.clock.advance(-3 * 24 * 60 - 90);
  });

  it('are those at whose start nothing begins any more', async () => {
    await tutor.edit(block, { start_at: '2030-03-04T09:30:00Z', end_at: '2030-03-04T12:30:00Z' });
    expect(await listed()).toEqual([onMonday()]);
    await tutor.change({ lesson_minutes: 30 });
    expect(await listed()).toEqual([]);
  });

  it('are not those beyond a horizon that has come nearer', async () => {
    await tutor.change({ horizon_days: 1 });
    expect(await listed()).toEqual([]);
  });

  it('are each tutor’s own', async () => {
    await tutor.takeOff(onDay(4, 0, 24));
    expect((await (await s.tutor()).conflicts()).body.items).toEqual([]);
  });
});

describe('new availability that must not be merged', () => {
  let s: Scenario;
  beforeAll(async () => {
    s = await scenario();
  });
  afterAll(() => s.end());

  it('is refused by the availability that it overlaps, with nothing kept', async () => {
    const tutor = await s.tutor();
    const older = await tutor.offer(once(4, 10, 12));
    const before = await s.everything();
    const answer = await tutor.offer({ ...once(4, 11, 13), on_conflict: 'refuse' }, { 'idempotency-key': 'r-1' });
    expect(answer).toMatchObject({
      status: 409,
      body: {
        code: 'availability_overlaps',
        conflicts: [{ kind: 'availability', id: older.body.availability_id, ...onDay(4, 11, 12) }],
      },
    });
    expect(await s.everything()).toEqual(before);
  });

  it('is kept beside it, and over time off and a booked lesson', async () => {
    const tutor = await s.tutor();
    await tutor.offer(once(4, 10, 12));
    await tutor.takeOff(onDay(4, 12, 13));
    await s.hear(lesson(tutor.id, onDay(4, 13, 14)).confirmed());
    const answer = await tutor.offer({ ...once(4, 12, 14), on_conflict: 'refuse' });
    expect(answer).toMatchObject({ status: 201, body: { conflicts: [{ kind: 'time_off' }, { kind: 'booking' }] } });
  });

  it('is held against what is there when it begins, beyond the horizon', async () => {
    const tutor = await s.tutor();
    const june = { start_at: '2030-06-03T10:00:00.000Z', end_at: '2030-06-03T11:00:00.000Z' };
    const older = await tutor.offer({ ...june, is_recurring: false });
    const newer = await tutor.offer({ ...june, is_recurring: false });
    const named = { kind: 'availability', id: older.body.availability_id, ...june };
    expect(newer.body).toMatchObject({ slots: { count: 0 }, conflicts: [named] });
    expect(await tutor.offer({ ...june, is_recurring: false, on_conflict: 'refuse' })).toMatchObject({ status: 409 });
  });

  it('is kept once when two overlapping ones come at once', async () => {
    const tutor = await s.tutor();
    const both = await Promise.all(
      [10, 11].map((hour) => tutor.offer({ ...once(4, hour, 13), on_conflict: 'refuse' })),
    );
    expect(both.map(({ status }) => status).toSorted()).toEqual([201, 409]);
    expect((await tutor.blocks()).body.items).toHaveLength(1);
  });
});
