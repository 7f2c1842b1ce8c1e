import type { BookingId, Clock, PersonId, SlotId } from '@scheduling/domain';
import type { Repeatable } from '@scheduling/persistence';
import StripeSdk from 'stripe';
import { StripeDouble } from '../../sandbox/src/stripe/stripe-double.ts';
import type { Booking } from '../src/bookings/bookings.entity.ts';
import { STRIPE, transfer, tutorAccount } from '../src/credits/transfers.store.ts';
import { IntentsService } from '../src/payments/intents.service.ts';
import { StripeConfirmService } from '../src/payments/stripe-confirm.service.ts';
import { StripeEventsService } from '../src/payments/stripe-events.service.ts';
import { StripeQueue } from '../src/payments/stripe-queue.ts';
import { amountAtStripe, type StripeAmount } from '../src/payments/stripe-amounts.policy.ts';
import { type Offer, scenario } from './scenario.ts';

type Card = Parameters<StripeDouble['pay']>[1];
export const KEY = 'sk_test_sandbox';
export const SECRET = 'whsec_test';

/** A booking service as in `scenario`, with a double of Stripe beside it, and the words for paying by card. */
export async function paymentsScenario() {
  const settings = { STRIPE_SECRET_KEY: KEY, STRIPE_WEBHOOK_SECRET: [SECRET] };
  const clock: Clock = { now: () => s.clock.now() };
  const double = await StripeDouble.listen({ secretKey: KEY, webhookSecret: SECRET, clock });
  const s = await scenario({ ...settings, STRIPE_API_URL: double.url });
  const [intents, confirming] = [s.get(IntentsService), s.get(StripeConfirmService)];
  const [queue, events] = [s.get(StripeQueue), s.get(StripeEventsService)];
  const stripe = new StripeSdk(KEY, { host: '127.0.0.1', port: double.port, protocol: 'http', maxNetworkRetries: 0 });
  let heard = 0;

  const story = {
    ...s,
    double,
    /** Stripe's client of somebody else with the same key: the dashboard, a colleague, a mistake. */
    stripe,
    queue,
    events,
    /** What happens each minute, at this one. */
    work: { minute: () => events.minute() },

    /** Holds a slot, asks for its intent, and pays it in Stripe's form. */
    async authorize(student: PersonId, slot: SlotId, card: Card = 'ok'): Promise<string> {
      await s.hold(student, slot);
      const intentId = await story.ask(student, slot);
      double.pay(intentId, card);
      return intentId;
    },

    async ask(student: PersonId, slot: SlotId): Promise<string> {
      return (await intents.ask(student, slot, s.unnamed(student))).intent.id;
    },

    confirm: (student: PersonId, slot: SlotId, intentId: string, request: Repeatable = s.unnamed(student)) =>
      confirming.confirm(student, slot, intentId, request),

    confirmByCredit: s.confirm,
    bookByCredit: s.book,

    /** A lesson that a new student pays by card, all the way. */
    async book(offer: Offer & { tutor?: PersonId } = {}) {
      const [student, slot] = [s.person(), await s.slot(offer)];
      const intentId = await story.authorize(student, slot);
      const { booking } = await story.confirm(student, slot, intentId);
      return { student, slot, intentId, booking };
    },

    /** Brings the service what Stripe has told since the last time, as webhooks would; answers the types. */
    async hear(pick: (events: StripeSdk.Event[]) => StripeSdk.Event[] = (all) => all): Promise<string[]> {
      const all = double.events().toReversed();
      const news = pick(all.slice(heard));
      heard = all.length;
      for (const event of news) await story.deliver(JSON.stringify(event));
      await queue.idle();
      return news.map(({ type }) => type);
    },

    /** Brings the service one webhook, signed. */
    async deliver(payload: string, secret = SECRET): Promise<void> {
      const header = StripeSdk.webhooks.generateTestHeaderString({ payload, secret });
      await events.receive(Buffer.from(payload), header);
    },

    /** What happens each minute, so many minutes from now. */
    async minute(minutes = 1): Promise<void> {
      s.clock.advance(minutes);
      await events.minute();
    },

    find: async (id: BookingId): Promise<Booking> =>
      (await s.source.getRepository('bookings').findOneByOrFail({ id })) as Booking,

    /** What the books say of a booking, in order. */
    transfers: (id: BookingId): Promise<{ kind: string; from: string; to: string; cents: string }[]> =>
      s.source.query(
        `select kind, split_part(debit_account, ':', 1) as "from", split_part(credit_account, ':', 1) as "to", amount_cents as cents
           from transfers where booking_id = $1 order by id`,
        [id],
      ),

    /** Writes into the books what an operator did at Stripe by hand. */
    correct: ({ id, tutorId, studentId, currency }: Booking, cents: number) =>
      s.db.transaction((tx) =>
        transfer(tx, {
          from: tutorAccount(tutorId),
          to: STRIPE,
          amount: { cents, currency },
          kind: 'refund',
          bookingId: id,
          by: studentId,
        }),
      ),

    payment: async (id: BookingId): Promise<Record<string, unknown>> =>
      (await s.source.query('select * from payments where id = $1', [id]))[0],

    tasks: (): Promise<{ kind: string; facts: Record<string, unknown> }[]> =>
      s.source.query('select kind, facts from operator_tasks order by number'),

    /** Compares what Stripe has of our students' money with what our books say that it has. */
    async expectBooksToAgree(): Promise<void> {
      const rows: { currency: string; cents: string }[] = await s.source.query(
        `select currency, sum(case when debit_account = 'stripe' then amount_cents else -amount_cents end) as cents
           from transfers where 'stripe' in (debit_account, credit_account) group by currency`,
      );
      const books = rows.map(({ currency, cents }) => amountAtStripe({ cents: Number(cents), currency }));
      const money = Object.entries(double.totals()).map(([currency, { captured, refunded }]) => ({
        amount: captured - refunded,
        currency,
      }));
      const byName = (all: StripeAmount[]) =>
        all.filter(({ amount }) => amount !== 0).toSorted((a, b) => (a.currency < b.currency ? -1 : 1));
      expect(byName(books)).toEqual(byName(money));
    },

    async close(): Promise<void> {
      await queue.idle();
      await double.close();
      await s.end();
    },
  };
  return story;
}

export type PaymentsScenario = Awaited<ReturnType<typeof paymentsScenario>>;
