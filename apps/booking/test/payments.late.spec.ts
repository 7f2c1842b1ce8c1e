import { GroupsService } from '../src/groups/groups.service.ts';
import { type PaymentsScenario, paymentsScenario } from './payments.scenario.ts';

const TOMORROW = '2030-03-02T12:00:00.000Z';

describe('money that comes, or goes, at an awkward moment', () => {
  let s: PaymentsScenario;
  beforeAll(async () => {
    s = await paymentsScenario();
  });
  afterAll(() => s.close());
  beforeEach(() => s.double.setFaults({}));
  afterEach(() => s.expectBooksToAgree());

  /** A lesson whose capture nobody knows the end of; `happened` says whether Stripe did capture. */
  const inTheAir = async (happened: boolean) => {
    const [tutor, student] = [s.person(), s.person()];
    const slot = await s.slot({ tutor, starts: [TOMORROW] });
    const intentId = await s.authorize(student, slot);
    const kind = happened ? 'drop_reply' : 'reset';
    s.double.setFaults({ requests: [{ path: '/v1/payment_intents/*/capture', kind, times: 4 }] });
    const { booking } = await s.confirm(student, slot, intentId);
    return { tutor, slot, intentId, booking };
  };

  it.each([
    ['captured', true],
    ['not captured', false],
  ])('is found out about when the lesson was called off meanwhile, and was %s', async (_, happened) => {
    const { tutor, slot, intentId, booking } = await inTheAir(happened);
    expect(booking.status).toBe('pending_payment');
    await s.get(GroupsService).cancel({ by: tutor, slotId: slot, reason: 'ill', reopen: false }, s.unnamed(tutor));
    await s.queue.idle();
    for (let minutes = 0; minutes < 4; minutes++) await s.minute();

    const { status, amount_received } = s.double.intent(intentId);
    if (happened) {
      expect({ status, amount_received }).toEqual({ status: 'succeeded', amount_received: 2500 });
      expect(await s.find(booking.id)).toMatchObject({ status: 'refunded', refundedCents: 2500 });
      expect(await s.transfers(booking.id)).toMatchObject([{ kind: 'payment' }, { kind: 'refund', cents: '2500' }]);
    } else {
      expect({ status, amount_received }).toEqual({ status: 'canceled', amount_received: 0 });
      expect(await s.find(booking.id)).toMatchObject({ status: 'canceled', refundedCents: 0 });
      expect(await s.transfers(booking.id)).toEqual([]);
    }
  });

  it('goes back where an operator captures by hand what no hold stands behind', async () => {
    const [student, slot] = [s.person(), await s.slot()];
    const intentId = await s.authorize(student, slot);
    await s.stripe.paymentIntents.capture(intentId);

    await s.minute(12);
    await s.minute();

    expect((await s.stripe.refunds.list({ payment_intent: intentId })).data).toMatchObject([{ amount: 2500 }]);
  });

  it('is announced to have come back only when it has', async () => {
    const { student, booking, intentId, slot } = await s.book({ starts: [TOMORROW] });
    s.double.setFaults({ refunds: 'pend' });
    await s.cancel(student, booking.id);
    await s.queue.idle();
    await s.minute();
    expect(await s.find(booking.id)).toMatchObject({ status: 'canceled', refundedCents: 2500 });

    const [refund] = (await s.stripe.refunds.list({ payment_intent: intentId })).data;
    s.double.settleRefund(refund!.id, 'succeeded');
    await s.minute();

    expect(await s.find(booking.id)).toMatchObject({ status: 'refunded', refundedCents: 2500 });
    expect((await s.announced(slot)).slice(-2)).toEqual(['BookingCanceled', 'BookingRefunded']);
  });

  it.each([
    ['before it arrived', 'pend'],
    ['after it had arrived', 'succeed'],
  ] as const)('that a bank sends back %s is owed to the student, and an operator is told', async (_, refunds) => {
    const { student, booking, intentId } = await s.book({ starts: [TOMORROW] });
    s.double.setFaults({ refunds });
    await s.cancel(student, booking.id);
    await s.queue.idle();
    const [refund] = (await s.stripe.refunds.list({ payment_intent: intentId })).data;

    s.double.settleRefund(refund!.id, 'failed');
    await s.hear();
    await s.minute();

    expect(await s.find(booking.id)).toMatchObject({ status: refunds === 'pend' ? 'canceled' : 'refunded' });
    expect(await s.transfers(booking.id)).toMatchObject([
      { kind: 'payment', from: 'stripe', to: 'tutor' },
      { kind: 'refund', from: 'tutor', to: 'stripe' },
      { kind: 'correction', from: 'stripe', to: 'platform', cents: '2500' },
    ]);
    const tasks = (await s.tasks()).filter(({ facts }) => facts['booking_id'] === booking.id);
    expect(tasks).toMatchObject([
      { kind: 'refund_failed', facts: { amount_cents: 2500, payment_intent_id: intentId } },
    ]);
  });

  it('that was given back by hand already is not given back again, and an operator is told', async () => {
    const { student, booking, intentId } = await s.book({ starts: [TOMORROW] });
    await s.stripe.refunds.create({ payment_intent: intentId });

    await s.cancel(student, booking.id);
    await s.queue.idle();
    await s.minute();

    const tasks = (await s.tasks()).filter(({ facts }) => facts['booking_id'] === booking.id);
    expect(tasks).toMatchObject([{ kind: 'refund_refused', facts: { reason: 'charge_already_refunded' } }]);
    expect((await s.stripe.refunds.list({ payment_intent: intentId })).data).toHaveLength(1);
    // What was done by hand is written into the books by hand.
    await s.correct(booking, 2500);
  });

  it('is written down once where a worker was so slow that another has taken over', async () => {
    const [student, slot] = [s.person(), await s.slot()];
    const intentId = await s.authorize(student, slot);
    const stop = s.double.onRequest(async ({ path, phase }) => {
      if (phase === 'after' && path.endsWith('/capture')) await s.minute(2);
    });

    const { booking } = await s.confirm(student, slot, intentId);
    stop();
    await s.minute();

    expect(booking.status).toBe('confirmed');
    expect(await s.transfers(booking.id)).toMatchObject([{ kind: 'payment' }]);
    expect((await s.announced(slot)).filter((name) => name === 'BookingConfirmed')).toHaveLength(1);
  });

  it('that was given back is found again, also when Stripe has forgotten the key', async () => {
    const { student, booking, intentId } = await s.book({ starts: ['2030-03-05T12:00:00.000Z'] });
    s.double.setFaults({ requests: [{ method: 'POST', path: '/v1/refunds', kind: 'drop_reply', times: 4 }] });
    await s.cancel(student, booking.id);
    await s.queue.idle();

    await s.minute(25 * 60);

    expect(await s.find(booking.id)).toMatchObject({ status: 'refunded' });
    expect((await s.stripe.refunds.list({ payment_intent: intentId })).data).toHaveLength(1);
  });
});
