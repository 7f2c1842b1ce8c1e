import type { PersonId } from '@scheduling/domain';
import { rush, until } from '@scheduling/testing';
import { FRIDAYS, type SeriesScenario, seriesScenario } from './series.scenario.ts';

/** The horizon of the first night lies behind the second Friday, that of the next behind the third. */
const [NEAR, FAR] = ['2030-03-16T00:00:00.000Z', '2030-03-23T00:00:00.000Z'];
const [TWO, THREE] = [FRIDAYS.slice(0, 2), FRIDAYS.slice(0, 3)];

describe('a series that goes beyond its tutor’s horizon', () => {
  let s: SeriesScenario;
  beforeEach(async () => (s = await seriesScenario()));
  afterEach(() => s.end());

  /** A student with a series of three dates, of which the last lies beyond. */
  const planned = async (student = s.person(), offer: { capacity?: number } = {}) => {
    const { tutor, slot } = await s.teach({ starts: TWO, horizon: NEAR, ...offer });
    const series = await s.make(student, slot, { ends: { count: 3 }, onConflict: 'skip' });
    return { tutor, slot, student, series };
  };
  const third = async (tutor: PersonId) => (await s.slotsOf(tutor))[2]!;

  it('plans what its tutor does not offer yet', async () => {
    const { tutor, slot, series } = await planned();
    const other = await s.teach({ starts: TWO, horizon: NEAR });
    expect((await s.preview(s.person(), other.slot, { ends: { count: 3 } }))[2]).toBe('beyond_horizon');
    expect(await s.listed(tutor)).toEqual([]);
    expect(await s.preview(s.person(), slot, { ends: { count: 3 } })).toEqual([
      'conflict: slot_booked',
      'conflict: slot_booked',
      'conflict: slot_planned',
    ]);
    expect(await s.outcomes(series)).toEqual(['pending_payment', 'pending_payment', 'planned']);
  });

  it('has the slot reserved in the transaction that makes it, and booked right after', async () => {
    const { tutor, series } = await planned();
    const night = s.pause();
    await s.teach({ tutor, starts: THREE, horizon: FAR });
    expect(await s.taken(await third(tutor))).toEqual(['series, nobody']);
    expect(await s.listed(tutor)).toEqual([]);
    await expect(s.hold(s.person(), await third(tutor))).rejects.toMatchObject({ code: 'slot_held' });
    night.resume();
    await s.minute();
    expect(await s.outcomes(series)).toEqual(['pending_payment', 'pending_payment', 'pending_payment']);
    expect(await s.announced(await third(tutor))).toEqual(['SlotHeld', 'BookingPendingPayment']);
    expect(await s.taken(await third(tutor))).toEqual(['pending_payment']);
  });

  it('is reserved again where nobody came to book it in time', async () => {
    const { tutor, series } = await planned();
    const night = s.pause();
    await s.teach({ tutor, starts: THREE, horizon: FAR });
    s.clock.advance(16);
    await s.holds.sweep();
    expect(await s.taken(await third(tutor))).toEqual(['series, nobody']);
    night.resume();
    await s.minute();
    expect((await s.outcomes(series))[2]).toBe('pending_payment');
  });

  it('never leaves a new slot to a bystander who asks all the time', async () => {
    const { tutor, series } = await planned();
    const seen: unknown[] = [];
    const polling = { isOver: false };
    let asked = 0;
    const bystander = async () => {
      while (!polling.isOver) {
        const slots = (await s.listed(tutor)).filter(({ startAt }) => startAt >= new Date(FRIDAYS[2]!));
        const { won } = await rush(slots.length, (i) => s.hold(s.person(), slots[i]!.id));
        const third = (await s.slotsOf(tutor))[2];
        const held = third ? await rush(1, () => s.hold(s.person(), third)) : { won: [] };
        seen.push(...slots, ...won, ...held.won);
        asked++;
      }
    };
    const bystanders = Array.from({ length: 6 }, bystander);
    const askedMore = (times: number) => until('the bystanders asked more', () => asked > times);
    try {
      await askedMore(6);
      await s.teach({ tutor, starts: THREE, horizon: FAR });
      await askedMore(asked + 12);
      await s.settle();
      await askedMore(asked + 12);
    } finally {
      polling.isOver = true;
      await Promise.all(bystanders);
    }
    expect(seen).toEqual([]);
    expect((await s.outcomes(series))[2]).toBe('pending_payment');
  });

  it('leaves out a date at which the student is busy meanwhile, and the slot is everyone’s', async () => {
    const { tutor, student, series } = await planned();
    await s.book(await s.slot({ starts: [FRIDAYS[2]!] }), student);
    await s.teach({ tutor, starts: THREE, horizon: FAR });
    await s.settle();
    expect((await s.outcomes(series))[2]).toBe('skipped: student_busy');
    expect(await s.listed(tutor)).toHaveLength(1);
    expect(await s.announced(await third(tutor))).toEqual(['SlotReleased']);
  });

  it('leaves out a date that has become dearer than what was agreed to', async () => {
    const { tutor, series } = await planned();
    await s.teach({ tutor, starts: THREE, horizon: FAR, price: 2501 });
    await s.settle();
    expect((await s.outcomes(series))[2]).toBe('skipped: price_rose');
    expect(await s.listed(tutor)).toHaveLength(1);
  });

  it('leaves no date to another that wants the same slot, who hears of it at once', async () => {
    const { tutor } = await planned();
    const { slot } = await s.teach({ tutor, starts: [...TWO, '2030-03-08T15:00:00.000Z'], horizon: NEAR });
    const [, beside] = await s.slotsOf(tutor);
    const asked = { ends: { count: 3 }, onConflict: 'skip' } as const;
    expect((await s.preview(s.person(), slot, asked))[2]).toBe('conflict: slot_planned');
    expect(await s.preview(s.person(), beside!, asked)).not.toContain('conflict: slot_planned');
  });

  it('comes before a later one where there are fewer seats than there were, and after it if canceled', async () => {
    const { tutor, slot, student, series } = await planned(s.person(), { capacity: 2 });
    const other = await s.make(s.person(), slot, { ends: { count: 3 } });
    await s.teach({ tutor, starts: THREE, horizon: FAR });
    await s.settle();
    expect((await s.outcomes(series))[2]).toBe('pending_payment');
    expect((await s.outcomes(other))[2]).toBe('planned');
    const [, , booked] = s.lessons(await s.find(student, series.series_id));
    await s.cancel(student, booked!);
    await s.settle();
    expect((await s.outcomes(other))[2]).toBe('pending_payment');
  });

  it('shares a slot with another where there are seats', async () => {
    const { tutor, slot, series } = await planned(s.person(), { capacity: 2 });
    const other = await s.make(s.person(), slot, { ends: { count: 3 } });
    await s.teach({ tutor, starts: THREE, horizon: FAR, capacity: 2 });
    await s.settle();
    expect((await s.outcomes(series))[2]).toBe('pending_payment');
    expect((await s.outcomes(other))[2]).toBe('pending_payment');
  });

  it('has a slot that only the tutor’s other lesson kept from it, once that is off', async () => {
    const { tutor, series } = await planned();
    const beside = '2030-03-22T11:30:00.000Z';
    await s.teach({ tutor, starts: [...TWO, beside], horizon: NEAR });
    const booking = await s.book((await s.slotsOf(tutor))[2]!);
    await s.teach({ tutor, starts: [...THREE, beside], horizon: FAR });
    await s.settle();
    expect((await s.outcomes(series))[2]).toBe('planned');
    const night = s.pause();
    await s.cancel(booking.studentId, booking.id);
    expect(await s.taken((await s.slotsOf(tutor))[3]!)).toEqual(['series, nobody']);
    night.resume();
    await s.minute();
    expect((await s.outcomes(series))[2]).toBe('pending_payment');
  });

  it('has a slot that only a cap of the tutor’s kept from it, a minute after that is gone', async () => {
    const { tutor, series } = await planned();
    const offer = { starts: [...THREE, '2030-03-21T12:00:00.000Z'], horizon: FAR };
    await s.teach({ tutor, starts: [...TWO, '2030-03-21T12:00:00.000Z'], horizon: NEAR });
    await s.book((await s.slotsOf(tutor))[2]!);
    await s.teach({ tutor, ...offer, terms: { maximum_lessons_per_week: 1 } });
    await s.minute();
    expect((await s.outcomes(series))[2]).toBe('planned');
    await s.teach({ tutor, ...offer });
    await s.minute();
    expect((await s.outcomes(series))[2]).toBe('pending_payment');
  });

  it('tells of a date that its tutor never offered, once their notice has begun', async () => {
    const { tutor, series } = await planned();
    const terms = { minimum_notice_minutes: 120 };
    await s.teach({ tutor, starts: [...TWO, '2030-03-22T15:00:00.000Z'], horizon: FAR, terms });
    s.goTo('2030-03-22T10:00:00Z');
    expect((await s.outcomes(series))[2]).toBe('planned');
    s.goTo('2030-03-22T10:00:00.001Z');
    expect((await s.outcomes(series))[2]).toBe('not_offered');
    await s.teach({ tutor, starts: THREE.slice(2), horizon: FAR, terms });
    await s.settle();
    expect(await s.taken((await s.slotsOf(tutor)).at(-2)!)).toEqual([]);
  });

  it('is not booked any further once it is canceled, also while a seat is reserved for it', async () => {
    const { tutor, student, series } = await planned();
    const night = s.pause();
    await s.teach({ tutor, starts: THREE, horizon: FAR });
    await s.cancelSeries(student, series.series_id, { scope: 'all' });
    night.resume();
    await s.minute();
    expect(await s.outcomes(series)).toEqual(['canceled', 'canceled', 'canceled']);
    expect(await s.listed(tutor)).toHaveLength(3);
  });

  it('comes back to what a nearer horizon had taken away', async () => {
    const { tutor, slot } = await s.teach({ starts: THREE, horizon: FAR });
    await s.teach({ tutor, starts: TWO, horizon: NEAR });
    const series = await s.make(s.person(), slot, { ends: { count: 3 } });
    expect((await s.outcomes(series))[2]).toBe('planned');
    await s.teach({ tutor, starts: THREE, horizon: FAR });
    await s.settle();
    expect((await s.outcomes(series))[2]).toBe('pending_payment');
  });
});
