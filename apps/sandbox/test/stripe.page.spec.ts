import StripeClient from 'stripe';
import { StripeService } from '../src/stripe/stripe.service.ts';
import { sandbox, type Sandbox } from './scenario.ts';
import { listener, SECRET } from './stripe.scenario.ts';

const TEN = { amount: 1000, currency: 'usd', capture_method: 'manual', metadata: { booking: 'b1' } } as const;

describe('the page of the double of Stripe', () => {
  let s: Sandbox;
  let stripe: StripeClient;
  beforeEach(async () => {
    s = await sandbox();
    const { port } = s.app.get(StripeService).double;
    stripe = new StripeClient('sk_test_sandbox', { host: '127.0.0.1', port, protocol: 'http' });
  });
  afterEach(() => s.close());

  const page = async () => (await s.get('/sandbox/stripe')).text();
  const send = (method: string, path: string, body: object) =>
    fetch(`${s.url}/sandbox/stripe/${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });

  it('shows the newest intents first, with what they are for', async () => {
    expect(await page()).toContain('Nothing to pay yet.');
    const first = await stripe.paymentIntents.create(TEN);
    const second = await stripe.paymentIntents.create({ ...TEN, amount: 1500, currency: 'jpy' });
    const shown = await page();
    expect(shown.indexOf(second.id)).toBeGreaterThan(0);
    expect(shown.indexOf(first.id)).toBeGreaterThan(shown.indexOf(second.id));
    expect(shown).toContain('$10.00');
    expect(shown).toContain('¥1,500');
    expect(shown).toContain('booking b1');
    const { items } = (await (await s.get('/sandbox/stripe/intents.json')).json()) as { items: unknown[] };
    expect(items).toEqual([
      expect.objectContaining({ id: second.id }),
      {
        id: first.id,
        status: 'requires_payment_method',
        amount: 1000,
        currency: 'usd',
        metadata: { booking: 'b1' },
        created_at: '2026-11-22T10:11:12.000Z',
      },
    ]);
  });

  it('pays with the card of a button, as long as there is something to pay', async () => {
    const { id } = await stripe.paymentIntents.create(TEN);
    expect(await page()).toContain(`data-id="${id}" data-card="ok"`);
    const paid = await send('POST', `intents/${id}/pay`, { card: 'ok' });
    expect([paid.status, await paid.json()]).toEqual([
      200,
      expect.objectContaining({ id, status: 'requires_capture' }),
    ]);
    expect(await stripe.paymentIntents.retrieve(id)).toMatchObject({ status: 'requires_capture' });
    expect(await page()).not.toContain('data-card');
    const again = await send('POST', `intents/${id}/pay`, { card: 'ok' });
    expect([again.status, await again.json()]).toEqual([409, expect.objectContaining({ code: 'intent_not_payable' })]);
  });

  it('saves a card for a setup intent', async () => {
    const { id: customer } = await stripe.customers.create({});
    const { id } = await stripe.setupIntents.create({ customer });
    expect(await page()).toContain('Save a card');
    expect((await send('POST', `intents/${id}/pay`, { card: 'ok' })).status).toBe(200);
    expect((await stripe.paymentMethods.list({ customer })).data).toHaveLength(1);
  });

  it('lets things go wrong as told, and well again', async () => {
    const requests = [{ kind: 'status', status: 503, path: '/v1/payment_intents' }];
    const webhooks = { duplicate: 0.5, reorder: 0.1, lose: 0, delay_ms: 5 };
    const told = await send('PUT', 'faults', { seed: 1, latency_ms: 1, requests, webhooks, refunds: 'pend' });
    expect(told.status).toBe(204);
    const create = () => stripe.paymentIntents.create(TEN, { maxNetworkRetries: 0 });
    await expect(create()).rejects.toMatchObject({ statusCode: 503 });
    await send('PUT', 'faults', {});
    expect(await create()).toMatchObject({ amount: 1000 });
  });

  it.each([
    ['PUT', 'faults', { latency_ms: -1 }, 400],
    ['PUT', 'faults', { requests: [{ kind: 'explode' }] }, 400],
    ['PUT', 'faults', { requests: [{ kind: 'status', path: 'v1' }] }, 400],
    ['PUT', 'faults', { webhooks: { lose: 2 } }, 400],
    ['PUT', 'faults', { webhooks: { lose: '1' } }, 400],
    ['PUT', 'faults', { anything: 1 }, 400],
    ['POST', 'intents/pi_1/pay', { card: 'gold' }, 400],
    ['POST', 'intents/pi_1/pay', {}, 400],
    ['POST', 'intents/ch_1/pay', { card: 'ok' }, 400],
    ['POST', 'intents/pi_1/pay', { card: 'ok' }, 404],
    ['POST', 'intents/seti_1/pay', { card: 'ok' }, 404],
  ])('refuses %s %s %j with %i', async (method, path, body, status) => {
    const answer = await send(method, path, body);
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
  });

  it('escapes what a stranger wrote, and runs nothing but its own lines', async () => {
    await stripe.paymentIntents.create({ ...TEN, metadata: { booking: '<script>alert(1)</script>' } });
    const { headers } = await s.get('/sandbox/stripe');
    const shown = await page();
    expect(shown).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(shown.match(/<script/g)).toHaveLength(1);
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toMatch(/^default-src 'none';/);
    expect(policy).toMatch(/script-src 'sha256-[^']+'; connect-src 'self';/);
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
  });
});

describe('the sandbox', () => {
  it('sends Stripe’s webhooks where its settings say, signed with their secret', async () => {
    const ears = await listener();
    const s = await sandbox({ STRIPE_WEBHOOK_URL: ears.url, STRIPE_WEBHOOK_SECRET: SECRET });
    const { double } = s.app.get(StripeService);
    const stripe = new StripeClient('sk_test_sandbox', { host: '127.0.0.1', port: double.port, protocol: 'http' });
    await stripe.paymentIntents.create(TEN);
    await double.webhooksSettled();
    const [{ body, signature } = { body: '', signature: '' }] = ears.arrived;
    expect(stripe.webhooks.constructEvent(body, signature, SECRET)).toMatchObject({ type: 'payment_intent.created' });
    await s.close();
    await ears.close();
    await expect(stripe.paymentIntents.list()).rejects.toMatchObject({ type: 'StripeConnectionError' });
  });
});
