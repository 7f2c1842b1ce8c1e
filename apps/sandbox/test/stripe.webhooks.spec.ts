import StripeClient from 'stripe';
import { type Arrived, listener, SECRET, type StripeScenario, stripeScenario } from './stripe.scenario.ts';

type Listener = Awaited<ReturnType<typeof listener>>;

const LIFE = ['payment_intent.created', 'payment_intent.amount_capturable_updated', 'payment_intent.succeeded'];

describe('a webhook of the double of Stripe', () => {
  let s: StripeScenario;
  let ears: Listener;
  const listen = async (status?: (n: number) => number | Promise<number>) => {
    ears = await listener(status);
    s.double.sendWebhooksTo(ears.url);
  };
  beforeEach(async () => {
    s = await stripeScenario();
    await listen();
  });
  afterEach(async () => {
    await s.close();
    await ears.close();
  });

  const opened = ({ body, signature }: Arrived, secret = SECRET) =>
    s.stripe.webhooks.constructEvent(body, signature, secret);

  it('carries the intent as it was at each change, signed as Stripe signs', async () => {
    const { id } = await s.captured();
    await s.double.webhooksSettled();
    const events = ears.arrived.map((each) => opened(each));
    expect(events.map(({ type }) => type)).toEqual(LIFE);
    expect(events.map(({ data }) => data.object)).toMatchObject([
      { id, status: 'requires_payment_method', metadata: { booking: 'b1' } },
      { id, status: 'requires_capture' },
      { id, status: 'succeeded', amount_received: 1000 },
    ]);
    expect(events[0]).toMatchObject({
      id: expect.stringMatching(/^evt_/),
      object: 'event',
      api_version: StripeClient.API_VERSION,
      created: 1_795_342_272,
      livemode: false,
    });
  });

  it('is good for nobody who has another secret or another body', async () => {
    await s.intent();
    await s.double.webhooksSettled();
    const [event] = ears.arrived;
    if (!event) throw new Error('nothing came');
    expect(() => opened(event, 'whsec_other')).toThrow(StripeClient.errors.StripeSignatureVerificationError);
    const changed = { ...event, body: Buffer.from(event.body.toString().replace('1000', '1')) };
    expect(() => opened(changed)).toThrow(StripeClient.errors.StripeSignatureVerificationError);
  });

  it('can be read again, alone and in a list', async () => {
    await s.captured();
    await s.double.webhooksSettled();
    const events = ears.arrived.map((each) => opened(each));
    expect((await s.stripe.events.list()).data).toEqual(events.toReversed());
    expect(await s.stripe.events.retrieve(events[0]?.id ?? '')).toEqual(events[0]);
    const paid = await s.stripe.events.list({ types: ['payment_intent.succeeded', 'charge.refunded'] });
    expect(paid.data).toEqual(events.slice(2));
  });

  it('names the request that caused it', async () => {
    const { lastResponse } = await s.stripe.customers.create({}, { idempotencyKey: 'k1' });
    expect(s.double.events()[0]?.request).toEqual({ id: lastResponse.requestId, idempotency_key: 'k1' });
    s.double.pay((await s.intent()).id, 'ok');
    expect(s.double.events()[0]?.request).toBeNull();
  });

  it('comes again until it is taken', async () => {
    await ears.close();
    await listen((n) => (n < 3 ? 503 : 200));
    await s.intent();
    await s.double.webhooksSettled();
    expect(ears.types()).toEqual(Array.from({ length: 3 }, () => 'payment_intent.created'));
    const ids = new Set(ears.arrived.map((each) => opened(each).id));
    expect(ids.size).toBe(1);
  });

  it('waits for the one before it about the same intent, and for no other', async () => {
    const second = Promise.withResolvers<void>();
    const release = Promise.withResolvers<void>();
    await ears.close();
    await listen(async (n) => {
      if (n === 2) second.resolve();
      if (n === 1) await release.promise;
      return 200;
    });
    s.double.pay((await s.intent()).id, 'ok');
    await s.intent();
    await second.promise;
    expect(ears.types()).toEqual(['payment_intent.created', 'payment_intent.created']);
    release.resolve();
    await s.double.webhooksSettled();
    expect(ears.types().at(-1)).toBe('payment_intent.amount_capturable_updated');
  });

  it('comes after its receiver has come back', async () => {
    await ears.close();
    await s.intent();
    await listen();
    await s.double.webhooksSettled();
    expect(ears.types()).toEqual(['payment_intent.created']);
  });

  it('comes twice where told so, with the same id', async () => {
    s.double.setFaults({ webhooks: { duplicate: 1 } });
    await s.captured();
    await s.double.webhooksSettled();
    expect(ears.types().toSorted()).toEqual([...LIFE, ...LIFE].toSorted());
    expect(new Set(ears.arrived.map((each) => opened(each).id)).size).toBe(3);
  });

  it('never comes where told so, and can be read all the same', async () => {
    s.double.setFaults({ webhooks: { lose: 1 } });
    await s.captured();
    await s.double.webhooksSettled();
    expect(ears.arrived).toEqual([]);
    expect((await s.stripe.events.list()).data).toHaveLength(3);
  });

  it('comes after the one that follows it where told so', async () => {
    s.double.setFaults({ webhooks: { reorder: 1 } });
    const { id } = await s.intent();
    s.double.setFaults({});
    s.double.pay(id, 'ok');
    await s.double.webhooksSettled();
    expect(ears.types()).toEqual(LIFE.slice(0, 2).toReversed());
  });

  it('comes at last where it was to come late and nothing follows it', async () => {
    s.double.setFaults({ webhooks: { reorder: 1, delay_ms: 20 } });
    await s.captured();
    await s.double.webhooksSettled();
    expect(ears.types().toSorted()).toEqual(LIFE.toSorted());
  });

  it('is lost by the same seed again and again', async () => {
    const lost = async (seed: number) => {
      const from = ears.arrived.length;
      s.double.setFaults({ seed, webhooks: { lose: 0.5 } });
      const ids: string[] = [];
      for (let n = 0; n < 20; n++) ids.push((await s.intent()).id);
      await s.double.webhooksSettled();
      const came = new Set(ears.arrived.slice(from).map((each) => (opened(each).data.object as { id: string }).id));
      return ids.map((id) => (came.has(id) ? '1' : '0')).join('');
    };
    const first = await lost(7);
    expect(first).toMatch(/^(?=.*0)(?=.*1)/);
    expect(await lost(7)).toBe(first);
    expect(await lost(8)).not.toBe(first);
  });

  it('holds nothing up when nobody listens', async () => {
    await ears.close();
    const { id } = await s.captured();
    expect(s.double.intent(id).status).toBe('succeeded');
  });
});
