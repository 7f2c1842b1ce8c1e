import { IntentsService } from '../src/payments/intents.service.ts';
import { PaymentMethodUnavailable } from '../src/payments/payments.errors.ts';
import { StripeConfirmService } from '../src/payments/stripe-confirm.service.ts';
import { type PaymentsScenario, paymentsScenario } from './payments.scenario.ts';
import { scenario } from './scenario.ts';

const TOMORROW = '2030-03-02T12:00:00.000Z';

describe('a lesson paid by card', () => {
  let s: PaymentsScenario;
  beforeAll(async () => {
    s = await paymentsScenario();
  });
  afterAll(() => s.close());
  afterEach(() => s.expectBooksToAgree());

  it('is confirmed once its money is captured, and stands in the books', async () => {
    const { booking, slot, intentId } = await s.book();

    expect(booking).toMatchObject({
      status: 'confirmed',
      paymentMethod: 'stripe',
      paymentIntentId: intentId,
      version: 2,
    });
    expect(s.double.intent(intentId)).toMatchObject({ status: 'succeeded', amount_received: 2500 });
    expect(await s.transfers(booking.id)).toEqual([{ kind: 'payment', from: 'stripe', to: 'tutor', cents: '2500' }]);
    expect(await s.announced(slot)).toEqual(['SlotHeld', 'BookingPendingPayment', 'BookingConfirmed']);
    expect(await s.status(slot)).toBe('booked');
    expect((await s.claims(slot)).map(({ expires_at }) => expires_at)).toEqual([null, null]);
  });

  it('has one intent, made of the hold, however often it is asked for', async () => {
    const [student, slot] = [s.person(), await s.slot()];
    const { hold } = await s.hold(student, slot);

    const [first, second] = await Promise.all([s.ask(student, slot), s.ask(student, slot)]);

    expect(second).toBe(first);
    expect(s.double.intent(first)).toMatchObject({
      amount: 2500,
      currency: 'usd',
      capture_method: 'manual',
      metadata: { booking_id: hold.id, slot_id: slot, student_id: student },
    });
  });

  it.each([
    ['JPY', 2500],
    ['USD', 2500],
    ['ISK', 250_000],
  ])('costs in %s what Stripe calls %i', async (currency, amount) => {
    const { booking, intentId } = await s.book({ price: 2500, terms: { currency } });

    expect(s.double.intent(intentId)).toMatchObject({ amount_received: amount, currency: currency.toLowerCase() });
    expect(await s.transfers(booking.id)).toMatchObject([{ cents: '2500' }]);
  });

  it('answers a repeat with the same booking, and captures once', async () => {
    const { student, slot, intentId, booking } = await s.book();

    const again = await s.confirm(student, slot, intentId);

    expect(again).toEqual({ booking, isRepeated: true });
    expect(await s.transfers(booking.id)).toHaveLength(1);
  });

  it('answers a repeat under the same key as it did at first', async () => {
    const [student, slot] = [s.person(), await s.slot()];
    const request = { personId: student, key: 'k', content: 'confirm' };
    const intentId = await s.authorize(student, slot);

    const first = await s.confirm(student, slot, intentId, request);

    expect(await s.confirm(student, slot, intentId, request)).toEqual(first);
    expect(first).toMatchObject({ isRepeated: false, booking: { status: 'confirmed' } });
  });

  it('gets its money back by its policy when it is canceled, and says so', async () => {
    const { student, slot, booking, intentId } = await s.book({ starts: [TOMORROW] });

    expect(await s.cancel(student, booking.id)).toMatchObject({ status: 'canceled', refundedCents: 2500 });
    await s.queue.idle();

    expect(await s.find(booking.id)).toMatchObject({ status: 'refunded', refundedCents: 2500 });
    expect(await s.transfers(booking.id)).toMatchObject([
      { kind: 'payment', from: 'stripe', to: 'tutor', cents: '2500' },
      { kind: 'refund', from: 'tutor', to: 'stripe', cents: '2500' },
    ]);
    expect(await s.stripe.refunds.list({ payment_intent: intentId })).toMatchObject({ data: [{ amount: 2500 }] });
    expect((await s.announced(slot)).slice(-2)).toEqual(['BookingCanceled', 'BookingRefunded']);
  });

  it('gives back nothing when its policy says so', async () => {
    const { student, booking } = await s.book();

    expect(await s.cancel(student, booking.id)).toMatchObject({ status: 'canceled', refundedCents: 0 });
    await s.minute();

    expect(await s.find(booking.id)).toMatchObject({ status: 'canceled' });
    expect(await s.transfers(booking.id)).toHaveLength(1);
  });

  it('cannot be canceled while its money is being captured', async () => {
    const [student, slot] = [s.person(), await s.slot()];
    const intentId = await s.authorize(student, slot);
    const refusals: unknown[] = [];
    const stop = s.double.onRequest(async ({ path, phase }) => {
      if (phase !== 'before' || !path.endsWith('/capture')) return;
      const id = s.double.intent(intentId).metadata['booking_id'] as never;
      refusals.push(await s.cancel(student, id).catch((error: unknown) => error));
    });

    const { booking } = await s.confirm(student, slot, intentId);
    stop();

    expect(refusals).toMatchObject([{ code: 'payment_under_way' }]);
    expect(booking.status).toBe('confirmed');
  });

  it('is confirmed once by two requests at the same moment', async () => {
    const [student, slot] = [s.person(), await s.slot()];
    const intentId = await s.authorize(student, slot);

    const answers = await Promise.all([1, 2, 3, 4].map(() => s.confirm(student, slot, intentId)));
    await s.minute();

    const [first] = answers;
    expect(new Set(answers.map(({ booking }) => booking.id)).size).toBe(1);
    expect(answers.filter(({ isRepeated }) => !isRepeated)).toHaveLength(1);
    expect(await s.find(first!.booking.id)).toMatchObject({ status: 'confirmed', version: 2 });
    expect(await s.transfers(first!.booking.id)).toHaveLength(1);
  });

  it('is paid one way only when its student confirms with a card and with credits at once', async () => {
    const [student, slot] = [s.person(), await s.slot()];
    const intentId = await s.authorize(student, slot);
    await s.grant(student, 10_000);

    const answers = await Promise.all([s.confirm(student, slot, intentId), s.confirmByCredit(student, slot)]);
    await s.minute(15);

    const booking = await s.find(answers[0].booking.id);
    expect(booking.status).toBe('confirmed');
    expect(await s.transfers(booking.id)).toHaveLength(1);
    expect(s.double.intent(intentId).status).toBe(booking.paymentMethod === 'stripe' ? 'succeeded' : 'canceled');
  });

  it('is not to be had by card where it is free', async () => {
    const [student, slot] = [s.person(), await s.slot({ price: 0 })];
    await s.hold(student, slot);

    await expect(s.ask(student, slot)).rejects.toMatchObject({ code: 'nothing_to_pay' });
  });

  it('is not to be had by card where Stripe has no coins for its price', async () => {
    const [student, slot] = [s.person(), await s.slot({ price: 2501, terms: { currency: 'KWD' } })];
    await s.hold(student, slot);

    await expect(s.ask(student, slot)).rejects.toMatchObject({ code: 'amount_not_chargeable' });
  });
});

describe('without a key of Stripe', () => {
  it('no card is taken, and credits are', async () => {
    const s = await scenario();
    const slot = await s.slot();
    const student = s.person();
    await s.hold(student, slot);

    const asked = s.get(IntentsService).ask(student, slot, s.unnamed(student));
    await expect(asked).rejects.toThrow(PaymentMethodUnavailable);
    const confirmed = s.get(StripeConfirmService).confirm(student, slot, 'pi_1', s.unnamed(student));
    await expect(confirmed).rejects.toThrow(PaymentMethodUnavailable);
    expect((await s.book(slot, student)).status).toBe('confirmed');
    await s.end();
  });
});
