import type Stripe from 'stripe';
import { type StripeScenario, stripeScenario } from './stripe.scenario.ts';

const at = (instant: string) => Date.parse(instant) / 1000;

describe('a subscription at the double of Stripe', () => {
  let s: StripeScenario;
  beforeEach(async () => {
    s = await stripeScenario();
  });
  afterEach(() => s.close());

  const newest = (type: string) => s.double.events().find((event) => event.type === type)?.data.object;
  const period = (subscription: Stripe.Subscription) =>
    subscription.items.data.map((item) => [item.current_period_start, item.current_period_end]);

  it('begins with a period that is paid', async () => {
    const { id: customer } = await s.stripe.customers.create({});
    const { id } = s.double.subscribe({
      customer,
      price: 'price_1',
      amount: 4000,
      currency: 'USD',
      metadata: { student: 'p1' },
    });
    const subscription = await s.stripe.subscriptions.retrieve(id);
    expect(subscription).toMatchObject({ status: 'active', customer, currency: 'usd', metadata: { student: 'p1' } });
    expect(period(subscription)).toEqual([[at('2026-11-22T10:11:12Z'), at('2026-12-22T10:11:12Z')]]);
    expect(s.stated().slice(-2)).toEqual(['customer.subscription.created', 'invoice.paid']);
    const invoice = await s.stripe.invoices.retrieve(String(subscription.latest_invoice));
    expect(newest('invoice.paid')).toEqual(invoice);
    expect(invoice).toMatchObject({
      object: 'invoice',
      status: 'paid',
      customer,
      currency: 'usd',
      amount_due: 4000,
      amount_paid: 4000,
      amount_remaining: 0,
      billing_reason: 'subscription_create',
      parent: { subscription_details: { subscription: id, metadata: { student: 'p1' } } },
      lines: {
        data: [
          {
            amount: 4000,
            period: { start: at('2026-11-22T10:11:12Z'), end: at('2026-12-22T10:11:12Z') },
            parent: { subscription_item_details: { subscription: id, proration: false } },
            pricing: { price_details: { price: 'price_1' } },
          },
        ],
      },
    });
  });

  it('goes on with the next period, whose invoice names it in its lines', async () => {
    const { id } = s.double.subscribe({ amount: 4000, currency: 'usd' });
    s.clock.advance(30 * 24 * 60);
    expect(period(s.double.renew(id))).toEqual([[at('2026-12-22T10:11:12Z'), at('2027-01-22T10:11:12Z')]]);
    expect(s.stated().slice(-2)).toEqual(['customer.subscription.updated', 'invoice.paid']);
    expect(newest('invoice.paid')).toMatchObject({
      billing_reason: 'subscription_cycle',
      period_end: at('2026-12-22T10:11:12Z'),
      lines: { data: [{ period: { start: at('2026-12-22T10:11:12Z'), end: at('2027-01-22T10:11:12Z') } }] },
    });
  });

  it('is past due when a period is not paid', async () => {
    const { id } = s.double.subscribe({ amount: 4000, currency: 'usd' });
    expect(s.double.renew(id, false)).toMatchObject({ status: 'past_due' });
    expect(newest('invoice.payment_failed')).toMatchObject({ status: 'open', amount_paid: 0, amount_remaining: 4000 });
  });

  it('ends when the student or we end it, and not twice', async () => {
    const { id } = s.double.subscribe({ amount: 4000, currency: 'usd' });
    expect(await s.stripe.subscriptions.cancel(id)).toMatchObject({ status: 'canceled', ended_at: 1_795_342_272 });
    expect(newest('customer.subscription.deleted')).toMatchObject({ id, status: 'canceled' });
    await expect(s.stripe.subscriptions.cancel(id)).rejects.toMatchObject({ statusCode: 400 });
    const other = s.double.subscribe({ amount: 4000, currency: 'usd', interval: 'week' });
    expect(s.double.unsubscribe(other.id)).toMatchObject({ status: 'canceled' });
  });

  it('ends with its period where that was asked for', async () => {
    const { id } = s.double.subscribe({ amount: 4000, currency: 'usd' });
    const asked = await s.stripe.subscriptions.update(id, { cancel_at_period_end: true });
    expect(asked).toMatchObject({ status: 'active', cancel_at_period_end: true });
    expect(s.double.renew(id)).toMatchObject({ status: 'canceled' });
    expect(s.stated().at(-1)).toBe('customer.subscription.deleted');
  });

  it('is no part of what intents captured', () => {
    s.double.subscribe({ amount: 4000, currency: 'usd' });
    expect(s.double.totals()).toEqual({});
  });
});
