import { type StripeScenario, stripeScenario } from './stripe.scenario.ts';

describe('an intent at the double of Stripe', () => {
  let s: StripeScenario;
  beforeEach(async () => {
    s = await stripeScenario();
  });
  afterEach(() => s.close());

  it('is authorized by a card, then captured', async () => {
    const intent = await s.intent({ metadata: { booking: 'b1', slot: 's1' } });
    expect(intent).toMatchObject({
      object: 'payment_intent',
      amount: 1000,
      currency: 'usd',
      status: 'requires_payment_method',
      capture_method: 'manual',
      metadata: { booking: 'b1', slot: 's1' },
      created: 1_795_342_272,
      livemode: false,
    });
    expect(intent.client_secret).toMatch(new RegExp(`^${intent.id}_secret_`));
    expect(s.double.pay(intent.id, 'ok')).toMatchObject({ status: 'requires_capture', amount_capturable: 1000 });
    expect(await s.stripe.paymentIntents.capture(intent.id)).toMatchObject({
      status: 'succeeded',
      amount_received: 1000,
      amount_capturable: 0,
    });
    expect(s.double.totals()).toEqual({ usd: { captured: 1000, refunded: 0 } });
    expect(s.stated()).toEqual([
      'payment_intent.created',
      'payment_intent.amount_capturable_updated',
      'payment_intent.succeeded',
    ]);
  });

  it('succeeds at once where nothing is to be captured by hand', async () => {
    const { id } = await s.intent({ capture_method: 'automatic' });
    expect(s.double.pay(id, 'ok')).toMatchObject({ status: 'succeeded', amount_received: 1000 });
    expect(s.double.totals()).toEqual({ usd: { captured: 1000, refunded: 0 } });
  });

  it('is captured in part when asked so, and never for more than was authorized', async () => {
    const { id } = await s.authorized();
    const tooMuch = s.stripe.paymentIntents.capture(id, { amount_to_capture: 1001 });
    await expect(tooMuch).rejects.toMatchObject({ statusCode: 400, code: 'amount_too_large' });
    const captured = await s.stripe.paymentIntents.capture(id, { amount_to_capture: 400 });
    expect(captured).toMatchObject({ status: 'succeeded', amount: 1000, amount_received: 400 });
    expect(s.double.totals()).toEqual({ usd: { captured: 400, refunded: 0 } });
  });

  it('keeps yen as yen', async () => {
    const { id } = await s.captured({ amount: 1500, currency: 'JPY' });
    expect(await s.stripe.paymentIntents.retrieve(id)).toMatchObject({ amount_received: 1500, currency: 'jpy' });
    expect(s.double.totals()).toEqual({ jpy: { captured: 1500, refunded: 0 } });
  });

  it('can be paid with another card after one was declined', async () => {
    const { id } = await s.intent();
    expect(s.double.pay(id, 'declined')).toMatchObject({
      status: 'requires_payment_method',
      last_payment_error: { type: 'card_error', code: 'card_declined', decline_code: 'generic_decline' },
    });
    expect(s.stated()).toContain('payment_intent.payment_failed');
    expect(s.double.pay(id, 'ok')).toMatchObject({ status: 'requires_capture', last_payment_error: null });
  });

  it('is gone when its authorization has expired before the capture', async () => {
    const { id } = await s.intent();
    expect(s.double.pay(id, 'expires')).toMatchObject({ status: 'requires_capture' });
    await expect(s.stripe.paymentIntents.capture(id)).rejects.toMatchObject({
      statusCode: 400,
      code: 'payment_intent_unexpected_state',
      payment_intent: { status: 'canceled', cancellation_reason: 'automatic' },
    });
    expect(s.stated().at(-1)).toBe('payment_intent.canceled');
    expect(s.double.totals()).toEqual({});
  });

  it.each([
    ['by the control surface', async () => void s.double.expire((await s.authorized()).id)],
    ['after seven days', async () => s.clock.advance((await s.authorized()) && 7 * 24 * 60)],
  ])('lets its authorization go %s', async (_how, expire) => {
    await expire();
    const id = s.double.newest(1)[0]?.id ?? '';
    expect(await s.stripe.paymentIntents.retrieve(id)).toMatchObject({ status: 'canceled', amount_capturable: 0 });
    await expect(s.stripe.paymentIntents.capture(id)).rejects.toMatchObject({ statusCode: 400 });
  });

  it('tells that the bank refused the capture, and takes nothing', async () => {
    const { id } = await s.intent();
    s.double.pay(id, 'capture_refused');
    await expect(s.stripe.paymentIntents.capture(id)).rejects.toMatchObject({
      statusCode: 402,
      type: 'StripeCardError',
      code: 'card_declined',
      payment_intent: { id, status: 'requires_payment_method', amount_received: 0 },
    });
    expect(s.double.totals()).toEqual({});
    expect(await s.stripe.paymentIntents.cancel(id)).toMatchObject({ status: 'canceled' });
  });

  it('is canceled with its reason, while nothing was captured', async () => {
    const { id } = await s.authorized();
    const canceled = await s.stripe.paymentIntents.cancel(id, { cancellation_reason: 'abandoned' });
    expect(canceled).toMatchObject({
      status: 'canceled',
      cancellation_reason: 'abandoned',
      canceled_at: 1_795_342_272,
      amount_capturable: 0,
    });
    expect(s.stated().at(-1)).toBe('payment_intent.canceled');
  });

  it.each([
    ['capture', 'unpaid', (id: string) => s.stripe.paymentIntents.capture(id)],
    ['capture', 'captured', (id: string) => s.stripe.paymentIntents.capture(id)],
    ['capture', 'canceled', (id: string) => s.stripe.paymentIntents.capture(id)],
    ['cancel', 'captured', (id: string) => s.stripe.paymentIntents.cancel(id)],
    ['cancel', 'canceled', (id: string) => s.stripe.paymentIntents.cancel(id)],
    ['confirm', 'captured', (id: string) => s.stripe.paymentIntents.confirm(id, { payment_method: 'pm_card_visa' })],
    ['pay', 'authorized', async (id: string) => s.double.pay(id, 'ok')],
    ['refund', 'authorized', (id: string) => s.stripe.refunds.create({ payment_intent: id })],
  ] as const)('refuses to %s one that is %s', async (_verb, state, act) => {
    const { id } = await (state === 'captured' ? s.captured() : state === 'unpaid' ? s.intent() : s.authorized());
    if (state === 'canceled') await s.stripe.paymentIntents.cancel(id);
    const before = s.double.intent(id);
    const told = s.stated().length;
    const error: unknown = await Promise.resolve()
      .then((): unknown => act(id))
      .catch((thrown: unknown) => thrown);
    const refusal = { code: 'payment_intent_unexpected_state' };
    expect(error).toMatchObject(_verb === 'pay' ? { body: refusal } : { ...refusal, payment_intent: { id } });
    expect(s.double.intent(id)).toEqual(before);
    expect(s.stated()).toHaveLength(told);
  });

  it('gains and loses metadata', async () => {
    const { id } = await s.intent({ metadata: { booking: 'b1', slot: 's1' } });
    const updated = await s.stripe.paymentIntents.update(id, { metadata: { slot: '', student: 'p1' } });
    expect(updated.metadata).toEqual({ booking: 'b1', student: 'p1' });
  });

  it('shows its charge where that is asked for', async () => {
    const { id } = await s.captured();
    const { latest_charge: charge } = await s.stripe.paymentIntents.retrieve(id, { expand: ['latest_charge'] });
    expect(charge).toMatchObject({
      object: 'charge',
      payment_intent: id,
      captured: true,
      amount_captured: 1000,
      payment_method_details: { card: { capture_before: 1_795_342_272 + 7 * 24 * 60 * 60 } },
    });
    const unknown = s.stripe.paymentIntents.retrieve(id, { expand: ['seat'] });
    await expect(unknown).rejects.toMatchObject({ statusCode: 400 });
  });

  it('is listed by when it was made, newest first', async () => {
    const made: string[] = [];
    for (let n = 0; n < 5; n++) {
      made.unshift((await s.intent()).id);
      s.clock.advance(1);
    }
    const ids = async (params: object) => (await s.stripe.paymentIntents.list(params)).data.map(({ id }) => id);
    expect(await ids({})).toEqual(made);
    expect(await ids({ created: { gte: 1_795_342_272 + 60, lt: 1_795_342_272 + 180 } })).toEqual(made.slice(2, 4));
    expect(await ids({ limit: 2, starting_after: made[1] })).toEqual(made.slice(2, 4));
    const all: string[] = [];
    for await (const { id } of s.stripe.paymentIntents.list({ limit: 2 })) all.push(id);
    expect(all).toEqual(made);
  });

  it.each([
    ['no amount', { amount: 0 }, 'amount'],
    ['half a cent', { amount: 10.5 }, 'amount'],
    ['too much', { amount: 100_000_000 }, 'amount'],
    ['a currency that is none', { currency: 'dollars' }, 'currency'],
    ['a word that Stripe does not know', { capture_method: 'never' }, 'capture_method'],
    ['a parameter that the double does not know', { transfer_group: 'g' }, 'transfer_group'],
    ['a customer who is nobody', { customer: 'cus_none' }, 'customer'],
    ['a card that is none', { payment_method: 'pm_none' }, 'payment_method'],
  ])('is not made of %s', async (_what, params, param) => {
    await expect(s.intent(params as object)).rejects.toMatchObject({
      type: 'StripeInvalidRequestError',
      statusCode: 400,
      param,
      requestId: expect.stringMatching(/^req_/),
    });
    expect(s.double.newest(10)).toEqual([]);
  });

  it('is missing when there is none', async () => {
    await expect(s.stripe.paymentIntents.retrieve('pi_none')).rejects.toMatchObject({
      statusCode: 404,
      code: 'resource_missing',
      message: "No such payment_intent: 'pi_none'",
    });
  });

  it('is shown to nobody without the key', async () => {
    const { id } = await s.intent();
    await expect(s.client({}, 'sk_test_other').paymentIntents.retrieve(id)).rejects.toMatchObject({
      type: 'StripeAuthenticationError',
      statusCode: 401,
    });
    expect((await fetch(`${s.double.url}/v1/payment_intents/${id}`)).status).toBe(401);
  });
});
