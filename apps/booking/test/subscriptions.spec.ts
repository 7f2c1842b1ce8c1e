import {
  AllowanceUsedUp,
  EndedByStripe,
  NoSubscription,
  SubscriptionNotFound,
} from '../src/subscriptions/subscriptions.errors.ts';
import { PlanNotActive, PlanNotFound } from '../src/plans/plans.errors.ts';
import { PlansService } from '../src/plans/plans.service.ts';
import { newId } from '@scheduling/domain';
import { type Subscriptions, subscriptions } from './subscriptions.scenario.ts';

/** The whole price goes back until 24 hours before; the stories' lessons are months away. */
describe('a subscription', () => {
  let s: Subscriptions;
  beforeAll(async () => {
    s = await subscriptions();
  });
  beforeEach(() => s.begin());
  afterAll(() => s.close());

  it('pays for a lesson with one of its allowance, for which the platform owes the tutor', async () => {
    const student = s.person();
    await s.subscribe(student);

    const booking = await s.learn(student);

    expect(booking).toMatchObject({ status: 'confirmed', paymentMethod: 'subscription', periodId: expect.any(String) });
    expect(await s.left(student)).toBe(3);
    expect(await s.transfers(booking.id)).toEqual([['platform', `tutor:${booking.tutorId}`, 2500, 'payment']]);
    const [row] = await s.source.query('select period_id from bookings where id = $1', [booking.id]);
    expect(row.period_id).toBe(booking.periodId);
  });

  it('takes one lesson however often its confirmation is repeated', async () => {
    const [student, slot] = [s.person(), await s.lesson()];
    await s.subscribe(student);
    await s.learn(student, slot);
    expect(await s.confirmBy(student, slot)).toMatchObject({ isRepeated: true });
    expect(await s.left(student)).toBe(3);
  });

  it('takes no lesson for what is free of charge', async () => {
    const student = s.person();
    await s.subscribe(student);
    const booking = await s.learn(student, await s.lesson(0));
    expect([await s.left(student), await s.transfers(booking.id)]).toEqual([4, []]);
    await s.cancel(student, booking.id);
    expect(await s.left(student)).toBe(4);
  });

  it('says what is missing, and books nothing', async () => {
    const [student, slot] = [s.person(), await s.lesson()];
    await s.hold(student, slot);
    await expect(s.confirmBy(student, slot)).rejects.toThrow(NoSubscription);

    await s.subscribe(student, { lessons: 1 });
    await s.confirmBy(student, slot);
    const next = await s.lesson();
    await s.hold(student, next);
    const usedUp = expect.objectContaining({
      facts: { allowance: 1, period_ends_at: new Date('2030-04-01T09:00:00Z') },
    });
    await expect(s.confirmBy(student, next)).rejects.toThrow(AllowanceUsedUp);
    await expect(s.confirmBy(student, next)).rejects.toEqual(usedUp);
    expect(await s.announced(next)).toEqual(['SlotHeld']);
  });

  it('spends first what ends first, of several', async () => {
    const student = s.person();
    const monthly = await s.subscribe(student, { lessons: 1 });
    const weekly = await s.subscribe(student, { planId: await s.plan({ period: 'week', lessonsPerPeriod: 1 }) });
    await s.learn(student);
    expect((await s.periods(weekly.subscription_id)).map(([, , , used]) => used)).toEqual([1]);
    await s.learn(student);
    expect((await s.periods(monthly.subscription_id)).map(([, , , used]) => used)).toEqual([1]);
    await expect(s.learn(student)).rejects.toThrow(AllowanceUsedUp);
  });

  it('gets its lesson back, into the period that paid, and says so', async () => {
    const student = s.person();
    await s.subscribe(student);
    const booking = await s.learn(student);

    const canceled = await s.cancel(student, booking.id);

    expect(canceled).toMatchObject({ status: 'refunded', refundedCents: 2500 });
    expect(await s.left(student)).toBe(4);
    const tutor = `tutor:${booking.tutorId}`;
    expect(await s.transfers(booking.id)).toEqual([
      ['platform', tutor, 2500, 'payment'],
      [tutor, 'platform', 2500, 'refund'],
    ]);
    expect(await s.history(booking.id)).toEqual(['booked', 'canceled', 'allowance_restored', 'refunded']);
    await s.cancel(student, booking.id);
    expect([await s.left(student), await s.wrongPeriods()]).toEqual([4, []]);
  });

  it('loses with its period what comes back after it', async () => {
    const student = s.person();
    const { subscription_id } = await s.subscribe(student);
    const booking = await s.learn(student);
    s.clock.advance(31 * 24 * 60);
    await s.renew();

    expect(await s.cancel(student, booking.id)).toMatchObject({ status: 'refunded', refundedCents: 2500 });

    expect(await s.history(booking.id)).toEqual(['booked', 'canceled', 'allowance_expired', 'refunded']);
    expect(await s.periods(subscription_id)).toEqual([
      ['2030-03-01T09:00', '2030-04-01T09:00', 4, 1],
      ['2030-04-01T09:00', '2030-05-01T09:00', 4, 0],
    ]);
  });

  it('does not cut a lesson in two: a part of the price changes the books alone', async () => {
    const student = s.person();
    await s.subscribe(student);
    const booking = await s.learn(student);
    await s.source.query(
      'update bookings set policy = policy || \'{"full_refund_until_minutes": 525600, "partial_refund_until_minutes": 0, "partial_refund_percent": 50}\' where id = $1',
      [booking.id],
    );

    expect(await s.cancel(student, booking.id)).toMatchObject({ status: 'refunded', refundedCents: 1250 });

    expect(await s.left(student)).toBe(3);
    expect(await s.history(booking.id)).toEqual(['booked', 'canceled', 'allowance_kept', 'refunded']);
    expect((await s.transfers(booking.id)).at(-1)).toEqual([`tutor:${booking.tutorId}`, 'platform', 1250, 'refund']);
  });

  it('begins each month anew, on the day on which it began or the last there is', async () => {
    const student = s.person();
    const { subscription_id } = await s.subscribe(student, { startsAt: new Date('2030-01-31T00:00:00Z') });
    expect(await s.periods(subscription_id)).toEqual([['2030-02-28T00:00', '2030-03-31T00:00', 4, 0]]);
    for (let days = 0; days < 62; days++) {
      s.clock.advance(24 * 60);
      await s.renew();
    }
    expect((await s.periods(subscription_id)).map(([from]) => from)).toEqual([
      '2030-02-28T00:00',
      '2030-03-31T00:00',
      '2030-04-30T00:00',
    ]);
    expect(await s.renew()).toBe(0);
  });

  it('begins a period that is due with whoever needs it, before the clock does', async () => {
    const student = s.person();
    await s.subscribe(student, { lessons: 1 });
    await s.learn(student);
    s.clock.advance(31 * 24 * 60);
    expect(await s.left(student)).toBe(1);
    await s.learn(student);
    expect(await s.left(student)).toBe(0);
    expect(await s.renew()).toBe(0);
  });

  it('renews more than a batch at once, and each of them once', async () => {
    const planId = await s.plan({ period: 'week' });
    for (let many = 0; many < 5; many++) await s.subscribe(s.person(), { planId });
    s.clock.advance(7 * 24 * 60);
    expect(await s.renew()).toBe(5);
    expect(await s.renew()).toBe(0);
  });

  it('begins when it is told to', async () => {
    const student = s.person();
    const upcoming = await s.subscribe(student, { startsAt: new Date('2030-03-02T00:00:00Z') });
    expect(upcoming).toMatchObject({ status: 'upcoming', period: null });
    await expect(s.learn(student)).rejects.toThrow(NoSubscription);
    s.clock.advance(24 * 60);
    await s.learn(student);
    expect(await s.standing(student)).toMatchObject([
      { status: 'active', period: { starts_at: '2030-03-02T00:00:00.000Z', left: 3 } },
    ]);
  });

  it('ends with its period, and renews no more', async () => {
    const student = s.person();
    const { subscription_id } = await s.subscribe(student);
    const ending = await s.end(subscription_id);
    expect(ending).toMatchObject({ status: 'ending', ends_at: '2030-04-01T09:00:00.000Z', period: { left: 4 } });
    await s.learn(student);
    expect(await s.end(subscription_id)).toMatchObject({ status: 'ending', ends_at: ending.ends_at });

    s.clock.advance(31 * 24 * 60);
    expect(await s.renew()).toBe(0);
    expect(await s.standing(student)).toMatchObject([{ status: 'ended', period: null }]);
    await expect(s.learn(student)).rejects.toThrow(NoSubscription);
  });

  it('ends with the period that is due, where nobody has begun it', async () => {
    const student = s.person();
    const { subscription_id } = await s.subscribe(student);
    s.clock.advance(31 * 24 * 60);
    expect(await s.end(subscription_id)).toMatchObject({ ends_at: '2030-05-01T09:00:00.000Z', period: { left: 4 } });
  });

  it('never begins where it is ended before', async () => {
    const student = s.person();
    const { subscription_id } = await s.subscribe(student, { startsAt: new Date('2030-03-02T00:00:00Z') });
    expect(await s.end(subscription_id)).toMatchObject({ ends_at: '2030-03-02T00:00:00.000Z', period: null });
    s.clock.advance(24 * 60);
    expect(await s.renew()).toBe(0);
    await expect(s.learn(student)).rejects.toThrow(NoSubscription);
  });

  it('keeps the allowance of the period that runs when its plan changes', async () => {
    const [student, planId] = [s.person(), await s.plan({ lessonsPerPeriod: 2 })];
    const { subscription_id } = await s.subscribe(student, { planId });
    await s.get(PlansService).change(planId, { lessonsPerPeriod: 6, active: false });
    s.clock.advance(31 * 24 * 60);
    await s.renew();
    expect((await s.periods(subscription_id)).map(([, , allowance]) => allowance)).toEqual([2, 6]);
  });

  it('needs a plan that takes new ones', async () => {
    const [student, planId] = [s.person(), await s.plan()];
    await s.get(PlansService).change(planId, { active: false });
    await expect(s.subscribe(student, { planId })).rejects.toThrow(PlanNotActive);
    await expect(s.subscribe(student, { planId: newId() })).rejects.toThrow(PlanNotFound);
    await expect(s.end(newId())).rejects.toThrow(SubscriptionNotFound);
  });

  it('is ended by Stripe alone where Stripe charges for it', async () => {
    const { subscription_id } = await s.subscribe(s.person(), { stripeId: 'sub_1' });
    await expect(s.end(subscription_id)).rejects.toThrow(EndedByStripe);
  });
});
