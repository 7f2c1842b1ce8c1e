import type { Server } from 'node:http';
import { type Clock, SystemClock } from '@scheduling/domain';
import type Stripe from 'stripe';
import type { RequestHook } from '../doubles/hooks.ts';
import {
  closeServer,
  openServer,
  type Place,
  portOf,
  type Received,
  type Reply,
  urlOf,
} from '../doubles/http-server.ts';
import { Account } from './account.ts';
import { askedBy, replyTo } from './answer.ts';
import { answer, type Desk } from './answering.ts';
import type { Card } from './cards.ts';
import { Faults, type FaultSettings } from './faults.ts';
import { IdempotencyKeys } from './idempotency-keys.ts';
import type { Terms } from './new-subscription.ts';
import type { Total } from './payments.ts';
import { Webhooks } from './webhooks.ts';

/** How a double is set up; what is left out is as the sandbox has it. */
export interface StripeDoubleOptions extends Place {
  /** The key that requests must carry. */
  readonly secretKey?: string;
  /** What webhooks are signed with. */
  readonly webhookSecret?: string;
  /** Where webhooks go; nowhere, if nothing is said. */
  readonly webhookUrl?: string;
  readonly clock?: Clock;
  /** How many objects of each kind are kept. */
  readonly most?: number;
}

/**
 * Stripe as far as we use it, in memory and stateful: the real client talks to it over HTTP. Its methods are what
 * happens at Stripe without us: people pay, banks decide, the network fails. Answers are copies; refusals are thrown.
 */
export class StripeDouble {
  private readonly faults = new Faults();
  private readonly hooks = new Set<RequestHook>();
  private readonly end = new AbortController();
  private readonly webhooks: Webhooks;
  private readonly account: Account;
  private readonly desk: Desk;
  private server!: Server;

  private constructor({ secretKey, webhookSecret = 'whsec_sandbox', webhookUrl, clock, most }: StripeDoubleOptions) {
    const time = clock ?? new SystemClock();
    const now = () => Math.floor(time.now().getTime() / 1000);
    this.webhooks = new Webhooks({ secret: webhookSecret, url: webhookUrl }, this.faults, now);
    this.account = new Account(now, this.faults, this.webhooks, most);
    this.desk = {
      account: this.account,
      faults: this.faults,
      hooks: this.hooks,
      keys: new IdempotencyKeys(now, most),
      secretKey: secretKey ?? 'sk_test_sandbox',
      end: this.end.signal,
    };
  }

  /** Starts a double; whoever starts it closes it. */
  static async listen(options: StripeDoubleOptions = {}): Promise<StripeDouble> {
    const double = new StripeDouble(options);
    double.server = await openServer(options, (received) => double.reply(received));
    return double;
  }

  get port(): number {
    return portOf(this.server);
  }

  /** Such as `http://127.0.0.1:4010`. */
  get url(): string {
    return urlOf(this.server);
  }

  /** Ends every connection, and sends no more webhooks. */
  async close(): Promise<void> {
    this.end.abort();
    await Promise.all([closeServer(this.server), this.webhooks.close()]);
  }

  /** Sends webhooks there from now on. */
  sendWebhooksTo(url: string | undefined): void {
    this.webhooks.settings = { ...this.webhooks.settings, url };
  }

  /** Resolves when no webhook is under way any more, taken or given up. */
  async webhooksSettled(): Promise<void> {
    await this.webhooks.settled();
  }

  /** Lets things go wrong as told from now on; with `{}` all goes well again. */
  setFaults(settings: FaultSettings): void {
    this.faults.set(settings);
  }

  /** Has a hook awaited before each request takes effect and before it is answered; the answer takes the hook away. */
  onRequest(hook: RequestHook): () => void {
    this.hooks.add(hook);
    return () => void this.hooks.delete(hook);
  }

  /** A person pays an intent with a card, or saves it for a setup intent, as they do in Stripe's form in the browser. */
  pay(id: string, card: Card): Stripe.PaymentIntent | Stripe.SetupIntent {
    const { intents, setups } = this.account;
    return structuredClone(id.startsWith('seti_') ? setups.pay(id, card) : intents.pay(id, card));
  }

  /** The authorization of an intent lapses: it is canceled. */
  expire(intentId: string): Stripe.PaymentIntent {
    return structuredClone(this.account.intents.expire(intentId));
  }

  /** A saved card does this from now on. */
  turnCard(methodId: string, card: Card): void {
    this.account.methods.turn(methodId, card);
  }

  /** A bank decides about a refund; one that had succeeded can still fail. */
  settleRefund(id: string, status: 'succeeded' | 'failed'): Stripe.Refund {
    return structuredClone(this.account.refunds.settle(id, status));
  }

  /** A bank disputes a captured payment, the whole of it or so much. */
  openDispute(intentId: string, reason?: string, amount?: number): Stripe.Dispute {
    return structuredClone(this.account.disputes.open(intentId, reason, amount));
  }

  /** A bank decides a dispute. */
  closeDispute(id: string, status: 'won' | 'lost'): Stripe.Dispute {
    return structuredClone(this.account.disputes.close(id, status));
  }

  /** Someone subscribes, and pays the first period. */
  subscribe(terms: Terms): Stripe.Subscription {
    return structuredClone(this.account.subscriptions.start(terms));
  }

  /** A subscription's next period begins, and is paid or not. */
  renew(subscriptionId: string, isPaid = true): Stripe.Subscription {
    return structuredClone(this.account.subscriptions.renew(subscriptionId, isPaid));
  }

  /** A subscription ends at once. */
  unsubscribe(subscriptionId: string): Stripe.Subscription {
    return structuredClone(this.account.subscriptions.cancel(subscriptionId));
  }

  /** One intent as it stands. */
  intent(id: string): Stripe.PaymentIntent {
    return structuredClone(this.account.intents.find(id).intent);
  }

  /** The intents, to pay and to set up, the newest first, at most so many. */
  newest(limit: number): (Stripe.PaymentIntent | Stripe.SetupIntent)[] {
    const { payments, setups } = this.account;
    const all = [...payments.newest().map(({ intent }) => intent), ...setups.newest()];
    return structuredClone(all.toSorted((a, b) => b.created - a.created).slice(0, limit));
  }

  /** What was stated, the newest first. */
  events(): Stripe.Event[] {
    return this.account.events.newest();
  }

  /** What was ever captured, and what of it went back, by currency in small letters, in its smallest unit. */
  totals(): Record<string, Total> {
    return this.account.payments.totals();
  }

  private async reply(received: Received): Promise<Reply | undefined> {
    const asked = askedBy(received);
    const answered = await answer(this.desk, asked);
    return answered && replyTo(asked, answered, received);
  }
}
