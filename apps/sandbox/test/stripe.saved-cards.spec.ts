import { type StripeScenario, stripeScenario } from './stripe.scenario.ts';

describe('a saved card at the double of Stripe', () => {
  let s: StripeScenario;
  let customer: string;
  beforeEach(async () => {
    s = await stripeScenario();
    ({ id: customer } = await s.stripe.customers.create({ email: 'ann@x.example', metadata: { person: 'p1' } }));
  });
  afterEach(() => s.close());

  const saved = async (): Promise<string> => {
    const { id } = await s.stripe.setupIntents.create({ customer, usage: 'off_session' });
    s.double.pay(id, 'ok');
    return String((await s.stripe.setupIntents.retrieve(id)).payment_method);
  };
  const charge = (payment_method: string, more: object = {}) =>
    s.stripe.paymentIntents.create({
      amount: 1000,
      currency: 'usd',
      customer,
      payment_method,
      confirm: true,
      off_session: true,
      ...more,
    });

  it('comes from a setup intent that a person pays', async () => {
    const method = await saved();
    const { data } = await s.stripe.paymentMethods.list({ customer });
    expect(data.map(({ id, customer: owner }) => [id, owner])).toEqual([[method, customer]]);
    expect(s.stated().slice(-3)).toEqual(['setup_intent.created', 'payment_method.attached', 'setup_intent.succeeded']);
  });

  it('comes from one of Stripe’s test cards as well', async () => {
    const setup = await s.stripe.setupIntents.create({ customer, payment_method: 'pm_card_visa', confirm: true });
    expect(setup).toMatchObject({ status: 'succeeded', payment_method: expect.stringMatching(/^pm_\w{24}$/) });
    const attached = await s.stripe.paymentMethods.attach('pm_card_visa', { customer });
    expect((await s.stripe.customers.listPaymentMethods(customer)).data[0]).toEqual(attached);
    const later = await s.stripe.setupIntents.create({ customer });
    await s.stripe.setupIntents.confirm(later.id, { payment_method: 'pm_card_visa' });
    expect((await s.stripe.paymentMethods.list({ customer })).data).toHaveLength(3);
  });

  it('comes from a payment that was to keep it', async () => {
    const { id } = await s.intent({ customer, setup_future_usage: 'off_session' });
    s.double.pay(id, 'ok');
    expect((await s.stripe.paymentMethods.list({ customer })).data).toHaveLength(1);
  });

  it('is not saved when it is declined', async () => {
    const { id } = await s.stripe.setupIntents.create({ customer });
    expect(s.double.pay(id, 'declined')).toMatchObject({ status: 'requires_payment_method' });
    const confirmed = s.stripe.setupIntents.confirm(id, { payment_method: 'pm_card_chargeDeclined' });
    await expect(confirmed).rejects.toMatchObject({ statusCode: 402, setup_intent: { id } });
    expect((await s.stripe.paymentMethods.list({ customer })).data).toEqual([]);
  });

  it('pays while the student is away', async () => {
    const method = await saved();
    expect(await charge(method)).toMatchObject({ status: 'succeeded', payment_method: method, customer });
    expect(await charge(method, { capture_method: 'manual' })).toMatchObject({ status: 'requires_capture' });
    expect(s.double.totals()).toEqual({ usd: { captured: 1000, refunded: 0 } });
  });

  it('pays by a confirm of its own', async () => {
    const method = await saved();
    const { id } = await s.intent({ customer });
    const paid = await s.stripe.paymentIntents.confirm(id, { payment_method: method, off_session: true });
    expect(paid).toMatchObject({ status: 'requires_capture', payment_method: method });
  });

  it('can begin to be declined', async () => {
    const method = await saved();
    s.double.turnCard(method, 'declined');
    await expect(charge(method)).rejects.toMatchObject({
      statusCode: 402,
      code: 'card_declined',
      payment_intent: { status: 'requires_payment_method', last_payment_error: { payment_method: { id: method } } },
    });
    const { id } = await s.stripe.paymentMethods.attach('pm_card_chargeCustomerFail', { customer });
    await expect(charge(id)).rejects.toMatchObject({ statusCode: 402 });
  });

  it('pays for nobody else, and for nobody once it is taken away', async () => {
    const method = await saved();
    const other = await s.stripe.customers.create({});
    await expect(charge(method, { customer: other.id })).rejects.toMatchObject({
      statusCode: 400,
      param: 'payment_method',
    });
    await s.stripe.paymentMethods.detach(method);
    await expect(charge(method)).rejects.toMatchObject({ statusCode: 400, code: 'resource_missing' });
    expect(s.double.totals()).toEqual({});
  });

  it('belongs to a customer who can be found and changed', async () => {
    await s.stripe.customers.update(customer, { name: 'Ann', metadata: { student: 'yes' } });
    expect(await s.stripe.customers.retrieve(customer)).toMatchObject({
      email: 'ann@x.example',
      name: 'Ann',
      metadata: { person: 'p1', student: 'yes' },
    });
    expect((await s.stripe.customers.list({ email: 'ann@x.example' })).data.map(({ id }) => id)).toEqual([customer]);
    expect((await s.stripe.customers.list({ email: 'bo@x.example' })).data).toEqual([]);
  });
});
