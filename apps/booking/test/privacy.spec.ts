import { randomUUID } from 'node:crypto';
import { ExportRequested, UserErased } from '@scheduling/contracts';
import type { BookingId, PersonId, SlotId } from '@scheduling/domain';
import { type ExportPiece, unsealed } from '@scheduling/service-kit';
import { exportJWK, generateKeyPair } from 'jose';
import { CancelService } from '../src/bookings/cancel.service.ts';
import { SavedMethods } from '../src/payments/saved-methods.service.ts';
import { PlansService } from '../src/plans/plans.service.ts';
import { ErasuresService } from '../src/privacy/erasures.service.ts';
import { PrivacyConsumer } from '../src/privacy/privacy.consumer.ts';
import { PrivacyService } from '../src/privacy/privacy.service.ts';
import { MakingService } from '../src/series/making.service.ts';
import { SubscriptionsService } from '../src/subscriptions/subscriptions.service.ts';
import { JoinService } from '../src/waitlist/join.service.ts';
import { type PaymentsScenario, paymentsScenario } from './payments.scenario.ts';
import { FRIDAYS } from './series.scenario.ts';
import { unsound } from './soundness.ts';

const SOON = '2030-03-01T12:00:00.000Z';
/** The policy gives everything back until a day before the start. */
const LATER = '2030-03-20T12:00:00.000Z';
const UNENDED = `
  select (select count(*)::int from holds where student_id = $1 and status = 'held') as holds,
         (select count(*)::int from bookings where student_id = $1 and status in ('confirmed', 'pending_payment')) as lessons,
         (select count(*)::int from waitlist where student_id = $1 and status in ('waiting', 'offered')) as waits,
         (select count(*)::int from subscriptions where student_id = $1 and ends_at is null) as subscriptions,
         (select count(*)::int from series_dates d join series on series.id = d.series_id
           where student_id = $1 and d.status = 'planned') as dates`;
const WORDS = 'Mary is ill';

describe('somebody who is gone', () => {
  const privacy = new PrivacyConsumer(new PrivacyService());
  let s: PaymentsScenario;
  let mary: PersonId;
  beforeAll(async () => {
    s = await paymentsScenario();
  });
  beforeEach(() => {
    mary = s.person();
    s.double.setFaults({});
  });
  afterAll(() => s.close());

  const erase = (person: PersonId) =>
    s.db.transaction((tx) => privacy.erase(tx, UserErased.of<UserErased>({ user_id: person, version: 9 })));
  /** What each replica does every ten seconds, a minute later. */
  const round = async (minutes = 1): Promise<number> => {
    s.clock.advance(minutes);
    return s.get(ErasuresService).workOff();
  };
  const book = async (student: PersonId, slot: SlotId) => (await s.bookByCredit(slot, student)).id;
  const lesson = async (id: BookingId) => {
    const { status, refundedCents, cancelReason } = await s.find(id);
    return [status, refundedCents, cancelReason];
  };
  const erasure = async () =>
    (await s.source.query('select done_at, last_error from erasures where person_id = $1', [mary]))[0];
  const saveCard = async (): Promise<string> => {
    const { id, customer } = await s.get(SavedMethods).begin(mary);
    s.double.pay(id, 'ok');
    await s.hear();
    return customer as string;
  };
  const isKnown = async (): Promise<boolean> =>
    (await s.source.query('select from stripe_customers where student_id = $1', [mary])).length > 0;
  const unended = async () => (await s.source.query(UNENDED, [mary]))[0];
  const customers = async () => (await s.stripe.customers.list({ limit: 100 })).data.map(({ id }) => id);

  it('has nothing left that they had begun, by the rules that hold for everybody', async () => {
    const soon = await book(mary, await s.slot({ starts: [SOON] }));
    const later = await book(mary, await s.slot({ starts: [LATER] }));
    const held = await s.slot({ starts: ['2030-03-21T12:00:00.000Z'] });
    await s.hold(mary, held);
    const [tutor, taken] = [s.person(), s.person()];
    const wanted = await s.slot({ tutor, starts: ['2030-03-22T12:00:00.000Z'] });
    await book(taken, wanted);
    await s.get(JoinService).join(mary, { tutorId: tutor, wanted }, s.unnamed(mary));
    const weekly = s.person();
    await s.offer({
      ...s.publication(weekly, { starts: FRIDAYS.slice(0, 2) }),
      horizon_at: '2030-03-16T00:00:00.000Z',
    });
    const wish = { slotId: (await s.slotsOf(weekly))[0]!, rule: 'weekly', ends: { count: 4 } } as const;
    await s.get(MakingService).make(mary, { ...wish, onConflict: 'refuse' }, 'credit', s.unnamed(mary));
    const terms = { name: 'Four', period: 'month', lessonsPerPeriod: 4, stripePriceId: null } as const;
    const price = { cents: 8000, currency: 'USD' };
    const plan = await s.get(PlansService).make({ ...terms, price }, tutor, s.unnamed(tutor));
    const subscription = { studentId: mary, planId: plan.id, startsAt: null, stripeId: null };
    await s.get(SubscriptionsService).subscribe(subscription, tutor, s.unnamed(tutor));
    expect(await unended()).toEqual({ holds: 1, lessons: 4, waits: 1, subscriptions: 1, dates: 2 });

    await erase(mary);
    expect(await round()).toBe(1);
    expect([await lesson(soon), await lesson(later)]).toEqual([
      ['canceled', 0, null],
      ['refunded', 2500, null],
    ]);
    expect([await s.status(held), await s.status(wanted)]).toEqual(['open', 'booked']);
    expect(await unended()).toEqual({ holds: 0, lessons: 0, waits: 0, subscriptions: 0, dates: 0 });
    expect(await erasure()).toEqual({ done_at: null, last_error: null });
  });

  it('pays back all of a lesson that they were to teach, and leaves what others do', async () => {
    const [sam, olena] = [s.person(), s.person()];
    const theirs = await book(sam, await s.slot({ tutor: mary, starts: [SOON] }));
    const another = await book(olena, await s.slot({ starts: [SOON] }));
    await erase(mary);
    await round();
    expect([await lesson(theirs), await lesson(another)]).toEqual([
      ['refunded', 2500, null],
      ['confirmed', 0, null],
    ]);
  });

  it('leaves no word that they wrote, or that was written to them, and no answer that was kept', async () => {
    const slot = await s.slot({ tutor: mary, starts: [LATER] });
    const id = await book(s.person(), slot);
    const request = { personId: mary, key: 'k-cancel', content: 'cancel' };
    const words = () =>
      s.source.query(
        `select cancel_reason as word from bookings where cancel_reason = $1
         union all select reason from audit where reason = $1
         union all select reason from transfers where credit_account = 'student:' || $2::uuid and reason is not null
         union all select 'kept' from idempotency where person_id = $2::uuid`,
        [WORDS, mary],
      );
    await s.get(CancelService).cancel({ by: mary, bookingId: id, reason: WORDS, reopen: false }, request);
    await s.grant(mary, 100);
    expect(await words()).toHaveLength(4);
    await erase(mary);
    await round();
    expect(await words()).toEqual([]);
    // That it was canceled, by whom and what went back stays.
    expect(await s.find(id)).toMatchObject({ status: 'refunded', canceledBy: mary, refundedCents: 2500 });
  });

  it('is gone at Stripe with their cards', async () => {
    const customer = await saveCard();
    expect(await customers()).toContain(customer);
    await erase(mary);
    await round();
    expect([await customers(), await isKnown()]).toEqual([expect.not.arrayContaining([customer]), false]);
  });

  it('is gone at Stripe once, though its answer was lost', async () => {
    const customer = await saveCard();
    s.double.setFaults({ requests: [{ path: '/v1/customers/*', kind: 'drop_reply' }] });
    await erase(mary);
    await round();
    expect(await customers()).not.toContain(customer);
    expect(await erasure()).toMatchObject({ last_error: expect.any(String) });
    expect(await isKnown()).toBe(true);
    s.double.setFaults({});
    await round();
    expect(await isKnown()).toBe(false);
  });

  it('is waited for where they are just paying, and then has it back', async () => {
    const slot = await s.slot({ starts: [LATER] });
    const intentId = await s.authorize(mary, slot);
    s.double.setFaults({ requests: [{ path: '/v1/payment_intents/*/capture', kind: 'reset' }] });
    const { booking } = await s.confirm(mary, slot, intentId);
    await erase(mary);
    await round();
    expect(await lesson(booking.id)).toEqual(['pending_payment', 0, null]);
    expect(await erasure()).toEqual({ done_at: null, last_error: 'payment_under_way' });
    s.double.setFaults({});
    for (let minute = 0; minute < 5; minute++) {
      await s.minute();
      await s.hear();
      await round();
    }
    expect(await lesson(booking.id)).toEqual(['refunded', 2500, null]);
    await s.expectBooksToAgree();
  });

  it('is watched for a day: what is begun with a token from before ends too', async () => {
    await erase(mary);
    await round();
    const slot = await s.slot({ starts: [LATER] });
    await s.holds.place(mary, slot, { personId: mary, key: 'k-late', content: 'hold' });
    const id = await book(mary, slot);
    await round();
    expect([await lesson(id), await s.status(slot)]).toEqual([['refunded', 2500, null], 'open']);
    expect(await s.source.query('select from idempotency where person_id = $1', [mary])).toEqual([]);
    await round(24 * 60);
    expect(await erasure()).toEqual({ done_at: s.clock.now(), last_error: null });
    await erase(mary);
    expect(await round()).toBe(0);
  });

  it('ends once where two replicas see to it, and where they are erased again', async () => {
    const id = await book(mary, await s.slot({ starts: [LATER] }));
    await erase(mary);
    await erase(mary);
    s.clock.advance(1);
    const erasures = s.get(ErasuresService);
    const seen = await Promise.all([erasures.workOff(), erasures.workOff()]);
    expect(seen.toSorted()).toEqual([0, 1]);
    await erase(mary);
    await round();
    const entries = "select action from audit where booking_id = $1 and action in ('canceled', 'refunded') order by id";
    expect(await s.source.query(entries, [id])).toEqual([{ action: 'canceled' }, { action: 'refunded' }]);
  });

  it('gets a sealed copy before, of their lessons and money and nothing of others', async () => {
    const [sam, olena] = [s.person(), s.person()];
    const id = await book(mary, await s.slot({ tutor: sam, starts: [LATER] }));
    await book(olena, await s.slot({ starts: [LATER] }));
    const { privateKey, publicKey } = await generateKeyPair('ECDH-ES', { extractable: true });
    const asked = { user_id: mary, export_id: randomUUID(), public_key: JSON.stringify(await exportJWK(publicKey)) };
    await s.db.transaction((tx) => privacy.export(tx, ExportRequested.of<ExportRequested>(asked)));
    const told = "select envelope -> 'data' as piece from outbox where type like '%ExportPart%' and key = $1";
    const pieces: { piece: ExportPiece }[] = await s.source.query(told, [mary]);
    expect(pieces).toMatchObject([{ piece: { export_id: asked.export_id, part: 1, parts: 1 } }]);
    const sealed = pieces.map(({ piece }) => piece.sealed);
    expect(sealed.join('')).not.toContain(id);
    const copy = await unsealed(sealed, await exportJWK(privateKey));
    expect(copy).toMatchObject({
      bookings: [{ id, tutor_id: sam, price_cents: 2500, status: 'confirmed' }],
      holds: [{ status: 'confirmed' }],
      balances: [{ currency: 'USD' }],
      transfers: [{ kind: 'grant' }, { kind: 'payment', booking_id: id }],
      payments: [],
      refunds: [],
      proposals: [],
      history: [{ booking_id: id, action: 'booked' }],
      series: [],
      waitlist: [],
      subscriptions: [],
      saved_cards: [],
    });
    expect(JSON.stringify(copy)).not.toContain(olena);
  });

  it('leaves lessons of the past as they were, with the books', async () => {
    const id = await book(mary, await s.slot({ starts: ['2030-04-05T12:00:00.000Z'] }));
    const transfers = await s.transfers(id);
    s.clock.advance((Date.parse('2030-04-06T00:00:00Z') - s.clock.now().getTime()) / 60_000);
    await erase(mary);
    await round();
    expect([(await s.find(id)).studentId, await s.transfers(id)]).toEqual([mary, transfers]);
    expect(await lesson(id)).toEqual(['confirmed', 0, null]);
    expect(await erasure()).toEqual({ done_at: null, last_error: null });
  });

  it('leaves nothing behind that cannot be', async () => {
    expect(await unsound(s.source)).toEqual({});
  });
});
