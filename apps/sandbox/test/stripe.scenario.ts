import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { FrozenClock } from '@scheduling/testing';
import StripeClient from 'stripe';
import { StripeDouble, type StripeDoubleOptions } from '../src/stripe/stripe-double.ts';

export const SECRET = 'whsec_test';
const KEY = 'sk_test_sandbox';

/** A double with the real client beside it, and time that stands still at 2026-11-22T10:11:12Z. */
export interface StripeScenario {
  readonly double: StripeDouble;
  readonly clock: FrozenClock;
  readonly stripe: StripeClient;
  readonly client: (config?: Partial<StripeClient.StripeConfig>, key?: string) => StripeClient;
  /** An intent of ten dollars that waits for a card. */
  readonly intent: (params?: Partial<StripeClient.PaymentIntentCreateParams>) => Promise<StripeClient.PaymentIntent>;
  /** One that a card has authorized. */
  readonly authorized: (
    params?: Partial<StripeClient.PaymentIntentCreateParams>,
  ) => Promise<StripeClient.PaymentIntent>;
  /** One that is captured. */
  readonly captured: (params?: Partial<StripeClient.PaymentIntentCreateParams>) => Promise<StripeClient.PaymentIntent>;
  /** The types of all events, the oldest first. */
  readonly stated: () => string[];
  readonly close: () => Promise<void>;
}

export async function stripeScenario(options: StripeDoubleOptions = {}): Promise<StripeScenario> {
  const clock = new FrozenClock(new Date('2026-11-22T10:11:12Z'));
  const double = await StripeDouble.listen({ webhookSecret: SECRET, clock, ...options });
  const client: StripeScenario['client'] = (config = {}, key = KEY) =>
    new StripeClient(key, { host: '127.0.0.1', port: double.port, protocol: 'http', maxNetworkRetries: 0, ...config });
  const stripe = client();
  const intent: StripeScenario['intent'] = (params = {}) =>
    stripe.paymentIntents.create({
      amount: 1000,
      currency: 'usd',
      capture_method: 'manual',
      automatic_payment_methods: { enabled: true, allow_redirects: 'never' },
      metadata: { booking: 'b1' },
      ...params,
    });
  const authorized: StripeScenario['authorized'] = async (params) => {
    const { id } = await intent(params);
    double.pay(id, 'ok');
    return stripe.paymentIntents.retrieve(id);
  };
  return {
    double,
    clock,
    stripe,
    client,
    intent,
    authorized,
    captured: async (params) => stripe.paymentIntents.capture((await authorized(params)).id),
    stated: () =>
      double
        .events()
        .map(({ type }) => type)
        .toReversed(),
    close: () => double.close(),
  };
}

/** What a listener for webhooks got: the body as it came, and its signature. */
export interface Arrived {
  readonly body: Buffer;
  readonly signature: string;
}

/** Someone who listens for webhooks, and answers each by `status`. */
export async function listener(status: (n: number) => number | Promise<number> = () => 200) {
  const arrived: Arrived[] = [];
  const server = createServer((request, response) => {
    void buffer(request).then(async (body) => {
      const n = arrived.push({ body, signature: String(request.headers['stripe-signature']) });
      response.writeHead(await status(n)).end();
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks`,
    arrived,
    /** What came, in order: the types of the events. */
    types: () => arrived.map(({ body }) => (JSON.parse(body.toString()) as StripeClient.Event).type),
    close: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}
