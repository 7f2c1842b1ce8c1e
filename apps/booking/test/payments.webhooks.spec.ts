import type Stripe from 'stripe';
import { SignatureInvalid } from '../src/payments/payments.errors.ts';
import { type PaymentsScenario, paymentsScenario } from './payments.scenario.ts';

const TOMORROW = '2030-03-02T12:00:00.000Z';
const twice = (all: Stripe.Event[]) => [...all, ...all];
const backwards = (all: Stripe.Event[]) => all.toReversed();

describe('a webhook', () => {
  let s: PaymentsScenario;
  beforeAll(async () => {
    s = await paymentsScenario();
  });
  afterAll(() => s.close());
  beforeEach(() => s.double.setFaults({}));
  afterEach(() => s.expectBooksToAgree());

  /** A booking whose capture came through, and whose answers were all lost. */
  const captured = async () => {
    const [student, slot] = [s.person(), await s.slot({ starts: [TOMORROW] })];
    const intentId = await s.authorize(student, slot);
    s.double.setFaults({ requests: [{ path: '/v1/payment_intents/*/capture', kind: 'drop_reply', times: 4 }] });
    const { booking } = await s.confirm(student, slot, intentId);
    expect(booking.status).toBe('pending_payment');
    return { student, slot, booking, intentId };
  };

  it.each([
    ['comes', (all: Stripe.Event[]) => all],
    ['comes twice', twice],
    ['comes after those that follow it', backwards],
    ['comes twice and backwards', (all: Stripe.Event[]) => backwards(twice(all))],
    [
      'comes without the others',
      (all: Stripe.Event[]) => all.filter(({ type }) => type === 'payment_intent.succeeded'),
    ],
  ])('that %s tells what became of a payment, without waiting for the next minute', async (_, pick) => {
    const { booking, slot } = await captured();

    await s.hear(pick);

    expect(await s.find(booking.id)).toMatchObject({ status: 'confirmed', version: 2 });
    expect(await s.transfers(booking.id)).toHaveLength(1);
    expect(await s.announced(slot)).toEqual(['SlotHeld', 'BookingPendingPayment', 'BookingConfirmed']);
  });

  it('that says less than is true by now does no harm: the intent is read again', async () => {
    const { booking, student } = await s.book({ starts: [TOMORROW] });
    await s.cancel(student, booking.id);
    await s.queue.idle();

    await s.hear(backwards);
    await s.minute();

    expect(await s.find(booking.id)).toMatchObject({ status: 'refunded' });
    expect(await s.transfers(booking.id)).toHaveLength(2);
  });

  it('that never comes is made up for by the next minute', async () => {
    const { booking } = await captured();
    await s.minute();
    expect(await s.find(booking.id)).toMatchObject({ status: 'confirmed' });

    const dispute = await s.book();
    s.double.openDispute(dispute.intentId);
    await s.minute();
    await s.minute();

    const tasks = (await s.tasks()).filter(({ facts }) => facts['payment_intent_id'] === dispute.intentId);
    expect(tasks).toMatchObject([{ kind: 'dispute', facts: { amount: 2500, reason: 'fraudulent' } }]);
  });

  it('about a dispute leaves one task, however often it comes', async () => {
    const { intentId } = await s.book();
    s.double.openDispute(intentId, 'product_not_received');

    await s.hear(twice);
    await s.minute();

    const tasks = (await s.tasks()).filter(({ facts }) => facts['payment_intent_id'] === intentId);
    expect(tasks).toMatchObject([{ kind: 'dispute', facts: { reason: 'product_not_received' } }]);
  });

  it('is worked on once, however often it comes', async () => {
    const { intentId } = await s.book();
    await s.hear();
    s.double.openDispute(intentId);
    let reads = 0;
    const stop = s.double.onRequest(({ phase }) => void (reads += phase === 'before' ? 1 : 0));

    await s.hear((all) => [...twice(all), ...twice(all)]);
    stop();

    expect(reads).toBe(1);
  });

  it('is kept although Stripe cannot be asked just then, and worked on a minute later', async () => {
    const { intentId } = await s.book();
    s.double.openDispute(intentId);
    s.double.setFaults({ requests: [{ method: 'GET', path: '/v1/disputes/*', kind: 'reset', times: 4 }] });
    const tasks = async () => (await s.tasks()).filter(({ facts }) => facts['payment_intent_id'] === intentId);

    await s.hear();
    expect(await tasks()).toEqual([]);
    await s.minute();

    expect(await tasks()).toHaveLength(1);
  });

  it('about an intent that is not ours changes nothing', async () => {
    const { id } = await s.stripe.paymentIntents.create({ amount: 100, currency: 'usd', capture_method: 'manual' });
    s.double.pay(id, 'ok');

    await s.hear();

    expect(s.double.intent(id).status).toBe('requires_capture');
  });

  it('while the student may still confirm leaves the authorization alone', async () => {
    const [student, slot] = [s.person(), await s.slot()];
    const intentId = await s.authorize(student, slot);

    expect(await s.hear()).toContain('payment_intent.amount_capturable_updated');

    expect(s.double.intent(intentId).status).toBe('requires_capture');
    expect((await s.confirm(student, slot, intentId)).booking.status).toBe('confirmed');
  });

  it.each([
    ['another secret', (payload: string) => s.deliver(payload, 'whsec_other')],
    ['no signature that can be read', (payload: string) => s.events.receive(Buffer.from(payload), 'v1=none')],
  ])('with %s is refused', async (_, deliver) => {
    await expect(deliver('{"id":"evt_1","type":"invoice.paid","data":{"object":{"id":"in_1"}}}')).rejects.toThrow(
      SignatureInvalid,
    );
  });

  it('about a subscription and its invoices is heard', async () => {
    const customer = await s.stripe.customers.create({});
    const subscription = s.double.subscribe({ customer: customer.id, amount: 9900, currency: 'eur' });
    s.double.unsubscribe(subscription.id);

    expect(await s.hear(backwards)).toEqual(expect.arrayContaining(['invoice.paid', 'customer.subscription.deleted']));

    const kept = await s.source.query('select id, ended_at from stripe_subscriptions');
    expect(kept).toMatchObject([{ id: subscription.id, ended_at: expect.any(Date) }]);
    expect(await s.source.query('select * from stripe_invoices')).toHaveLength(1);
  });
});
