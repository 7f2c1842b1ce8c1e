import {
  newId,
  type BookingId,
  type PersonId,
  type PlanId,
  type SlotId,
  type SubscriptionId,
} from '@scheduling/domain';
import type Stripe from 'stripe';
import { ConfirmService } from '../src/bookings/confirm.service.ts';
import { PlansService, type Terms } from '../src/plans/plans.service.ts';
import { RenewalService } from '../src/subscriptions/renewal.service.ts';
import { StripeSubscriptions } from '../src/subscriptions/stripe-subscriptions.service.ts';
import { SubscriptionView } from '../src/subscriptions/subscriptions.dto.ts';
import { SubscriptionsService, type Wish } from '../src/subscriptions/subscriptions.service.ts';
import { scenario } from './scenario.ts';

/** What Stripe has been paid for: a period of a subscription, at a price. */
export interface Paid {
  readonly from: string;
  readonly until: string;
  readonly invoice?: string;
  readonly price?: string;
  readonly quantity?: number;
  readonly proration?: boolean;
}

const START = Date.parse('2030-03-01T09:00:00Z');
const seconds = (instant: string): number => Date.parse(instant) / 1000;

/** What of an invoice of Stripe's is read, as its API of 2026 says it. */
export function invoiceOf(
  stripeId: string,
  { from, until, price = 'price_1', quantity = 1, proration = false, ...paid }: Paid,
) {
  const line = {
    period: { start: seconds(from), end: seconds(until) },
    quantity,
    pricing: { type: 'price_details', price_details: { price, product: 'prod_1' } },
    parent: { type: 'subscription_item_details', subscription_item_details: { subscription: stripeId, proration } },
  };
  const parent = { type: 'subscription_details', subscription_details: { subscription: stripeId } };
  return {
    id: paid.invoice ?? `in_${newId()}`,
    object: 'invoice',
    status: 'paid',
    parent,
    lines: { data: [line] },
  } as unknown as Stripe.Invoice;
}

/** A booking service with the words for plans and subscriptions. */
export async function subscriptions() {
  const s = await scenario();
  const [plans, subscribing, renewal] = [s.get(PlansService), s.get(SubscriptionsService), s.get(RenewalService)];
  const [stripe, confirming] = [s.get(StripeSubscriptions), s.get(ConfirmService)];
  const admin = s.person();
  let hours = 0;

  const story = {
    ...s,

    /** Makes a plan: four lessons a month unless told otherwise. */
    plan: async (terms: Partial<Terms> = {}): Promise<PlanId> => {
      const price = { cents: 8000, currency: 'USD' };
      const plan: Terms = { name: 'Four', period: 'month', lessonsPerPeriod: 4, price, stripePriceId: null, ...terms };
      return (await plans.make(plan, admin, s.unnamed(admin))).id;
    },

    /** Subscribes a student, to a new plan of so many lessons a month unless told which. */
    async subscribe(studentId: PersonId, { lessons = 4, ...wish }: Partial<Wish> & { lessons?: number } = {}) {
      const planId = wish.planId ?? (await story.plan({ lessonsPerPeriod: lessons }));
      const whole = { studentId, startsAt: null, stripeId: null, ...wish, planId };
      return SubscriptionView.of(await subscribing.subscribe(whole, admin, s.unnamed(admin)));
    },

    /** Ends a subscription with its period. */
    end: async (id: SubscriptionId) => SubscriptionView.of(await subscribing.cancel(id, admin, s.unnamed(admin))),

    /** How a student's subscriptions stand, the newest first. */
    async standing(student: PersonId): Promise<SubscriptionView[]> {
      const found = await subscribing.list(student, { after: null, limit: 100 });
      return found.map((shown) => SubscriptionView.of(shown));
    },

    /** What is left of the lessons of a student's only subscription; null without a period. */
    left: async (student: PersonId) => (await story.standing(student))[0]!.period?.left ?? null,

    renewal,

    /** How many locks are waited for just now. */
    waiting: async (): Promise<number> => {
      const about =
        'select count(*)::int as many from pg_locks where not granted and pid in (select pid from pg_stat_activity where datname = current_database())';
      return (await s.source.query(about))[0].many;
    },

    /** Lets the clock's job run. */
    renew: () => renewal.renewDue(),

    /** A lesson far from all others, of a new tutor's. */
    lesson: (price = 2500) => s.slot({ starts: [new Date(Date.UTC(2030, 11, 1, ++hours * 2)).toISOString()], price }),

    /** Confirms what a student holds with their allowance. */
    confirmBy: (student: PersonId, slot: SlotId) =>
      confirming.confirm(student, slot, 'subscription', s.unnamed(student)),

    /** Books a lesson with a student's allowance, all the way. */
    async learn(student: PersonId, slot?: SlotId) {
      const taken = slot ?? (await story.lesson());
      await s.hold(student, taken);
      return (await story.confirmBy(student, taken)).booking;
    },

    /** Stripe says that it has been paid, or that a subscription is over. */
    paid: (stripeId: string, paid: Paid) => story.hear(invoiceOf(stripeId, paid)),
    hear: (invoice: Stripe.Invoice) => s.db.transaction((tx) => stripe.onInvoicePaid(tx, invoice)),
    deleted: (stripeId: string, at: string) =>
      s.db.transaction((tx) =>
        stripe.onSubscriptionDeleted(tx, { id: stripeId, ended_at: seconds(at) } as unknown as Stripe.Subscription),
      ),

    /** The periods of a subscription, in order. */
    periods: async (id: SubscriptionId): Promise<[from: string, until: string, allowance: number, used: number][]> => {
      const rows: { starts_at: Date; ends_at: Date; allowance: number; used: number }[] = await s.source.query(
        'select * from subscription_periods where subscription_id = $1 order by starts_at',
        [id],
      );
      const day = (instant: Date) => instant.toISOString().slice(0, 16);
      return rows.map((row) => [day(row.starts_at), day(row.ends_at), row.allowance, row.used]);
    },

    /** What was done to a booking, in order. */
    history: async (id: BookingId): Promise<string[]> => {
      const rows: { action: string }[] = await s.source.query(
        'select action from audit where booking_id = $1 order by id',
        [id],
      );
      return rows.map(({ action }) => action);
    },

    /** What the books say of a lesson, in order. */
    transfers: async (id: BookingId): Promise<[from: string, to: string, cents: number, kind: string][]> => {
      const rows: { debit_account: string; credit_account: string; amount_cents: string; kind: string }[] =
        await s.source.query('select * from transfers where booking_id = $1 order by id', [id]);
      return rows.map((row) => [row.debit_account, row.credit_account, Number(row.amount_cents), row.kind]);
    },

    /** Periods whose used lessons are not the bookings that stand on them, or were not given back. */
    wrongPeriods: (): Promise<unknown[]> => s.source.query(WRONG),
    /** Begins the next story: it is nine o'clock on the first of March again, and nothing is due of those before. */
    async begin(): Promise<void> {
      s.clock.advance((START - s.clock.now().getTime()) / 60_000);
      await s.source.query('update subscriptions set rolls_at = null');
    },

    close: s.end,
  };
  return story;
}

export type Subscriptions = Awaited<ReturnType<typeof subscriptions>>;

const WRONG = `
  select n.id, n.used, count(b.id) as booked
    from subscription_periods n
    left join bookings b on b.period_id = n.id
     and not exists (select from audit a where a.booking_id = b.id and a.action = 'allowance_restored')
   group by n.id having n.used <> count(b.id)`;
