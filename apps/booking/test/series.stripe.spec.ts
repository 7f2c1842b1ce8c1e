import type { PersonId } from '@scheduling/domain';
import { StripeDouble } from '../../sandbox/src/stripe/stripe-double.ts';
import { IntentsService } from '../src/payments/intents.service.ts';
import { SavedMethods } from '../src/payments/saved-methods.service.ts';
import { StripeQueue } from '../src/payments/stripe-queue.ts';
import { StripeWork } from '../src/payments/stripe-work.service.ts';
import { PaymentBegun, SavedMethodNeeded } from '../src/series/series.errors.ts';
import { FRIDAYS, type SeriesScenario, seriesScenario } from './series.scenario.ts';

const THREE_DAYS = '2030-03-05T12:00:00Z';
const SOON = '2030-03-01T12:00:00.000Z';

describe('a series that a card pays', () => {
  let double: StripeDouble;
  let s: SeriesScenario;
  beforeEach(async () => {
    double = await StripeDouble.listen();
    s = await seriesScenario({
      STRIPE_SECRET_KEY: 'sk_test_sandbox',
      STRIPE_API_URL: `http://127.0.0.1:${double.port}`,
    });
    // The one who works off what is due.
    s.get(StripeWork);
  });
  afterEach(async () => {
    await s.get(StripeQueue).idle();
    await s.end();
    await double.close();
  });

  /** Has a student, new unless named, save a card. */
  const withCard = async (student = s.person()): Promise<PersonId> => {
    const { id } = await s.get(SavedMethods).begin(student);
    double.pay(id, 'ok');
    return student;
  };
  const turnCard = async (student: PersonId, card: 'declined' | 'ok') => {
    const [method] = await s.get(SavedMethods).list(student);
    double.turnCard(method!.id, card);
  };
  const make = (student: PersonId, slot: Parameters<SeriesScenario['make']>[1], count = 2) =>
    s.make(student, slot, { ends: { count }, payment: 'stripe' });
  const charge = async () => {
    await s.charge();
    await s.get(StripeQueue).idle();
  };

  it('needs one that is saved', async () => {
    const { slot } = await s.teach();
    await expect(make(s.person(), slot)).rejects.toThrow(SavedMethodNeeded);
    const student = s.person();
    await s.get(SavedMethods).begin(student);
    await expect(make(student, slot)).rejects.toThrow(SavedMethodNeeded);
  });

  it('is charged three days before each lesson', async () => {
    const { slot } = await s.teach();
    const series = await make(await withCard(), slot);
    expect(await s.outcomes(series)).toEqual(['pending_payment', 'pending_payment']);
    s.goTo(THREE_DAYS);
    await charge();
    expect(await s.outcomes(series)).toEqual(['confirmed', 'pending_payment']);
    await charge();
    expect(double.totals()).toEqual({ usd: { captured: 2500, refunded: 0 } });
  });

  it('is charged right after it is made, where a lesson starts so soon', async () => {
    const { slot } = await s.teach({ starts: [SOON, ...FRIDAYS] });
    const series = await make(await withCard(), slot);
    await s.get(StripeQueue).idle();
    expect(await s.outcomes(series)).toEqual(['confirmed', 'pending_payment']);
  });

  it('asks a card that said no again each hour, and is off a day before', async () => {
    const { tutor, slot } = await s.teach();
    const student = await withCard();
    const series = await make(student, slot);
    await turnCard(student, 'declined');
    s.goTo(THREE_DAYS);
    await charge();
    expect(await s.outcomes(series)).toEqual(['pending_payment', 'pending_payment']);
    const failures = async () => (await s.statedOf(tutor)).filter(([name]) => name === 'PaymentFailed');
    expect((await failures()).map(([, { code }]) => code)).toEqual(['card_declined']);
    const before = double.events().length;
    s.clock.advance(59);
    await charge();
    expect(double.events()).toHaveLength(before);
    s.goTo('2030-03-07T11:59:00Z');
    await charge();
    expect(double.events().length).toBeGreaterThan(before);
    expect((await s.outcomes(series))[0]).toBe('pending_payment');
    s.clock.advance(1);
    await charge();
    expect((await s.outcomes(series))[0]).toBe('pending_payment');
    s.clock.advance(1);
    await charge();
    expect(await s.outcomes(series)).toEqual(['canceled', 'pending_payment']);
    expect(await s.taken(slot)).toEqual([]);
    expect(double.totals()).toEqual({});
  });

  it('is paid by a card that says yes at the last moment', async () => {
    const { slot } = await s.teach();
    const student = await withCard();
    const series = await make(student, slot);
    await turnCard(student, 'declined');
    s.goTo('2030-03-07T11:59:00Z');
    await charge();
    await turnCard(student, 'ok');
    s.clock.advance(1);
    await charge();
    expect(await s.outcomes(series)).toEqual(['confirmed', 'pending_payment']);
  });

  it('is charged to the card that a student saved after the first said no', async () => {
    const { slot } = await s.teach();
    const student = await withCard();
    const series = await make(student, slot);
    await turnCard(student, 'declined');
    s.goTo(THREE_DAYS);
    await charge();
    const [old] = await s.get(SavedMethods).list(student);
    await withCard(student);
    await s.get(SavedMethods).list(student);
    s.clock.advance(60);
    await charge();
    expect(await s.outcomes(series)).toEqual(['confirmed', 'pending_payment']);
    const paid = double
      .newest(10)
      .find((intent) => intent.status === 'succeeded' && intent.object === 'payment_intent');
    expect(paid?.payment_method).not.toBe(old!.id);
  });

  it('is paid by a card that says yes at last', async () => {
    const { slot } = await s.teach();
    const student = await withCard();
    const series = await make(student, slot);
    await turnCard(student, 'declined');
    s.goTo(THREE_DAYS);
    await charge();
    await turnCard(student, 'ok');
    s.clock.advance(60);
    await charge();
    expect(await s.outcomes(series)).toEqual(['confirmed', 'pending_payment']);
    expect(double.totals()).toEqual({ usd: { captured: 2500, refunded: 0 } });
  });

  it('gives a paid lesson back to the card, and asks nothing for one that is not paid yet', async () => {
    const { slot } = await s.teach();
    const student = await withCard();
    const series = await make(student, slot);
    s.goTo(THREE_DAYS);
    await charge();
    await s.cancelSeries(student, series.series_id, { scope: 'all' });
    await s.get(StripeQueue).idle();
    expect(await s.outcomes(series)).toEqual(['refunded', 'canceled']);
    expect(double.totals()).toEqual({ usd: { captured: 2500, refunded: 2500 } });
  });

  it('is refused over a hold that the student has begun to pay for', async () => {
    const { slot } = await s.teach();
    const student = await withCard();
    await s.hold(student, slot);
    await s.get(IntentsService).ask(student, slot, s.unnamed(student));
    await expect(make(student, slot)).rejects.toThrow(PaymentBegun);
    await s.holds.release(student, slot);
    expect(await s.outcomes(await make(student, slot))).toEqual(['pending_payment', 'pending_payment']);
  });

  it('tells of a card that was taken away, as of any that says no', async () => {
    const { tutor, slot } = await s.teach();
    const student = await withCard();
    const series = await make(student, slot);
    await s.source.query('update stripe_customers set method_id = null where student_id = $1', [student]);
    s.goTo(THREE_DAYS);
    await charge();
    const [failed] = (await s.statedOf(tutor)).filter(([name]) => name === 'PaymentFailed');
    expect(failed![1]).toMatchObject({ code: 'saved_method_needed', status: 'pending_payment' });
    expect((await s.outcomes(series))[0]).toBe('pending_payment');
  });

  it('costs nothing where its lessons are free', async () => {
    const { slot } = await s.teach({ starts: [SOON, ...FRIDAYS], price: 0 });
    const series = await make(await withCard(), slot);
    expect(await s.outcomes(series)).toEqual(['confirmed', 'pending_payment']);
    expect(double.totals()).toEqual({});
  });
});
