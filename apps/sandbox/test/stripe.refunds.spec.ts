import { type StripeScenario, stripeScenario } from './stripe.scenario.ts';

describe('a refund at the double of Stripe', () => {
  let s: StripeScenario;
  beforeEach(async () => {
    s = await stripeScenario();
  });
  afterEach(() => s.close());

  it('gives back all of what was captured when no amount is named', async () => {
    const { id } = await s.captured();
    const refund = await s.stripe.refunds.create({ payment_intent: id, metadata: { refund: 'r1' } });
    expect(refund).toMatchObject({
      object: 'refund',
      amount: 1000,
      currency: 'usd',
      status: 'succeeded',
      payment_intent: id,
      metadata: { refund: 'r1' },
    });
    expect(await s.stripe.refunds.retrieve(refund.id)).toEqual(refund);
    expect(s.double.totals()).toEqual({ usd: { captured: 1000, refunded: 1000 } });
    expect(s.stated().slice(-3)).toEqual(['refund.created', 'charge.refunded', 'refund.updated']);
    const charge = await s.stripe.charges.retrieve(String(refund.charge));
    expect(charge).toMatchObject({ amount_refunded: 1000, refunded: true });
  });

  it('never gives back more than was captured', async () => {
    const { id } = await s.captured({ amount: 700 });
    const refund = (amount: number) => s.stripe.refunds.create({ payment_intent: id, amount });
    await refund(300);
    await expect(refund(401)).rejects.toMatchObject({ statusCode: 400, param: 'amount' });
    await refund(400);
    await expect(refund(1)).rejects.toMatchObject({ statusCode: 400, code: 'charge_already_refunded' });
    expect(s.double.totals()).toEqual({ usd: { captured: 700, refunded: 700 } });
    const { data } = await s.stripe.refunds.list({ payment_intent: id });
    expect(data.map(({ amount }) => amount).toSorted()).toEqual([300, 400]);
  });

  it('stays within what was captured when many ask at once', async () => {
    const { id } = await s.captured();
    const all = await Promise.allSettled(
      Array.from({ length: 20 }, () => s.stripe.refunds.create({ payment_intent: id, amount: 300 })),
    );
    expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
    expect(s.double.totals()).toEqual({ usd: { captured: 1000, refunded: 900 } });
  });

  it('waits for the bank where told so', async () => {
    s.double.setFaults({ refunds: 'pend' });
    const { id } = await s.stripe.refunds.create({ payment_intent: (await s.captured()).id });
    expect(await s.stripe.refunds.retrieve(id)).toMatchObject({ status: 'pending', pending_reason: 'processing' });
    expect(s.double.settleRefund(id, 'succeeded')).toMatchObject({ status: 'succeeded' });
    expect(await s.stripe.refunds.retrieve(id)).toMatchObject({ status: 'succeeded' });
    expect(s.stated().at(-1)).toBe('refund.updated');
  });

  it('fails after it was taken where told so, and the money has not moved', async () => {
    s.double.setFaults({ refunds: 'fail' });
    const { id: intent } = await s.captured();
    const refund = await s.stripe.refunds.create({ payment_intent: intent });
    expect(refund.status).toBe('pending');
    expect(await s.stripe.refunds.retrieve(refund.id)).toMatchObject({
      status: 'failed',
      failure_reason: 'expired_or_canceled_card',
    });
    expect(s.stated().at(-1)).toBe('refund.failed');
    expect(s.double.totals()).toEqual({ usd: { captured: 1000, refunded: 0 } });
    s.double.setFaults({});
    expect(await s.stripe.refunds.create({ payment_intent: intent })).toMatchObject({ status: 'succeeded' });
  });

  it('can fail even after it had succeeded', async () => {
    const { id } = await s.stripe.refunds.create({ payment_intent: (await s.captured()).id });
    s.double.settleRefund(id, 'failed');
    expect(await s.stripe.refunds.retrieve(id)).toMatchObject({ status: 'failed' });
    expect(s.double.totals()).toEqual({ usd: { captured: 1000, refunded: 0 } });
  });
});

describe('a dispute at the double of Stripe', () => {
  let s: StripeScenario;
  beforeEach(async () => {
    s = await stripeScenario();
  });
  afterEach(() => s.close());

  it('is stated when a bank opens it, and when it decides', async () => {
    const { id } = await s.captured();
    const opened = s.double.openDispute(id, 'product_not_received');
    expect(await s.stripe.disputes.retrieve(opened.id)).toMatchObject({
      object: 'dispute',
      amount: 1000,
      payment_intent: id,
      reason: 'product_not_received',
      status: 'needs_response',
    });
    s.double.closeDispute(opened.id, 'lost');
    expect(await s.stripe.disputes.retrieve(opened.id)).toMatchObject({ status: 'lost' });
    expect(s.stated().slice(-2)).toEqual(['charge.dispute.created', 'charge.dispute.closed']);
  });

  it('is refused for money that was never taken', async () => {
    const { id } = await s.authorized();
    expect(() => s.double.openDispute(id)).toThrow(/cannot be disputed/);
  });
});
