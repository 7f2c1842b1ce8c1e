import type { PersonId, SlotId } from '@scheduling/domain';
import { type PaymentsScenario, paymentsScenario } from './payments.scenario.ts';

type Faults = NonNullable<Parameters<PaymentsScenario['double']['setFaults']>[0]['requests']>;
const CREATE = { method: 'POST', path: '/v1/payment_intents' };
const READ = { method: 'GET', path: '/v1/payment_intents/*' };
const CAPTURE = { path: '/v1/payment_intents/*/capture' };
const REFUND = { method: 'POST', path: '/v1/refunds' };
const TOMORROW = '2030-03-02T12:00:00.000Z';

/** Stripe's client tries a lost connection once more by itself, and so do we. */
const TRIES = 4;
/** How Stripe fails: once, which is tried again at once, or for longer. */
const FAULTS: [string, (at: object) => Faults][] = [
  ['one answer is lost', (at) => [{ ...at, kind: 'drop_reply', times: 1 }]],
  ['answers are lost', (at) => [{ ...at, kind: 'drop_reply', times: TRIES }]],
  ['one connection is cut', (at) => [{ ...at, kind: 'reset', times: 1 }]],
  ['connections are cut', (at) => [{ ...at, kind: 'reset', times: TRIES }]],
  ['it errs and says the same under the same key', (at) => [{ ...at, kind: 'status', status: 500, times: 1 }]],
  ['it errs for longer', (at) => [{ ...at, kind: 'status', status: 500, times: 3 }]],
  ['it is overloaded', (at) => [{ ...at, kind: 'status', status: 503, times: 2 }]],
  ['it wants fewer requests', (at) => [{ ...at, kind: 'status', status: 429, times: 2 }]],
];

describe('when Stripe fails', () => {
  let s: PaymentsScenario;
  let student: PersonId;
  let slot: SlotId;
  beforeAll(async () => {
    s = await paymentsScenario();
  });
  afterAll(() => s.close());
  beforeEach(async () => {
    [student, slot] = [s.person(), await s.slot({ starts: [TOMORROW] })];
  });
  afterEach(() => s.expectBooksToAgree());

  it.each(FAULTS)('to make an intent, as %s, asking again gives one that pays', async (_, faults) => {
    await s.hold(student, slot);
    s.double.setFaults({ requests: faults(CREATE) });

    let intentId = '';
    for (let tries = 0; intentId === '' && tries < 4; tries++) {
      intentId = await s.ask(student, slot).catch((error: unknown) => {
        expect(error).toMatchObject({ code: 'payment_provider_unavailable' });
        return '';
      });
    }
    s.double.pay(intentId, 'ok');

    expect((await s.confirm(student, slot, intentId)).booking.status).toBe('confirmed');
  });

  it.each(FAULTS)('to capture, as %s, the booking is confirmed all the same, and paid once', async (_, faults) => {
    const intentId = await s.authorize(student, slot);
    s.double.setFaults({ requests: faults(CAPTURE) });

    const { booking } = await s.confirm(student, slot, intentId);
    expect(['pending_payment', 'confirmed']).toContain(booking.status);
    expect((await s.claims(slot)).map(({ expires_at }) => expires_at)).toEqual([null, null]);
    for (let minutes = 0; minutes < 3; minutes++) await s.minute();

    expect(await s.find(booking.id)).toMatchObject({ status: 'confirmed' });
    expect(await s.transfers(booking.id)).toMatchObject([{ kind: 'payment', cents: '2500' }]);
    expect(await s.announced(slot)).toEqual(['SlotHeld', 'BookingPendingPayment', 'BookingConfirmed']);
  });

  it.each(FAULTS)('to refund, as %s, the money comes back all the same, and once', async (_, faults) => {
    const { booking, intentId, student: who } = await s.book({ starts: [TOMORROW] });
    s.double.setFaults({ requests: faults(REFUND) });

    await s.cancel(who, booking.id);
    await s.queue.idle();
    for (let minutes = 0; minutes < 3; minutes++) await s.minute();

    expect(await s.find(booking.id)).toMatchObject({ status: 'refunded' });
    expect(await s.transfers(booking.id)).toMatchObject([{ kind: 'payment' }, { kind: 'refund', cents: '2500' }]);
    expect((await s.stripe.refunds.list({ payment_intent: intentId })).data).toHaveLength(1);
  });

  it('to tell of an intent before the confirmation, nothing is taken and the hold stands', async () => {
    const intentId = await s.authorize(student, slot);
    s.double.setFaults({ requests: [{ ...READ, kind: 'reset', times: TRIES }] });

    const confirmed = s.confirm(student, slot, intentId);

    await expect(confirmed).rejects.toMatchObject({ code: 'payment_provider_unavailable' });
    expect(await s.status(slot)).toBe('held');
    expect((await s.confirm(student, slot, intentId)).booking.status).toBe('confirmed');
  });

  it.each(['capture_refused', 'expires'] as const)(
    'to capture for good (%s), the seat is free again, nothing was taken, and the student is told',
    async (card) => {
      const intentId = await s.authorize(student, slot, card);

      await expect(s.confirm(student, slot, intentId)).rejects.toMatchObject({ code: 'payment_failed' });

      const { metadata, status } = s.double.intent(intentId);
      expect(status).toBe('canceled');
      const booking = await s.find(metadata['booking_id'] as never);
      expect(booking).toMatchObject({ status: 'canceled', cancelCause: 'payment_failed', refundedCents: 0 });
      expect(await s.transfers(booking.id)).toEqual([]);
      expect(await s.status(slot)).toBe('open');
      expect(await s.claims(slot)).toEqual([]);
      expect(await s.announced(slot)).toEqual([
        'SlotHeld',
        'BookingPendingPayment',
        'BookingCanceled',
        'PaymentFailed',
      ]);
      await expect(s.confirm(student, slot, intentId)).rejects.toMatchObject({ code: 'hold_lapsed' });
    },
  );

  it('to capture what it has authorized, and says no, the authorization is let go of', async () => {
    const intentId = await s.authorize(student, slot);
    s.double.setFaults({ requests: [{ ...CAPTURE, kind: 'status', status: 402 }] });

    await expect(s.confirm(student, slot, intentId)).rejects.toMatchObject({ code: 'payment_failed' });

    expect(s.double.intent(intentId)).toMatchObject({ status: 'canceled', amount_received: 0 });
    expect(await s.status(slot)).toBe('open');
  });

  it('to let go of an authorization, it is let go of a minute later', async () => {
    const intentId = await s.authorize(student, slot);
    await s.holds.release(student, slot);
    s.double.setFaults({ requests: [{ path: '/v1/payment_intents/*/cancel', kind: 'reset', times: TRIES }] });
    await s.minute(12);
    expect(s.double.intent(intentId).status).toBe('requires_capture');

    await s.minute();

    expect(s.double.intent(intentId).status).toBe('canceled');
  });
});

describe('while Stripe is down', () => {
  it('lessons are booked by credits, and Stripe is left in peace', async () => {
    const s = await paymentsScenario();
    const waiting = [s.person(), await s.slot()] as const;
    await s.hold(...waiting);
    let asked = 0;
    s.double.onRequest(() => {
      asked += 1;
      return 'reset';
    });
    const refused = { code: 'payment_provider_unavailable', kind: 'unavailable' };
    const ask = () => expect(s.ask(...waiting)).rejects.toMatchObject(refused);
    for (let tries = 0; tries < 3; tries++) await ask();
    const untilThen = asked;

    for (let tries = 0; tries < 5; tries++) await ask();
    const slots = await Promise.all([1, 2, 3].map(() => s.slot()));
    const booked = await Promise.all(slots.map((slot) => s.bookByCredit(slot)));
    expect(booked.map(({ status }) => status)).toEqual(['confirmed', 'confirmed', 'confirmed']);
    expect(asked).toBe(untilThen);
    await s.close();
  });
});
