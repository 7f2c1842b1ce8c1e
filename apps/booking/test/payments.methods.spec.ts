import type { BookingId, PersonId } from '@scheduling/domain';
import { bookingIdOf, ConfirmService } from '../src/bookings/confirm.service.ts';
import { findBooking } from '../src/bookings/bookings.store.ts';
import { SavedMethods } from '../src/payments/saved-methods.service.ts';
import { type PaymentsScenario, paymentsScenario } from './payments.scenario.ts';

const TOMORROW = '2030-03-02T12:00:00.000Z';

describe('a saved card', () => {
  let s: PaymentsScenario;
  let methods: SavedMethods;
  beforeAll(async () => {
    s = await paymentsScenario();
    methods = s.get(SavedMethods);
  });
  afterAll(() => s.close());
  beforeEach(() => s.double.setFaults({}));
  afterEach(() => s.expectBooksToAgree());

  /** A student who has saved a card. */
  const saver = async (): Promise<PersonId> => {
    const student = s.person();
    const { id } = await methods.begin(student);
    s.double.pay(id, 'ok');
    await s.hear();
    return student;
  };

  /** A lesson whose seat is sure and which is to be paid later, as those of a series are. */
  const toBePaid = async (student: PersonId) => {
    const slot = await s.slot({ starts: [TOMORROW] });
    const { hold } = await s.hold(student, slot);
    await s.db.transaction(async (tx) => {
      const held = await s.get(ConfirmService).lockHold(tx, student, slot);
      await s.get(ConfirmService).book(tx, held.hold, { status: 'pending_payment', paymentMethod: 'stripe' });
    });
    return { id: bookingIdOf(hold), slot };
  };

  const plan = (id: BookingId): Promise<boolean> =>
    s.db.transaction(async (tx) => methods.charge(tx, (await findBooking(tx, id))!));
  const charge = async (id: BookingId): Promise<boolean> => {
    const planned = await plan(id);
    await s.queue.idle();
    return planned;
  };
  const methodOf = async (student: PersonId): Promise<string> => (await methods.list(student))[0]!.id;

  it('pays for a lesson while its student is away', async () => {
    const { id, slot } = await toBePaid(await saver());

    expect(await charge(id)).toBe(true);

    const booking = await s.find(id);
    expect(booking).toMatchObject({ status: 'confirmed', paymentIntentId: expect.stringMatching(/^pi_/) });
    expect(await s.transfers(id)).toMatchObject([{ kind: 'payment', from: 'stripe', cents: '2500' }]);
    expect((await s.announced(slot)).at(-1)).toBe('BookingConfirmed');
    await s.cancel(booking.studentId, id);
    await s.queue.idle();
    expect(await s.find(id)).toMatchObject({ status: 'refunded' });
  });

  it('is known also where the webhook about it never came', async () => {
    const student = s.person();
    expect(await methods.has(student)).toBe(false);
    const { id } = await methods.begin(student);
    expect(await methods.has(student)).toBe(false);
    s.double.pay(id, 'ok');

    expect(await methods.has(student)).toBe(true);
    expect(await charge((await toBePaid(student)).id)).toBe(true);
  });

  it('belongs to one customer a student, however often they save one', async () => {
    const student = s.person();
    const setups = await Promise.all([1, 2, 3].map(() => methods.begin(student)));

    expect(new Set(setups.map(({ customer }) => customer)).size).toBe(1);
    expect(setups[0]).toMatchObject({ usage: 'off_session', metadata: { student_id: student } });
  });

  it('is charged for nobody who has none', async () => {
    const { id } = await toBePaid(s.person());

    expect(await charge(id)).toBe(false);
    expect(await s.find(id)).toMatchObject({ status: 'pending_payment' });
  });

  it('that is declined leaves the lesson waiting, tells the student, and may be charged once more', async () => {
    const student = await saver();
    const { id, slot } = await toBePaid(student);
    s.double.turnCard(await methodOf(student), 'declined');

    await charge(id);
    expect(await s.find(id)).toMatchObject({ status: 'pending_payment', paymentIntentId: null });
    expect((await s.announced(slot)).at(-1)).toBe('PaymentFailed');
    await s.minute();
    expect((await s.announced(slot)).filter((name) => name === 'PaymentFailed')).toHaveLength(1);

    s.double.turnCard(await methodOf(student), 'ok');
    expect(await charge(id)).toBe(true);
    expect(await s.find(id)).toMatchObject({ status: 'confirmed' });
    expect(await s.transfers(id)).toHaveLength(1);
  });

  it('that was removed at Stripe is one that is declined, and the next one pays', async () => {
    const student = await saver();
    const { id, slot } = await toBePaid(student);
    await s.stripe.paymentMethods.detach(await methodOf(student));

    await charge(id);
    expect(await s.find(id)).toMatchObject({ status: 'pending_payment', paymentIntentId: null });
    expect((await s.announced(slot)).at(-1)).toBe('PaymentFailed');

    s.double.pay((await methods.begin(student)).id, 'ok');
    expect(await methods.has(student)).toBe(true);
    expect(await charge(id)).toBe(true);
    expect(await s.find(id)).toMatchObject({ status: 'confirmed' });
  });

  it.each(['drop_reply', 'reset'] as const)('is charged once where the connection fails (%s)', async (kind) => {
    const { id } = await toBePaid(await saver());
    s.double.setFaults({
      requests: [
        { method: 'POST', path: '/v1/payment_intents', kind, times: 4 },
        { path: '/v1/payment_intents/*/confirm', kind, times: 4 },
      ],
    });

    await charge(id);
    expect(await plan(id)).toBe(false);
    for (let minutes = 0; minutes < 4; minutes++) await s.minute();

    expect(await s.find(id)).toMatchObject({ status: 'confirmed' });
    expect(await s.transfers(id)).toHaveLength(1);
  });

  it('is not charged for a lesson that was canceled before', async () => {
    const student = await saver();
    const { id } = await toBePaid(student);
    s.double.setFaults({ requests: [{ method: 'POST', path: '/v1/payment_intents', kind: 'reset', times: 4 }] });
    await charge(id);
    await s.cancel(student, id);
    for (let minutes = 0; minutes < 3; minutes++) await s.minute();

    expect(await s.find(id)).toMatchObject({ status: 'canceled' });
    expect(await s.payment(id)).toMatchObject({ state: 'settled', outcome: 'released' });
    expect(await s.transfers(id)).toEqual([]);
  });

  it('is not charged for a lesson that is canceled while its intent is made', async () => {
    const student = await saver();
    const { id } = await toBePaid(student);
    const stop = s.double.onRequest(async ({ method, path, phase }) => {
      if (phase === 'after' && method === 'POST' && path === '/v1/payment_intents') await s.cancel(student, id);
    });
    await charge(id);
    stop();
    await s.minute();

    expect(await s.find(id)).toMatchObject({ status: 'canceled', refundedCents: 0 });
    expect(await s.payment(id)).toMatchObject({ goal: 'release', outcome: 'released' });
    expect(await s.transfers(id)).toEqual([]);
  });
});
