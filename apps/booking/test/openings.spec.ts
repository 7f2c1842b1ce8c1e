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
    await s.offer(newer);
    await s.offer(older);
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

  it('wait for nobody who has locked rows that are equal', async () => {
    const tutor = s.person();
    await s.publish(tutor, { starts: [at(12), at(13)] });
    const runner = s.source.createQueryRunner();
    await runner.startTransaction();
    await runner.query('select 1 from slots where tutor_id = $1 for update', [tutor]);
    await s.publish(tutor, { starts: [at(12), at(13), at(14)] });
    await runner.rollbackTransaction();
    await runner.release();
    expect(await starts(tutor)).toEqual([at(12), at(13), at(14)]);
  });

  it('make one slot of a start that they name twice', async () => {
    const tutor = s.person();
    const twice = s.publication(tutor, { starts: [at(12), at(12), at(13)] });
    await s.offer({ ...twice, openings: [...twice.openings, ...twice.openings] });
    expect(await starts(tutor)).toEqual([at(12), at(13)]);
  });

  it('speak of no start before the instant that they name', async () => {
    const tutor = s.person();
    await s.publish(tutor, { starts: [at(10), at(12)] });
    const later = s.publication(tutor, { starts: [at(10), at(13)], price: 9900 });
    await s.offer({ ...later, from_at: at(11) });
    expect((await s.listed(tutor)).map(({ startAt, priceCents }) => [startAt.toISOString(), priceCents])).toEqual([
      [at(10), 2500],
      [at(13), 9900],
    ]);
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

  it('leave a booked slot its length and price also when it was not offered in between', async () => {
    const tutor = s.person();
    const slot = await s.slot({ tutor });
    const booking = await s.book(slot);
    await s.publish(tutor, { starts: [] });
    await s.publish(tutor, { minutes: 45, price: 9900, capacity: 2 });
    const row = 'select end_at, price_cents, capacity, offered, status from slots where id = $1';
    expect(await s.source.query(row, [slot])).toEqual([
      { end_at: new Date(at(13)), price_cents: 2500, capacity: 1, offered: true, status: 'booked' },
    ]);

    await s.cancel(booking.studentId, booking.id);
    await s.publish(tutor, { minutes: 45, price: 9900, capacity: 2 });
    expect(await s.source.query(row, [slot])).toEqual([
      { end_at: new Date(at(12, 45)), price_cents: 9900, capacity: 2, offered: true, status: 'open' },
    ]);
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

  it('give a slot that was taken the terms that its tutor wants by then, when it is given back', async () => {
    const tutor = s.person();
    const slot = await s.slot({ tutor, starts: [at(12)] });
    const booking = await s.book(slot);
    await s.publish(tutor, { starts: [at(12), at(12, 30)], minutes: 30, price: 9900, capacity: 2 });
    await s.publish(tutor, { starts: [at(12), at(12, 30)], minutes: 30, price: 8000, capacity: 2 });
    const read = 'select start_at, end_at, price_cents, capacity from slots where id = $1';
    expect(await s.source.query(read, [slot])).toMatchObject([{ end_at: new Date(at(13)), price_cents: 2500 }]);
    await s.cancel(booking.studentId, booking.id);
    expect(
      (await s.listed(tutor)).map(({ endAt, priceCents, seatsLeft }) => [endAt.toISOString(), priceCents, seatsLeft]),
    ).toEqual([
      [at(12, 30), 8000, 2],
      [at(13), 8000, 2],
    ]);
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
