import { Logger } from '@nestjs/common';
import { PlansService } from '../src/plans/plans.service.ts';
import { ReschedulesService } from '../src/reschedules/reschedules.service.ts';
import { SubscriptionsService } from '../src/subscriptions/subscriptions.service.ts';
import { FRIDAYS, type SeriesScenario, seriesScenario } from './series.scenario.ts';

/** Three days, and one day, before the first Friday. */
const [THREE_DAYS, ONE_DAY] = ['2030-03-05T12:00:00Z', '2030-03-07T12:00:00Z'];

describe('a lesson of a series', () => {
  let s: SeriesScenario;
  beforeEach(async () => (s = await seriesScenario()));
  afterEach(() => s.end());

  const made = async (student = s.person()) => {
    const { tutor, slot } = await s.teach();
    const series = await s.make(student, slot, { ends: { count: 2 } });
    return { tutor, slot, student, series };
  };

  it('is paid for three days before it starts, and not sooner', async () => {
    const { slot, student, series } = await made();
    await s.grant(student, 10_000);
    s.goTo('2030-03-05T11:59:59Z');
    expect(await s.charge()).toBe(0);
    s.goTo(THREE_DAYS);
    expect(await s.charge()).toBe(1);
    expect(await s.charge()).toBe(0);
    expect(await s.outcomes(series)).toEqual(['confirmed', 'pending_payment']);
    expect(await s.balance(student)).toBe(7500);
    expect(await s.announced(slot)).toEqual(['SlotHeld', 'BookingPendingPayment', 'BookingConfirmed']);
    const audit = await s.source.query(
      'select action, by, from_status, to_status from audit where booking_id = $1 order by id',
      [s.lessons(series)[0]],
    );
    expect(audit).toEqual([
      { action: 'booked', by: student, from_status: null, to_status: 'pending_payment' },
      { action: 'charged', by: null, from_status: 'pending_payment', to_status: 'confirmed' },
    ]);
  });

  it('is charged so many days ahead as the service is told', async () => {
    const early = await seriesScenario({ SERIES_CHARGE_DAYS: 7 });
    try {
      const { slot } = await early.teach();
      const student = early.person();
      await early.make(student, slot, { ends: { count: 2 } });
      await early.grant(student, 10_000);
      early.goTo('2030-03-01T12:00:00Z');
      expect(await early.charge()).toBe(1);
    } finally {
      await early.end();
    }
  });

  it('is told of once, and tried again each hour, where the money is short', async () => {
    const { slot, student, series } = await made();
    s.goTo(THREE_DAYS);
    expect(await s.charge()).toBe(0);
    const told = ['SlotHeld', 'BookingPendingPayment', 'PaymentFailed'];
    expect(await s.announced(slot)).toEqual(told);
    await s.grant(student, 10_000);
    s.clock.advance(59);
    expect(await s.charge()).toBe(0);
    s.clock.advance(1);
    expect(await s.charge()).toBe(1);
    expect(await s.announced(slot)).toEqual([...told, 'BookingConfirmed']);
    expect(await s.outcomes(series)).toEqual(['confirmed', 'pending_payment']);
  });

  it('is off a day before it starts where the money is still short, and its time is everyone’s', async () => {
    const { tutor, slot, series } = await made();
    s.goTo(THREE_DAYS);
    for (; s.clock.now() < new Date(ONE_DAY); s.clock.advance(60)) {
      await s.charge();
      expect(await s.outcomes(series)).toEqual(['pending_payment', 'pending_payment']);
    }
    await s.charge();
    expect(await s.outcomes(series)).toEqual(['canceled', 'pending_payment']);
    const [first, ...others] = (await s.statedOf(tutor)).filter(([name]) => name === 'PaymentFailed');
    expect(first![1]).toMatchObject({ code: 'not_enough_credit', status: 'pending_payment' });
    expect(others).toEqual([]);
    const [off] = (await s.statedOf(tutor)).filter(([name]) => name === 'BookingCanceled');
    expect(off![1]).toMatchObject({ slot_id: slot, cause: 'payment_failed', refunded_cents: 0, status: 'canceled' });
    expect(await s.taken(slot)).toEqual([]);
    expect((await s.listed(tutor)).map(({ id }) => id)).toContain(slot);
    expect(await s.source.query('select * from transfers where booking_id is not null')).toEqual([]);
  });

  it('is charged in time also where nobody looked for days', async () => {
    const { student, series } = await made();
    await s.grant(student, 2500);
    s.goTo('2030-03-08T11:00:00Z');
    expect(await s.charge()).toBe(1);
    expect(await s.outcomes(series)).toEqual(['confirmed', 'pending_payment']);
  });

  it('costs nothing once it has begun without being paid for', async () => {
    const { student, series } = await made();
    await s.grant(student, 2500);
    s.goTo('2030-03-08T12:00:00Z');
    expect(await s.charge()).toBe(0);
    expect(await s.outcomes(series)).toEqual(['canceled', 'pending_payment']);
    expect(await s.balance(student)).toBe(2500);
  });

  it('is charged once, however many look for it at a time', async () => {
    const { student } = await made();
    await s.grant(student, 10_000);
    s.goTo(THREE_DAYS);
    const charged = await Promise.all([s.charge(), s.charge(), s.charge(), s.charge()]);
    expect(charged.reduce((a, b) => a + b)).toBe(1);
    expect(await s.balance(student)).toBe(7500);
  });

  it('keeps none of the others from being charged where its own charge goes wrong', async () => {
    const [broken, fine] = [await made(), await made()];
    for (const { student } of [broken, fine]) await s.grant(student, 10_000);
    await s.source.query("update bookings set currency = 'xx' where series_id = $1", [broken.series.series_id]);
    const log = jest.spyOn(Logger.prototype, 'error').mockImplementation();
    s.goTo(THREE_DAYS);
    expect(await s.charge()).toBe(1);
    expect(log).toHaveBeenCalledTimes(1);
    log.mockRestore();
    expect((await s.outcomes(fine.series))[0]).toBe('confirmed');
  });

  it('of a free series needs no money', async () => {
    const { slot } = await s.teach({ price: 0 });
    const series = await s.make(s.person(), slot, { ends: { count: 2 } });
    s.goTo(THREE_DAYS);
    expect(await s.charge()).toBe(1);
    expect(await s.outcomes(series)).toEqual(['confirmed', 'pending_payment']);
  });

  it('takes lessons of a subscription, and is refused without one', async () => {
    const { slot } = await s.teach({ starts: ['2030-03-01T12:00:00.000Z', ...FRIDAYS] });
    const [admin, student] = [s.person(), s.person()];
    const bySubscription = () => s.make(student, slot, { ends: { count: 2 }, payment: 'subscription' });
    await expect(bySubscription()).rejects.toMatchObject({ code: 'no_subscription' });

    const price = { cents: 8000, currency: 'USD' };
    const plan = { name: 'One', period: 'month' as const, lessonsPerPeriod: 1, price, stripePriceId: null };
    const { id: planId } = await s.get(PlansService).make(plan, admin, s.unnamed(admin));
    const wish = { studentId: student, planId, startsAt: null, stripeId: null };
    await s.get(SubscriptionsService).subscribe(wish, admin, s.unnamed(admin));
    const series = await bySubscription();
    expect(await s.outcomes(series)).toEqual(['confirmed', 'pending_payment']);

    s.goTo(THREE_DAYS);
    expect(await s.charge()).toBe(0);
    expect((await s.statedOf(series.tutor_id)).at(-1)).toMatchObject(['PaymentFailed', { code: 'allowance_used_up' }]);
    await s.cancelSeries(student, series.series_id, { scope: 'all' });
    expect(await s.source.query('select used from subscription_periods')).toEqual([{ used: 1 }]);
  });

  it('can be moved before it is paid for, and is charged by its new time at its new price', async () => {
    const { tutor, slot, student, series } = await made();
    await s.grant(student, 10_000);
    await s.teach({ tutor, starts: [...FRIDAYS, '2030-03-10T12:00:00.000Z'], price: 3000 });
    const newSlotId = (await s.slotsOf(tutor))[1]!;
    const [first] = s.lessons(series);
    const move = { by: student, bookingId: first!, newSlotId, reason: null };
    await s.get(ReschedulesService).move(move, s.unnamed(student));
    expect(await s.taken(slot)).toEqual([]);
    expect(await s.balance(student)).toBe(10_000);
    s.goTo(THREE_DAYS);
    expect(await s.charge()).toBe(0);
    s.goTo('2030-03-07T12:00:00Z');
    expect(await s.charge()).toBe(1);
    expect(await s.balance(student)).toBe(7000);
    const [date] = (await s.find(student, series.series_id)).dates;
    expect([date!.start_at, date!.booking!.start_at]).toEqual([FRIDAYS[0], '2030-03-10T12:00:00.000Z']);
  });
});
