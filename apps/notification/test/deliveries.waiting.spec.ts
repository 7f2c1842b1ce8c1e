import { lesson } from './booking-says.ts';
import { type Scenario, scenario } from './scenario.ts';

const nextWeek = { start_at: '2030-03-08T12:00:00.000Z', end_at: '2030-03-08T13:00:00.000Z' };

describe('a message', () => {
  let s: Scenario;
  beforeEach(async () => {
    s = await scenario();
  });
  afterEach(() => s.end());

  it('waits for a recipient who is not known yet, and no try counts until then', async () => {
    const booked = lesson(nextWeek);
    const worker = s.worker();
    await s.confirm(booked);
    for (let hour = 0; hour < 12; hour++) {
      await s.work(worker);
      s.clock.advance(60);
    }
    expect(await s.states(booked)).toEqual({ 'confirmed planned': 2 });
    expect((await s.ledger(booked)).map(({ attempts }) => attempts)).toEqual([0, 0]);
    await s.meetBoth(booked);
    await s.work(worker);
    expect(await s.states(booked)).toEqual({ 'confirmed sent': 2 });
  });

  it('waits for the address of a recipient who has none', async () => {
    const booked = lesson(nextWeek);
    const worker = s.worker();
    await s.meet(booked.student_id, { email: null });
    await s.confirm(booked);
    await s.work(worker);
    await s.meet(booked.student_id, { version: 2 });
    s.clock.advance(1);
    await s.work(worker);
    expect(await s.states(booked)).toEqual({ 'confirmed sent': 1, 'confirmed planned': 1 });
  });

  it('is given up when its recipient is unknown for a day', async () => {
    const booked = lesson(nextWeek);
    await s.confirm(booked);
    s.clock.advance(24 * 60);
    await s.work(s.worker());
    expect(await s.states(booked)).toEqual({ 'confirmed failed': 2 });
    expect((await s.ledger(booked))[0]!.last_error).toBe('24 hours: nobody has told of the recipient yet');
  });

  it('whose worker died is taken over when the lease ends, not before', async () => {
    const booked = lesson();
    await s.meetBoth(booked);
    await s.confirm(booked);
    expect(await s.worker().take(20)).toHaveLength(2);
    const heir = s.worker();
    s.clock.advance(0.66);
    expect(await s.work(heir)).toBe(0);
    s.clock.advance(0.01);
    expect(await s.work(heir)).toBe(2);
    expect(await s.states(booked)).toEqual({ 'confirmed sent': 2 });
  });

  it('stays sent when a worker that was thought dead fails with it later', async () => {
    const booked = lesson();
    await s.meetBoth(booked);
    await s.confirm(booked);
    const [late, heir] = [s.worker(), s.worker()];
    const taken = await late.take(20);
    s.clock.advance(1);
    const again = await heir.take(20);
    s.smtp.conduct = () => 550;
    await Promise.all(taken.map((delivery) => late.deliver(delivery)));
    expect(await s.states(booked)).toEqual({ 'confirmed working': 2 });
    s.smtp.conduct = () => 'take';
    await Promise.all(again.map((delivery) => heir.deliver(delivery)));
    expect(await s.states(booked)).toEqual({ 'confirmed sent': 2 });
  });

  it('is skipped when the lesson has ended before it could be sent', async () => {
    const booked = lesson();
    await s.confirm(booked);
    s.clock.advance(4 * 60);
    await s.work(s.worker());
    expect(await s.states(booked)).toEqual({ 'confirmed skipped': 2 });
  });
});
