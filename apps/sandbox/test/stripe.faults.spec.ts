import { type StripeScenario, stripeScenario } from './stripe.scenario.ts';

describe('a fault of the double of Stripe', () => {
  let s: StripeScenario;
  beforeEach(async () => {
    s = await stripeScenario();
  });
  afterEach(() => s.close());

  const capture = (id: string, stripe = s.stripe) =>
    stripe.paymentIntents.capture(id, {}, { idempotencyKey: `c:${id}` });

  it('cuts the connection before anything has happened', async () => {
    const { id } = await s.authorized();
    // The client tries a connection that was cut once more, whatever it is told about retries.
    s.double.setFaults({ requests: [{ kind: 'reset', times: 2 }] });
    await expect(capture(id)).rejects.toMatchObject({ type: 'StripeConnectionError' });
    expect(s.double.intent(id).status).toBe('requires_capture');
    expect(await capture(id)).toMatchObject({ status: 'succeeded' });
  });

  it('drops the reply after everything has happened, and a repeat gets it', async () => {
    const { id } = await s.authorized();
    s.double.setFaults({ requests: [{ kind: 'drop_reply', times: 2, path: '/v1/payment_intents/*/capture' }] });
    await expect(capture(id)).rejects.toMatchObject({ type: 'StripeConnectionError' });
    expect(s.double.intent(id).status).toBe('succeeded');
    const again = await capture(id);
    expect(again).toMatchObject({ status: 'succeeded', amount_received: 1000 });
    expect(s.double.totals()).toEqual({ usd: { captured: 1000, refunded: 0 } });
  });

  it('meets a request once, and the client’s own retry gets through', async () => {
    const { id } = await s.authorized();
    s.double.setFaults({ requests: [{ kind: 'status', status: 503, times: 1 }] });
    expect(await capture(id, s.client({ maxNetworkRetries: 1 }))).toMatchObject({ status: 'succeeded' });
  });

  it.each([
    [400, 'StripeInvalidRequestError'],
    [402, 'StripeCardError'],
    [403, 'StripePermissionError'],
    [429, 'StripeRateLimitError'],
    [500, 'StripeAPIError'],
    [503, 'StripeAPIError'],
  ])('answers %i as %s, and does nothing', async (status, type) => {
    const { id } = await s.authorized();
    s.double.setFaults({ requests: [{ kind: 'status', status, times: 1 }] });
    await expect(capture(id)).rejects.toMatchObject({ statusCode: status, type });
    expect(s.double.intent(id).status).toBe('requires_capture');
  });

  it('meets only the requests that it fits', async () => {
    s.double.setFaults({
      requests: [
        { kind: 'status', status: 503, method: 'POST', path: '/v1/refunds' },
        { kind: 'status', status: 502, method: 'GET', path: '/v1/payment_intents/*' },
      ],
    });
    const { id } = await s.intent();
    await expect(s.stripe.paymentIntents.retrieve(id)).rejects.toMatchObject({ statusCode: 502 });
    await expect(s.stripe.refunds.create({ payment_intent: id })).rejects.toMatchObject({ statusCode: 503 });
    expect((await s.stripe.paymentIntents.list()).data).toHaveLength(1);
    s.double.setFaults({});
    expect(await s.stripe.paymentIntents.retrieve(id)).toMatchObject({ id });
  });

  it('meets the same share of requests by the same seed', async () => {
    const met = async (seed: number) => {
      s.double.setFaults({ seed, requests: [{ kind: 'status', status: 503, share: 0.3 }] });
      const all: string[] = [];
      for (let n = 0; n < 40; n++)
        all.push(
          await s.intent().then(
            () => '1',
            () => '0',
          ),
        );
      return all.join('');
    };
    const first = await met(3);
    expect(first.replaceAll('1', '').length).toBeGreaterThan(4);
    expect(first.replaceAll('0', '').length).toBeGreaterThan(16);
    expect(await met(3)).toBe(first);
    expect(await met(4)).not.toBe(first);
  });

  it('makes each answer late, so that a client loses patience', async () => {
    s.double.setFaults({ latency_ms: 5000 });
    const hasty = s.client({ timeout: 50 });
    await expect(hasty.paymentIntents.list()).rejects.toThrow(/timeout/);
    s.double.setFaults({ latency_ms: 20 });
    expect((await s.stripe.paymentIntents.list()).data).toEqual([]);
  });
});

describe('a hook on the requests of the double of Stripe', () => {
  let s: StripeScenario;
  beforeEach(async () => {
    s = await stripeScenario();
  });
  afterEach(() => s.close());

  it('is awaited before the request takes effect, and again before it is answered', async () => {
    const { id } = await s.authorized();
    const seen: string[] = [];
    const off = s.double.onRequest(async ({ method, path, phase }) => {
      await Promise.resolve();
      seen.push(`${phase} ${method} ${path.replace(id, '*')}: ${s.double.intent(id).status}`);
    });
    await s.stripe.paymentIntents.capture(id);
    off();
    await s.stripe.paymentIntents.retrieve(id);
    expect(seen).toEqual([
      'before POST /v1/payment_intents/*/capture: requires_capture',
      'after POST /v1/payment_intents/*/capture: succeeded',
    ]);
  });

  it('cuts the connection before the effect, as often as the client tries', async () => {
    const { id } = await s.authorized();
    const off = s.double.onRequest(({ phase }) => (phase === 'before' ? 'reset' : undefined));
    const capture = () => s.stripe.paymentIntents.capture(id, {}, { idempotencyKey: 'k1' });
    await expect(capture()).rejects.toMatchObject({ type: 'StripeConnectionError' });
    expect(s.double.intent(id).status).toBe('requires_capture');
    off();
    expect(await capture()).toMatchObject({ status: 'succeeded' });
  });

  it('cuts the connection after the effect, and is not asked again about a repeat', async () => {
    const { id } = await s.authorized();
    const seen: string[] = [];
    s.double.onRequest(({ phase }) => {
      seen.push(phase);
      return phase === 'after' ? 'reset' : undefined;
    });
    // The client tries a connection that was cut once more of itself.
    const captured = await s.stripe.paymentIntents.capture(id, {}, { idempotencyKey: 'k1' });
    expect(captured.status).toBe('succeeded');
    expect(captured.lastResponse.headers['idempotent-replayed']).toBe('true');
    expect(seen).toEqual(['before', 'after']);
  });

  it('does not keep a request from its effect when the caller is gone meanwhile', async () => {
    const { id } = await s.authorized();
    const caller = new AbortController();
    const done = Promise.withResolvers<void>();
    s.double.onRequest(({ phase }) => (phase === 'before' ? caller.abort() : done.resolve()));
    const url = `${s.double.url}/v1/payment_intents/${id}/capture`;
    const headers = { authorization: 'Bearer sk_test_sandbox' };
    await expect(fetch(url, { method: 'POST', headers, signal: caller.signal })).rejects.toThrow(/abort/);
    await done.promise;
    expect(s.double.intent(id).status).toBe('succeeded');
  });

  it('tells the caller what went wrong in it, and frees the key', async () => {
    const { id } = await s.authorized();
    const off = s.double.onRequest(() => {
      throw new Error('a bug in the test');
    });
    const capture = () => s.stripe.paymentIntents.capture(id, {}, { idempotencyKey: 'k1' });
    await expect(capture()).rejects.toThrow(/a bug in the test/);
    off();
    expect(await capture()).toMatchObject({ status: 'succeeded' });
  });
});
