import { SlotBooked, SlotClosed } from '../src/holds/holds.errors.ts';
import { type Scenario, scenario } from './scenario.ts';

const at = (hour: number, minute = 0) => new Date(Date.UTC(2030, 2, 1, hour, minute)).toISOString();

describe('published openings', () => {
  let s: Scenario;
  beforeAll(async () => {
    s = await scenario();
  });
  afterAll(() => s.end());

  const starts = async (tutor: Parameters<Scenario['listed']>[0]) =>
    (await s.listed(tutor)).map(({ startAt }) => startAt.toISOString());

  it('go on offer and replace the ones before', async () => {
    const tutor = s.person();
    await s.publish(tutor, { starts: [at(12), at(13)] });
    const [noon] = await s.listed(tutor);
    await s.publish(tutor, { starts: [at(13), at(18)] });
    expect(await starts(tutor)).toEqual([at(13), at(18)]);
    await expect(s.hold(s.person(), noon!.id)).rejects.toThrow(SlotClosed);
  });

  it('revive a slot under its old id', async () => {
    const tutor = s.person();
    const slot = await s.slot({ tutor });
    await s.publish(tutor, { starts: [] });
    expect(await s.status(slot)).toBe('closed');
    await s.publish(tutor, {});
    expect((await s.listed(tutor)).map(({ id }) => id)).toEqual([slot]);
  });

  it('change nothing when newer ones came first', async () => {
    const tutor = s.person();
    const [older, newer] = [s.publication(tutor, { starts: [at(12)] }), s.publication(tutor, { starts: [at(15)] })];
    await s.db.transaction((tx) => s.slots.offer(tx, newer));
    await s.db.transaction((tx) => s.slots.offer(tx, older));
    expect(await starts(tutor)).toEqual([at(15)]);
  });

  it('touch only rows that differ', async () => {
    const tutor = s.person();
    await s.publish(tutor, { starts: [at(12), at(13)] });
    const rows = () =>
      s.source.query('select xmin, start_at from slots where tutor_id = $1 order by start_at', [tutor]);
    const before = await rows();
    await s.publish(tutor, { starts: [at(12), at(13)] });
    expect(await rows()).toEqual(before);
  });

  it('leave a booked and a held slot their hour, and list only what can be held', async () => {
    const tutor = s.person();
    await s.publish(tutor, { starts: [at(12), at(13), at(14), at(15)] });
    const [booked, held] = await s.listed(tutor);
    await s.book(booked!.id);
    await s.hold(s.person(), held!.id);

    await s.publish(tutor, { minutes: 45, starts: [at(12), at(12, 45), at(13, 30), at(14, 15), at(15)] });

    const kept = 'select start_at, end_at, status from slots where id = any($1) order by start_at';
    expect(await s.source.query(kept, [[booked!.id, held!.id]])).toEqual([
      { start_at: new Date(at(12)), end_at: new Date(at(13)), status: 'booked' },
      { start_at: new Date(at(13)), end_at: new Date(at(14)), status: 'held' },
    ]);
    expect(await starts(tutor)).toEqual([at(14, 15), at(15)]);
  });

  it('close a taken slot only when its lesson is given back', async () => {
    const tutor = s.person();
    const slot = await s.slot({ tutor });
    const booking = await s.book(slot);
    await s.publish(tutor, { starts: [] });
    expect(await s.status(slot)).toBe('booked');
    await expect(s.hold(s.person(), slot)).rejects.toThrow(SlotClosed);

    await s.cancel(booking.studentId, booking.id);
    expect(await s.status(slot)).toBe('closed');

    await s.publish(tutor, {});
    expect(await s.status(slot)).toBe('open');
  });

  it('keep a buffer free on either side of a lesson', async () => {
    const tutor = s.person();
    const terms = { buffer_before_minutes: 15, buffer_after_minutes: 15 };
    await s.publish(tutor, { starts: [at(12), at(13), at(13, 30)], terms });
    const [noon] = await s.listed(tutor);
    await s.book(noon!.id);
    expect(await starts(tutor)).toEqual([at(13, 30)]);
    await expect(s.hold(s.person(), noon!.id)).rejects.toThrow(SlotBooked);
  });

  it('list nothing within the notice', async () => {
    const tutor = s.person();
    await s.publish(tutor, { starts: [at(10), at(11), at(12)], terms: { minimum_notice_minutes: 120 } });
    expect(await starts(tutor)).toEqual([at(11), at(12)]);
  });
});
