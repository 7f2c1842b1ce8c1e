import type { PersonId } from '@scheduling/domain';
import { findBooking } from '../src/bookings/bookings.store.ts';
import { bookingIdOf, ConfirmService } from '../src/bookings/confirm.service.ts';
import { GroupsService } from '../src/groups/groups.service.ts';
import { IntentsService } from '../src/payments/intents.service.ts';
import { SavedMethods } from '../src/payments/saved-methods.service.ts';
import { type PaymentsScenario, paymentsScenario } from './payments.scenario.ts';

const TOMORROW = '2030-03-02T12:00:00.000Z';

/** Each of these once left money, or a promise of it, that nobody looked at again. */
describe('a payment that goes on after its story seemed over', () => {
  let s: PaymentsScenario;
  beforeEach(async () => {
    s = await paymentsScenario();
  });
  afterEach(() => s.close());
  const keyed = (personId: PersonId, key: string) => ({ ...s.unnamed(personId), key });

  it('lets a student save a card, though Stripe failed at first', async () => {
    const student = s.person();
    s.double.setFaults({ requests: [{ path: '/v1/customers', kind: 'status', status: 500, times: 1 }] });
    const { customer } = await s.get(SavedMethods).begin(student);
    expect(customer).toMatch(/^cus_/);
  });

  it('gives no intent to a hold that has lapsed, whatever was asked before', async () => {
    const [student, slot] = [s.person(), await s.slot({ starts: [TOMORROW] })];
    await s.hold(student, slot);
    const request = keyed(student, 'k-intent');
    s.double.setFaults({ requests: [{ path: '/v1/payment_intents', kind: 'status', status: 503 }] });
    await expect(s.get(IntentsService).ask(student, slot, request)).rejects.toMatchObject({
      code: 'payment_provider_unavailable',
    });
    s.double.setFaults({});
    await s.minute(15);
    await expect(s.get(IntentsService).ask(student, slot, request)).rejects.toMatchObject({ code: 'hold_lapsed' });
  });

  it('never takes money for a lesson that has begun', async () => {
    const [student, slot] = [s.person(), await s.slot({ starts: [TOMORROW] })];
    const intentId = await s.authorize(student, slot);
    s.double.setFaults({ requests: [{ path: '/v1/payment_intents/*/capture', kind: 'reset' }] });
    await s.confirm(student, slot, intentId);
    await s.minute(60 * 72);
    s.double.setFaults({});
    for (let i = 0; i < 5; i++) await s.minute(15);
    expect(s.double.totals()).toEqual({});
  });

  it('still answers a confirmation that was canceled since as it was', async () => {
    const [student, slot] = [s.person(), await s.slot({ starts: [TOMORROW] })];
    const intentId = await s.authorize(student, slot);
    const request = keyed(student, 'k-conf');
    const { booking } = await s.confirm(student, slot, intentId, request);
    await s.cancel(student, booking.id);
    const again = await s.confirm(student, slot, intentId, request).catch((e: unknown) => e);
    expect(again).toMatchObject({ booking: { id: booking.id } });
  });

  const saver = async (): Promise<PersonId> => {
    const student = s.person();
    const { id } = await s.get(SavedMethods).begin(student);
    s.double.pay(id, 'ok');
    await s.hear();
    return student;
  };
  const toBePaid = async (student: PersonId, tutor = s.person()) => {
    const slot = await s.slot({ tutor, starts: [TOMORROW] });
    const { hold } = await s.hold(student, slot);
    await s.db.transaction(async (tx) => {
      const held = await s.get(ConfirmService).lockHold(tx, student, slot);
      await s.get(ConfirmService).book(tx, held.hold, { status: 'pending_payment', paymentMethod: 'stripe' });
    });
    return { id: bookingIdOf(hold), slot };
  };
  it('promises no refund of what was never taken', async () => {
    const [tutor, student] = [s.person(), s.person()];
    const slot = await s.slot({ tutor, starts: [TOMORROW] });
    const intentId = await s.authorize(student, slot, 'capture_refused');
    let once = true;
    const stop = s.double.onRequest(async ({ path, phase }) => {
      if (!once || phase !== 'after' || !path.endsWith('/capture')) return;
      once = false;
      await s.get(GroupsService).cancel({ by: tutor, slotId: slot, reason: 'ill', reopen: false }, s.unnamed(tutor));
    });
    await s.confirm(student, slot, intentId).catch(() => undefined);
    stop();
    await s.queue.idle();
    for (let i = 0; i < 4; i++) await s.minute();
    const [{ id }] = await s.source.query('select id from bookings');
    expect(await s.find(id)).toMatchObject({ status: 'canceled', refundedCents: 0 });
  });

  it('gives back what a card paid after it had declined, and the lesson was called off', async () => {
    const student = await saver();
    const [method] = await s.get(SavedMethods).list(student);
    s.double.turnCard(method!.id, 'declined');
    const { id } = await toBePaid(student);
    await s.db.transaction(async (tx) => s.get(SavedMethods).charge(tx, (await findBooking(tx, id))!));
    await s.queue.idle();
    const { intent_id } = await s.payment(id);
    s.double.pay(intent_id as string, 'ok');
    await s.hear();
    for (let i = 0; i < 4; i++) await s.minute(15);
    await s.cancel(student, id);
    for (let i = 0; i < 4; i++) await s.minute(15);
    expect(s.double.totals()['usd']?.captured ?? 0).toBe(s.double.totals()['usd']?.refunded ?? 0);
  });
});
