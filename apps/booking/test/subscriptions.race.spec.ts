import type { SlotId } from '@scheduling/domain';
import { outcome, rush, until } from '@scheduling/testing';
import { AllowanceUsedUp, StripeSubscriptionTaken } from '../src/subscriptions/subscriptions.errors.ts';
import { invoiceOf, type Subscriptions, subscriptions } from './subscriptions.scenario.ts';

const MARCH = { from: '2030-03-01T00:00:00Z', until: '2030-04-01T00:00:00Z' };
const APRIL = { from: '2030-04-01T00:00:00Z', until: '2030-05-01T00:00:00Z' };
const A_MONTH = 31 * 24 * 60;

describe('a rush for an allowance', () => {
  let s: Subscriptions;
  beforeAll(async () => {
    s = await subscriptions();
  });
  afterAll(() => s.close());

  /** Three held lessons, as many as a student may hold. */
  const threeHeld = async (student: Parameters<typeof s.hold>[0]): Promise<SlotId[]> => {
    const slots = [await s.lesson(), await s.lesson(), await s.lesson()];
    for (const slot of slots) await s.hold(student, slot);
    return slots;
  };

  it('sells the last lesson of each of ten students once', async () => {
    for (let round = 0; round < 10; round++) {
      const student = s.person();
      await s.subscribe(student, { lessons: 1 });
      const slots = await threeHeld(student);

      const { won, refusals } = await rush(3, (i) => s.confirmBy(student, slots[i]!));

      expect(won).toHaveLength(1);
      expect(refusals.map((refusal) => refusal.constructor)).toEqual([AllowanceUsedUp, AllowanceUsedUp]);
      expect(await s.left(student)).toBe(0);
    }
    expect(await s.wrongPeriods()).toEqual([]);
  });

  it('takes one lesson for twelve confirmations of one hold', async () => {
    const [student, slot] = [s.person(), await s.lesson()];
    await s.subscribe(student);
    await s.hold(student, slot);
    const { won } = await rush(12, () => s.confirmBy(student, slot));
    expect([won.length, await s.left(student)]).toEqual([12, 3]);
  });

  it('renews once, with the clock of four replicas and whoever needs the lessons at once', async () => {
    const students = await Promise.all(
      Array.from({ length: 8 }, async () => {
        const student = s.person();
        const { subscription_id } = await s.subscribe(student, { lessons: 1 });
        return { student, subscription_id, slots: [] as SlotId[] };
      }),
    );
    s.clock.advance(A_MONTH);
    for (const each of students) each.slots.push(...(await threeHeld(each.student)));

    const confirming = students.flatMap(({ student, slots }) => slots.map((slot) => s.confirmBy(student, slot)));
    const renewing = Array.from({ length: 4 }, () => s.renew());
    const [{ won, refusals }, renewals] = await Promise.all([
      Promise.allSettled(confirming).then(outcome),
      Promise.allSettled(renewing).then(outcome),
    ]);

    expect([won.length, refusals.length, renewals.refusals]).toEqual([8, 16, []]);
    expect(refusals.every((refusal) => refusal instanceof AllowanceUsedUp)).toBe(true);
    for (const { subscription_id } of students) {
      const periods = await s.periods(subscription_id);
      expect(periods.map(([, , allowance, used]) => [allowance, used])).toEqual([
        [1, 0],
        [1, 1],
      ]);
    }
  });

  it('waits for a renewal under way, and takes its lesson', async () => {
    const [student, slot] = [s.person(), await s.lesson()];
    const { subscription_id } = await s.subscribe(student, { lessons: 1 });
    s.clock.advance(A_MONTH);
    await s.hold(student, slot);

    const { confirming } = await s.db.transaction(async (tx) => {
      await s.renewal.renewOf(tx, student);
      const begun = { confirming: s.confirmBy(student, slot) };
      await until('the confirmation to wait', async () => (await s.waiting()) > 0);
      return begun;
    });

    expect((await confirming).booking.status).toBe('confirmed');
    expect((await s.periods(subscription_id)).map(([, , , used]) => used)).toEqual([0, 1]);
  });

  it('gives a lesson back to its own period or to none, beside the renewal', async () => {
    for (let round = 0; round < 6; round++) {
      const student = s.person();
      const { subscription_id } = await s.subscribe(student, {
        planId: await s.plan({ period: 'week', lessonsPerPeriod: 2 }),
      });
      const booking = await s.learn(student);
      s.clock.advance(7 * 24 * 60);

      await Promise.all([s.cancel(student, booking.id), s.renew(), s.renew()]);

      const periods = await s.periods(subscription_id);
      expect(periods.map(([, , allowance, used]) => [allowance, used])).toEqual([
        [2, 1],
        [2, 0],
      ]);
      expect(await s.history(booking.id)).toContain('allowance_expired');
    }
    expect(await s.wrongPeriods()).toEqual([]);
  });

  it('keeps the books right where lessons come back while others are taken', async () => {
    const student = s.person();
    await s.subscribe(student, { lessons: 3 });
    const booked = [await s.learn(student), await s.learn(student), await s.learn(student)];
    const slots = await threeHeld(student);

    const canceling = booked.map(({ id }) => s.cancel(student, id));
    const confirming = Promise.allSettled(slots.map((slot) => s.confirmBy(student, slot))).then(outcome);
    const [, { won, refusals }] = await Promise.all([Promise.all(canceling), confirming]);

    expect(refusals.every((refusal) => refusal instanceof AllowanceUsedUp)).toBe(true);
    expect([await s.left(student), await s.wrongPeriods()]).toEqual([3 - won.length, []]);
  });

  it('ends a subscription with the period that runs, whether its renewal comes before or after', async () => {
    for (let round = 0; round < 6; round++) {
      const { subscription_id } = await s.subscribe(s.person(), { lessons: 1 });
      s.clock.advance(A_MONTH);
      const [ended] = await Promise.all([s.end(subscription_id), s.renew(), s.end(subscription_id)]);
      const periods = await s.periods(subscription_id);
      expect(periods).toHaveLength(2);
      expect(ended.ends_at).toContain(periods[1]![1]);
      s.clock.advance(A_MONTH);
      await s.renew();
      expect(await s.periods(subscription_id)).toHaveLength(2);
    }
  });
});

describe('a rush of what Stripe says', () => {
  let s: Subscriptions;
  beforeAll(async () => {
    s = await subscriptions();
  });
  afterAll(() => s.close());

  it('makes the same periods, also while the student is being subscribed', async () => {
    for (let round = 0; round < 6; round++) {
      const [id, student, march] = [`sub_${round}`, s.person(), invoiceOf(`sub_${round}`, MARCH)];
      const said = [
        () => s.hear(march),
        () => s.paid(id, APRIL),
        () => s.hear(march),
        () => s.deleted(id, '2030-04-10T00:00:00Z'),
        () => s.paid(id, APRIL),
      ];
      const telling = s.subscribe(student, { stripeId: id });
      const { refusals } = await rush(said.length, (i) => said[i]!());
      const { subscription_id } = await telling;

      expect(refusals).toEqual([]);
      expect(await s.periods(subscription_id)).toEqual([
        ['2030-03-01T00:00', '2030-04-01T00:00', 4, 0],
        ['2030-04-01T00:00', '2030-05-01T00:00', 4, 0],
      ]);
      expect(await s.standing(student)).toMatchObject([{ ends_at: '2030-05-01T00:00:00.000Z' }]);
    }
  });

  it('belongs to one of ten students who are subscribed at once', async () => {
    const planId = await s.plan();
    const { won, refusals } = await rush(10, () => s.subscribe(s.person(), { planId, stripeId: 'sub_of_one' }));
    expect(won).toHaveLength(1);
    expect(refusals.every((refusal) => refusal instanceof StripeSubscriptionTaken)).toBe(true);
  });
});
