import { type StripeScenario, stripeScenario } from './stripe.scenario.ts';

const TEN = { amount: 1000, currency: 'usd' };

describe('an idempotency key at the double of Stripe', () => {
  let s: StripeScenario;
  beforeEach(async () => {
    s = await stripeScenario();
  });
  afterEach(() => s.close());

  const create = (idempotencyKey: string, params: object = {}) =>
    s.stripe.paymentIntents.create({ ...TEN, ...params }, { idempotencyKey });

  it('makes one intent of two requests, and says that the answer is an old one', async () => {
    const first = await create('k1');
    s.double.pay(first.id, 'ok');
    const again = await create('k1');
    expect(again).toEqual(first);
    expect(again.lastResponse.headers['idempotent-replayed']).toBe('true');
    expect(again.lastResponse.headers['original-request']).toBe(first.lastResponse.requestId);
    expect(again.lastResponse.requestId).not.toBe(first.lastResponse.requestId);
    expect(first.lastResponse.headers).not.toHaveProperty('idempotent-replayed');
    expect(s.double.newest(10)).toHaveLength(1);
  });

  it.each([
    ['other parameters', () => create('k1', { amount: 1001 })],
    ['another address', () => s.stripe.customers.create(TEN as object, { idempotencyKey: 'k1' })],
  ])('is refused with %s', async (_what, other) => {
    await create('k1');
    await expect(other()).rejects.toMatchObject({ type: 'StripeIdempotencyError', statusCode: 400 });
    expect(s.double.newest(10)).toHaveLength(1);
  });

  it('is refused while its first request is still at work', async () => {
    const begun = Promise.withResolvers<void>();
    const go = Promise.withResolvers<void>();
    s.double.onRequest(async ({ phase }) => {
      begun.resolve();
      if (phase === 'before') await go.promise;
    });
    const first = create('k1');
    await begun.promise;
    const at409 = { statusCode: 409, code: 'idempotency_key_in_use' };
    await expect(create('k1')).rejects.toMatchObject(at409);
    go.resolve();
    expect(await create('k1')).toEqual(await first);
    expect(s.double.newest(10)).toHaveLength(1);
  });

  it('keeps a card that was declined, and a state that did not fit', async () => {
    const { id } = await s.intent();
    const pay = () =>
      s.stripe.paymentIntents.confirm(id, { payment_method: 'pm_card_chargeDeclined' }, { idempotencyKey: 'pay' });
    const capture = () => s.stripe.paymentIntents.capture(id, {}, { idempotencyKey: 'capture' });
    for (const act of [pay, pay]) await expect(act()).rejects.toMatchObject({ statusCode: 402 });
    expect(s.stated().filter((type) => type === 'payment_intent.payment_failed')).toHaveLength(1);
    await expect(capture()).rejects.toMatchObject({ statusCode: 400 });
    s.double.pay(id, 'ok');
    await expect(capture()).rejects.toMatchObject({ statusCode: 400, code: 'payment_intent_unexpected_state' });
    expect(s.double.intent(id).status).toBe('requires_capture');
  });

  it('keeps a failure of Stripe’s own', async () => {
    s.double.setFaults({ requests: [{ kind: 'status', status: 500, times: 1 }] });
    await expect(create('k1')).rejects.toMatchObject({ statusCode: 500 });
    await expect(create('k1')).rejects.toMatchObject({ statusCode: 500 });
    expect((await create('k2')).status).toBe('requires_payment_method');
    expect(s.double.newest(10)).toHaveLength(1);
  });

  it.each([429, 502, 503, 504])('keeps nothing of a %i, with which Stripe has not begun', async (status) => {
    s.double.setFaults({ requests: [{ kind: 'status', status, times: 1 }] });
    await expect(create('k1')).rejects.toMatchObject({ statusCode: status });
    expect(await create('k1')).toMatchObject({ amount: 1000 });
  });

  it('keeps nothing of parameters that were wrong', async () => {
    await expect(create('k1', { amount: 0 })).rejects.toMatchObject({ statusCode: 400 });
    expect(await create('k1')).toMatchObject({ amount: 1000 });
  });

  it('is forgotten after a day', async () => {
    const first = await create('k1');
    s.clock.advance(24 * 60 - 1);
    expect((await create('k1')).id).toBe(first.id);
    s.clock.advance(1);
    expect((await create('k1')).id).not.toBe(first.id);
  });
});
