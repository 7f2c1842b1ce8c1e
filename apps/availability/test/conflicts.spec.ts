import { lesson } from './booking-says.ts';
import { instant, onDay, RULE, type Scenario, scenario, type Tutor } from './scenario.ts';

const once = (day: number, from: number, until: number) => ({ ...onDay(day, from, until), is_recurring: false });

describe('what a tutor enters over something else', () => {
  let s: Scenario;
  let tutor: Tutor;
  beforeAll(async () => {
    s = await scenario();
  });
  beforeEach(async () => {
    tutor = await s.tutor();
  });
  afterAll(() => s.end());

  it('is kept, and a booked lesson in time off is named and stays', async () => {
    await tutor.offer();
    const [first, second] = [lesson(tutor.id, onDay(4, 14, 15)), lesson(tutor.id, onDay(4, 16, 17))];
    await s.hear(second.confirmed(), first.held(), first.confirmed());

    const answer = await tutor.takeOff(onDay(4, 0, 24));
    expect(answer).toMatchObject({ status: 201, body: onDay(4, 0, 24) });
    expect(answer.body.conflicts).toEqual([
      { kind: 'booking', id: first.id, ...onDay(4, 14, 15) },
      { kind: 'booking', id: second.id, ...onDay(4, 16, 17) },
    ]);
    // It stays booked: whatever the tutor enters over it next is told so again.
    expect((await tutor.takeOff(onDay(4, 14, 15))).body.conflicts).toMatchObject([{ id: first.id }]);
  });

  it('does not meet a lesson that was canceled, one that is only held, or another tutor’s', async () => {
    const [gone, held] = [lesson(tutor.id, onDay(4, 14, 15)), lesson(tutor.id, onDay(4, 15, 16))];
    const theirs = lesson((await s.tutor()).id, onDay(4, 16, 17));
    await s.hear(gone.confirmed(), gone.canceled(), held.held(), theirs.confirmed());
    expect((await tutor.takeOff(onDay(4, 0, 24))).body.conflicts).toEqual([]);
  });

  it('does not meet what ends where it begins, or begins where it ends', async () => {
    await tutor.offer(once(4, 10, 11));
    await s.hear(lesson(tutor.id, onDay(4, 13, 14)).confirmed());
    expect((await tutor.takeOff(onDay(4, 11, 13))).body.conflicts).toEqual([]);
    expect((await tutor.offer(once(4, 11, 13))).body.conflicts).toMatchObject([{ kind: 'time_off' }]);
    expect((await tutor.offer(once(4, 14, 15))).body.conflicts).toEqual([]);
  });

  it('names the other availability, and lets each start be wanted once', async () => {
    const older = await tutor.offer();
    const newer = await tutor.offer(once(4, 13, 16));
    expect(newer).toMatchObject({ status: 201, body: { slots: { count: 3, first_start_at: instant(4, 13) } } });
    expect(newer.body.conflicts).toEqual([
      { kind: 'availability', id: older.body.availability_id, ...onDay(4, 14, 15) },
      { kind: 'availability', id: older.body.availability_id, ...onDay(4, 15, 16) },
    ]);
    const starts = await s.starts(tutor.id);
    expect(starts).toHaveLength(49);
    expect(starts.slice(0, 4)).toEqual([instant(4, 13), instant(4, 14), instant(4, 15), instant(4, 16)]);
  });

  it('names time off and a booked lesson under new availability, the soonest first, and opens nothing in time off', async () => {
    const booked = lesson(tutor.id, onDay(6, 15, 16));
    await s.hear(booked.confirmed());
    const off = await tutor.takeOff(onDay(4, 15, 20));
    const answer = await tutor.offer(RULE);
    expect(answer.body.slots).toMatchObject({ count: 46, first_start_at: instant(4, 14) });
    expect(answer.body.conflicts).toEqual([
      { kind: 'time_off', id: off.body.time_off_id, ...onDay(4, 15, 20) },
      { kind: 'booking', id: booked.id, ...onDay(6, 15, 16) },
    ]);
    expect((await s.starts(tutor.id)).slice(0, 2)).toEqual([instant(4, 14), instant(6, 14)]);
  });

  it('names the soonest fifty of many', async () => {
    const daily = { ...RULE, rrule_string: 'FREQ=DAILY;BYHOUR=16,17' };
    await tutor.offer(daily);
    const { conflicts } = (await tutor.offer(daily)).body;
    expect(conflicts).toHaveLength(50);
    expect(conflicts[0]).toMatchObject(onDay(4, 14, 15));
    expect(conflicts[49]).toMatchObject({ start_at: instant(28, 15) });
  });
});
