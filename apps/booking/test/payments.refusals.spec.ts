import { type PaymentsScenario, paymentsScenario } from './payments.scenario.ts';

describe('a confirmation by card', () => {
  let s: PaymentsScenario;
  beforeAll(async () => {
    s = await paymentsScenario();
  });
  afterAll(() => s.close());
  afterEach(() => s.expectBooksToAgree());

  /** What is refused leaves the hold as it was, and the money where it was. */
  const expectNothingTaken = async (intentId: string, slot: Parameters<typeof s.status>[0]) => {
    expect(s.double.intent(intentId)).toMatchObject({ amount_received: 0 });
    expect(await s.status(slot)).toBe('held');
  };

  it.each<[string, Record<string, string | number>]>([
    ['amount', { amount: 100 }],
    ['booking_id', { 'metadata[booking_id]': '51eb2b8c-0a2f-4d1f-8b1e-2f0a7a3d9e10' }],
    ['slot_id', { 'metadata[slot_id]': '51eb2b8c-0a2f-4d1f-8b1e-2f0a7a3d9e10' }],
    ['student_id', { 'metadata[student_id]': '' }],
  ])('is refused where the %s of the intent was changed at Stripe', async (differs, change) => {
    const [student, slot] = [s.person(), await s.slot()];
    await s.hold(student, slot);
    const intentId = await s.ask(student, slot);
    await s.stripe.rawRequest('POST', `/v1/payment_intents/${intentId}`, change);
    s.double.pay(intentId, 'ok');

    await expect(s.confirm(student, slot, intentId)).rejects.toMatchObject({
      code: 'payment_intent_mismatch',
      facts: { differs },
    });
    await expectNothingTaken(intentId, slot);
  });

  it('is refused with the intent of another slot, also of the same student', async () => {
    const [student, slot, other] = [s.person(), await s.slot(), await s.slot({ starts: ['2030-03-01T15:00:00.000Z'] })];
    const intentId = await s.authorize(student, slot);
    await s.authorize(student, other);

    await expect(s.confirm(student, other, intentId)).rejects.toMatchObject({ code: 'payment_intent_mismatch' });
    await expectNothingTaken(intentId, other);
  });

  it("is refused with another student's intent", async () => {
    const [student, thief] = [s.person(), s.person()];
    const slot = await s.slot({ capacity: 2 });
    const intentId = await s.authorize(student, slot);
    await s.authorize(thief, slot);

    await expect(s.confirm(thief, slot, intentId)).rejects.toMatchObject({ code: 'payment_intent_mismatch' });
    await expectNothingTaken(intentId, slot);
  });

  it('is refused with an intent that has paid already', async () => {
    const { student, intentId } = await s.book();
    const slot = await s.slot({ starts: ['2030-03-01T15:00:00.000Z'] });
    await s.authorize(student, slot);

    await expect(s.confirm(student, slot, intentId)).rejects.toMatchObject({ code: 'payment_intent_mismatch' });
    expect(await s.status(slot)).toBe('held');
  });

  it('is refused with an intent that was never made', async () => {
    const [student, slot] = [s.person(), await s.slot()];
    await s.hold(student, slot);
    await expect(s.confirm(student, slot, 'pi_none')).rejects.toMatchObject({ code: 'payment_intent_mismatch' });
    await s.ask(student, slot);

    await expect(s.confirm(student, slot, 'pi_none')).rejects.toMatchObject({ code: 'payment_intent_mismatch' });
  });

  it.each([
    ['nobody has paid', 'requires_payment_method', () => {}],
    ['a card was declined for', 'requires_payment_method', (id: string) => void s.double.pay(id, 'declined')],
    ['has gone stale', 'canceled', (id: string) => void (s.double.pay(id, 'ok') && s.double.expire(id))],
  ])('is refused with an intent that %s', async (_, payment_intent_status, happen) => {
    const [student, slot] = [s.person(), await s.slot()];
    await s.hold(student, slot);
    const intentId = await s.ask(student, slot);
    happen(intentId);

    await expect(s.confirm(student, slot, intentId)).rejects.toMatchObject({
      code: 'payment_not_authorized',
      facts: { payment_intent_status },
    });
    await expectNothingTaken(intentId, slot);
  });

  it('is refused without a hold', async () => {
    const [student, slot] = [s.person(), await s.slot()];

    await expect(s.confirm(student, slot, 'pi_none')).rejects.toMatchObject({ code: 'hold_not_found' });
    await expect(s.ask(student, slot)).rejects.toMatchObject({ code: 'hold_not_found' });
  });

  it('comes too late where the hold has run out: nothing is taken, and the authorization is let go of', async () => {
    const [student, slot] = [s.person(), await s.slot()];
    const intentId = await s.authorize(student, slot);
    s.clock.advance(10);

    await expect(s.confirm(student, slot, intentId)).rejects.toMatchObject({ code: 'hold_lapsed' });
    await s.minute(2);

    expect(s.double.intent(intentId)).toMatchObject({ status: 'canceled', cancellation_reason: 'abandoned' });
  });

  it('comes too late where the hold runs out while Stripe is asked about the intent', async () => {
    const [student, slot] = [s.person(), await s.slot()];
    const intentId = await s.authorize(student, slot);
    const stop = s.double.onRequest(({ method, phase }) => {
      if (method === 'GET' && phase === 'after') s.clock.advance(10);
    });

    await expect(s.confirm(student, slot, intentId)).rejects.toMatchObject({ code: 'hold_lapsed' });
    stop();
    await s.minute(2);

    expect(s.double.intent(intentId)).toMatchObject({ status: 'canceled', amount_received: 0 });
  });

  it.each<['released by its student' | 'lapsed']>([['released by its student'], ['lapsed']])(
    'of a hold that was %s never comes: its intent is canceled, and the same student may hold again',
    async (how) => {
      const [student, slot] = [s.person(), await s.slot()];
      const intentId = await s.authorize(student, slot);
      if (how === 'lapsed') s.clock.advance(11);
      else await s.holds.release(student, slot);
      await s.minute(12);

      expect(s.double.intent(intentId).status).toBe('canceled');
      const again = await s.authorize(student, slot);
      expect(again).not.toBe(intentId);
      await expect(s.confirm(student, slot, intentId)).rejects.toMatchObject({ code: 'payment_intent_mismatch' });
      expect((await s.confirm(student, slot, again)).booking.status).toBe('confirmed');
    },
  );
});
