import { NoSubscription, StripeSubscriptionTaken } from '../src/subscriptions/subscriptions.errors.ts';
import { invoiceOf, type Subscriptions, subscriptions } from './subscriptions.scenario.ts';

const MARCH = { from: '2030-03-01T00:00:00Z', until: '2030-04-01T00:00:00Z' };
const APRIL = { from: '2030-04-01T00:00:00Z', until: '2030-05-01T00:00:00Z' };
const MARCH_PERIOD = ['2030-03-01T00:00', '2030-04-01T00:00'] as const;
const APRIL_PERIOD = ['2030-04-01T00:00', '2030-05-01T00:00'] as const;

describe('a subscription of Stripe', () => {
  let s: Subscriptions;
  beforeAll(async () => {
    s = await subscriptions();
  });
  beforeEach(() => s.begin());
  afterAll(() => s.close());

  it('pays for lessons once an invoice is paid, and for no longer than that', async () => {
    const student = s.person();
    const { subscription_id } = await s.subscribe(student, { stripeId: 'sub_of_1' });
    await expect(s.learn(student)).rejects.toThrow(NoSubscription);

    await s.paid('sub_of_1', MARCH);
    await s.learn(student);
    expect(await s.periods(subscription_id)).toEqual([[...MARCH_PERIOD, 4, 1]]);

    s.clock.advance(31 * 24 * 60);
    expect(await s.renew()).toBe(0);
    expect(await s.standing(student)).toMatchObject([{ status: 'active', period: null }]);
    await expect(s.learn(student)).rejects.toThrow(NoSubscription);
    await s.paid('sub_of_1', APRIL);
    await s.learn(student);
    expect(await s.periods(subscription_id)).toEqual([
      [...MARCH_PERIOD, 4, 1],
      [...APRIL_PERIOD, 4, 1],
    ]);
  });

  it('has each period once, however often Stripe says so', async () => {
    const student = s.person();
    const { subscription_id } = await s.subscribe(student, { stripeId: 'sub_of_2' });
    const invoice = invoiceOf('sub_of_2', MARCH);
    await s.hear(invoice);
    await s.learn(student);
    await s.hear(invoice);
    await s.paid('sub_of_2', MARCH);
    expect(await s.periods(subscription_id)).toEqual([[...MARCH_PERIOD, 4, 1]]);
  });

  it('is the same in whichever order Stripe speaks', async () => {
    const words = [
      (id: string) => s.paid(id, MARCH),
      (id: string) => s.paid(id, APRIL),
      // Stripe began its month anew on the 20th of April.
      (id: string) => s.paid(id, { from: '2030-04-20T00:00:00Z', until: '2030-05-20T00:00:00Z' }),
      (id: string) => s.deleted(id, '2030-04-25T00:00:00Z'),
    ];
    for (const [number, order] of ordersOf([0, 1, 2, 3]).entries()) {
      const id = `sub_in_order_${number}`;
      const subscribed = number % 2 ? [await s.subscribe(s.person(), { stripeId: id })] : [];
      for (const word of order) await words[word]!(id);
      const { subscription_id, student_id } = subscribed[0] ?? (await s.subscribe(s.person(), { stripeId: id }));
      expect(await s.periods(subscription_id)).toEqual([
        [...MARCH_PERIOD, 4, 0],
        ['2030-04-01T00:00', '2030-04-20T00:00', 4, 0],
        ['2030-04-20T00:00', '2030-05-20T00:00', 4, 0],
      ]);
      expect(await s.standing(student_id)).toMatchObject([{ status: 'ending', ends_at: '2030-05-20T00:00:00.000Z' }]);
    }
  });

  it('runs to the end of what was paid when Stripe ends it', async () => {
    const student = s.person();
    await s.subscribe(student, { stripeId: 'sub_of_4' });
    await s.paid('sub_of_4', MARCH);
    await s.deleted('sub_of_4', '2030-03-10T00:00:00Z');
    await s.deleted('sub_of_4', '2030-03-11T00:00:00Z');
    await s.learn(student);
    expect(await s.standing(student)).toMatchObject([{ status: 'ending', ends_at: '2030-04-01T00:00:00.000Z' }]);
    s.clock.advance(31 * 24 * 60);
    expect(await s.standing(student)).toMatchObject([{ status: 'ended', period: null }]);
  });

  it('ends when Stripe ended it where nothing was paid', async () => {
    const student = s.person();
    await s.deleted('sub_of_5', '2030-03-01T10:00:00Z');
    const ended = await s.subscribe(student, { stripeId: 'sub_of_5' });
    expect(ended).toMatchObject({ status: 'ending', ends_at: '2030-03-01T10:00:00.000Z', period: null });
  });

  it('gives the lessons of the plan whose price was paid, as often as it was', async () => {
    const student = s.person();
    const [small, large] = [
      await s.plan({ lessonsPerPeriod: 2, stripePriceId: 'price_small' }),
      await s.plan({ lessonsPerPeriod: 8, stripePriceId: 'price_large' }),
    ];
    const { subscription_id } = await s.subscribe(student, { planId: small, stripeId: 'sub_of_6' });
    await s.paid('sub_of_6', { ...APRIL, price: 'price_large', quantity: 2 });
    await s.paid('sub_of_6', { ...MARCH, price: 'price_small' });
    expect((await s.periods(subscription_id)).map(([, , allowance]) => allowance)).toEqual([2, 16]);
    expect(await s.standing(student)).toMatchObject([{ plan_id: large }]);
  });

  it('begins nothing with what settles a change in the midst of a period', async () => {
    const { subscription_id } = await s.subscribe(s.person(), { stripeId: 'sub_of_7' });
    await s.paid('sub_of_7', { ...MARCH, proration: true });
    expect(await s.periods(subscription_id)).toEqual([]);
  });

  it('belongs to one student', async () => {
    await s.subscribe(s.person(), { stripeId: 'sub_of_8' });
    await expect(s.subscribe(s.person(), { stripeId: 'sub_of_8' })).rejects.toThrow(StripeSubscriptionTaken);
  });
});

const ordersOf = (words: number[]): number[][] =>
  words.length === 0
    ? [[]]
    : words.flatMap((word) => ordersOf(words.filter((other) => other !== word)).map((rest) => [word, ...rest]));
