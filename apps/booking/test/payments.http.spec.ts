import type { PersonId, SlotId } from '@scheduling/domain';
import { FROZEN_CLOCK } from '@scheduling/persistence';
import { readConfig, run, type RunningService } from '@scheduling/service-kit';
import { testIssuer, type TestIssuer, until } from '@scheduling/testing';
import StripeSdk from 'stripe';
import { BookingConfig } from '../src/config.ts';
import { service } from '../src/service.ts';
import { KEY, type PaymentsScenario, paymentsScenario, SECRET } from './payments.scenario.ts';

const API = '/api/v1/scheduling';
const TOMORROW = '2030-03-02T12:00:00.000Z';

describe('paying by card over HTTP', () => {
  let s: PaymentsScenario;
  let issuer: TestIssuer;
  let running: RunningService;
  let admin: PersonId;

  beforeAll(async () => {
    [s, issuer] = await Promise.all([paymentsScenario(), testIssuer()]);
    admin = s.person();
    const config = readConfig(BookingConfig, {
      PORT: '0',
      HOST: '127.0.0.1',
      LOG_LEVEL: 'error',
      DATABASE_URL: s.url,
      AUTH_ISSUER: issuer.url,
      STRIPE_SECRET_KEY: KEY,
      STRIPE_WEBHOOK_SECRET: `whsec_next,${SECRET}`,
      STRIPE_API_URL: s.double.url,
    });
    running = await run(service, config, [{ provide: FROZEN_CLOCK, useValue: s.clock }]);
    s.double.sendWebhooksTo(`${running.url}${API}/webhooks/stripe`);
  });
  afterAll(async () => {
    await running.close();
    await issuer.close();
    await s.close();
  });
  afterEach(async () => {
    s.double.setFaults({});
    await s.expectBooksToAgree();
  });

  const call = async (who: PersonId, path: string, body?: object, headers: Record<string, string> = {}) => {
    const token = await issuer.token({ id: who, roles: who === admin ? ['admin'] : ['student', 'tutor'] });
    const answer = await fetch(running.url + API + path, {
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
      ...(body && { method: 'POST', body: JSON.stringify(body) }),
    });
    return { status: answer.status, body: JSON.parse((await answer.text()) || 'null') };
  };
  const hold = async (): Promise<[PersonId, SlotId]> => {
    const [student, slot] = [s.person(), await s.slot({ starts: [TOMORROW] })];
    await s.hold(student, slot);
    return [student, slot];
  };
  const authorize = async () => {
    const [student, slot_id] = await hold();
    const asked = await call(student, '/payments/intents', { slot_id });
    s.double.pay(asked.body.payment_intent_id, 'ok');
    const confirmation = { slot_id, payment_method: 'stripe', payment_intent_id: asked.body.payment_intent_id };
    return { student, slot_id, asked, confirmation };
  };
  const statusOf = async (student: PersonId, id: string) => (await call(student, `/bookings/${id}`)).body.status;

  it('goes from the hold to its intent to the confirmed booking', async () => {
    const { student, slot_id, asked, confirmation } = await authorize();
    expect(asked).toMatchObject({
      status: 201,
      body: { payment_intent_id: expect.stringMatching(/^pi_/), amount_cents: 2500, currency: 'USD' },
    });
    expect((await call(student, '/payments/intents', { slot_id })).body).toEqual(asked.body);

    const confirmed = await call(student, '/booking/confirm', confirmation);

    expect(confirmed).toMatchObject({ status: 201, body: { status: 'confirmed', payment_method: 'stripe' } });
    expect(await call(student, '/booking/confirm', confirmation)).toEqual({ status: 200, body: confirmed.body });
  });

  it('answers 202 while nobody knows, and Stripe tells the rest by a webhook', async () => {
    const { student, confirmation } = await authorize();
    s.double.setFaults({ requests: [{ path: '/v1/payment_intents/*/capture', kind: 'drop_reply', times: 4 }] });

    const pending = await call(student, '/booking/confirm', confirmation, { 'idempotency-key': 'one' });
    expect(pending).toMatchObject({ status: 202, body: { status: 'pending_payment' } });

    const id = pending.body.booking_id;
    await until('the webhook', async () => (await statusOf(student, id)) === 'confirmed');
    const again = await call(student, '/booking/confirm', confirmation, { 'idempotency-key': 'one' });
    expect(again).toMatchObject({ status: 201, body: { booking_id: id, status: 'confirmed' } });
  });

  it('gives the money back, and says so once it is there', async () => {
    const { student, confirmation } = await authorize();
    const { body } = await call(student, '/booking/confirm', confirmation);

    await call(student, `/bookings/${body.booking_id}/cancel`, { reason: 'ill' });

    await until('the refund', async () => (await statusOf(student, body.booking_id)) === 'refunded');
    const { body: history } = await call(student, `/bookings/${body.booking_id}/history`);
    expect(history.items.map(({ action }: { action: string }) => action)).toEqual([
      'booked',
      'payment_captured',
      'canceled',
      'refunded',
    ]);
  });

  it('refuses a payment that fails by name', async () => {
    const [student, slot_id] = await hold();
    const { body } = await call(student, '/payments/intents', { slot_id });
    s.double.pay(body.payment_intent_id, 'capture_refused');
    const confirmation = { slot_id, payment_method: 'stripe', payment_intent_id: body.payment_intent_id };

    expect(await call(student, '/booking/confirm', confirmation)).toMatchObject({
      status: 409,
      body: { code: 'payment_failed' },
    });
  });

  it.each([
    ['no payment_intent_id', {}, 400],
    ['one that is no text', { payment_intent_id: 7 }, 400],
    ['one that is empty', { payment_intent_id: '' }, 400],
    ['one that is another', { payment_intent_id: 'pi_other' }, 409],
    ['another way to pay', { payment_method: 'cash' }, 400],
  ])('refuses a confirmation with %s', async (_, wrong, status) => {
    const [student, slot_id] = await hold();
    const answer = await call(student, '/booking/confirm', { slot_id, payment_method: 'stripe', ...wrong });
    expect(answer.status).toBe(status);
  });

  it('refuses the same key for the intent of another slot', async () => {
    const [student, slot_id] = await hold();
    const key = { 'idempotency-key': 'two' };
    expect((await call(student, '/payments/intents', { slot_id }, key)).status).toBe(201);

    expect(await call(student, '/payments/intents', { slot_id: s.person() }, key)).toMatchObject({
      status: 422,
      body: { code: 'idempotency_key_reused' },
    });
  });

  it('saves a card in Stripe, and lists it', async () => {
    const student = s.person();
    expect((await call(student, '/payments/methods')).body).toEqual({ items: [], next_cursor: null });

    const key = { 'idempotency-key': 'save' };
    const saved = await call(student, '/payments/methods', {}, key);
    expect(await call(student, '/payments/methods', {}, key)).toEqual(saved);
    expect((await call(student, '/payments/methods', {})).body).not.toEqual(saved.body);
    expect(saved).toMatchObject({ status: 201, body: { client_secret: expect.stringContaining('_secret_') } });
    s.double.pay(saved.body.setup_intent_id, 'ok');

    expect((await call(student, '/payments/methods')).body.items).toMatchObject([{ brand: 'visa', last4: '4242' }]);
  });

  it('shows administrators, and nobody else, what only a person can settle', async () => {
    const { student, confirmation } = await authorize();
    await call(student, '/booking/confirm', confirmation);
    s.double.openDispute(confirmation.payment_intent_id);
    const tasks = async (query = '') => (await call(admin, `/payments/tasks${query}`)).body.items;
    await until('the task', async () => (await tasks()).length > 0);

    const [task] = await tasks();
    expect(task).toMatchObject({ kind: 'dispute', facts: { payment_intent_id: confirmation.payment_intent_id } });
    expect((await call(student, '/payments/tasks')).status).toBe(403);

    const done = await call(admin, `/payments/tasks/${task.task_id}/done`, {});
    expect(done).toMatchObject({ status: 200, body: { done_by: admin, done_at: expect.any(String) } });
    expect(await tasks()).toEqual([]);
    expect(await tasks('?done=true')).toHaveLength(1);
    expect((await call(admin, `/payments/tasks/${s.person()}/done`, {})).status).toBe(404);
    expect((await call(admin, '/payments/tasks?done=maybe&limit=0&cursor=x')).status).toBe(400);
  });

  describe('a webhook', () => {
    const payload = JSON.stringify({
      id: 'evt_http',
      type: 'charge.dispute.created',
      created: 1_900_000_000,
      data: { object: { id: 'du_none' } },
    });
    const sign = (secret = SECRET, timestamp = Math.floor(Date.now() / 1000)) =>
      StripeSdk.webhooks.generateTestHeaderString({ payload, secret, timestamp });
    const post = async (body: string, headers: Record<string, string>) => {
      const answer = await fetch(`${running.url}${API}/webhooks/stripe`, {
        method: 'POST',
        headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
        body,
      });
      return { status: answer.status, text: await answer.text() };
    };

    it.each(['whsec_next', SECRET])('signed with either secret is taken, also twice: %s', async (secret) => {
      expect(await post(payload, { 'stripe-signature': sign(secret) })).toMatchObject({ status: 200 });
      expect(await post(payload, { 'stripe-signature': sign(secret) })).toMatchObject({ status: 200 });
      const kept = await s.source.query("select type, object_id from stripe_events where id = 'evt_http'");
      expect(kept).toEqual([{ type: 'charge.dispute.created', object_id: 'du_none' }]);
    });

    it.each<[string, string, Record<string, string>]>([
      ['without a signature', payload, {}],
      ['signed with another secret', payload, { 'stripe-signature': sign('whsec_stolen') }],
      ['with one more byte', `${payload} `, { 'stripe-signature': sign() }],
      ['of an hour ago', payload, { 'stripe-signature': sign(SECRET, Math.floor(Date.now() / 1000) - 3600) }],
      ['that is no JSON', '{', { 'stripe-signature': sign() }],
    ])('%s is refused', async (_, body, headers) => {
      expect((await post(body, headers)).status).toBe(400);
    });
  });

  it('keeps no secret of Stripe anywhere', async () => {
    await s.double.webhooksSettled();
    const tables: { name: string }[] = await s.source.query(
      "select table_name as name from information_schema.tables where table_schema = 'booking' and table_type = 'BASE TABLE'",
    );
    expect(tables.map(({ name }) => name)).toEqual(expect.arrayContaining(['stripe_events', 'idempotency', 'outbox']));
    for (const { name } of tables) {
      const found = await s.source.query(`select * from "${name}" t where t::text like '%\\_secret\\_%'`);
      expect(found).toEqual([]);
    }
  });
});

describe('the settings', () => {
  const read = (env: object) => () =>
    readConfig(BookingConfig, { DATABASE_URL: 'postgres://x', AUTH_ISSUER: 'https://x.org', ...env });

  it('let Stripe be elsewhere in development, and nowhere else in production', () => {
    expect(read({ STRIPE_API_URL: 'http://localhost:4010' })).not.toThrow();
    expect(read({ STRIPE_API_URL: 'https://api.stripe.com', NODE_ENV: 'production' })).not.toThrow();
    expect(read({ STRIPE_API_URL: 'https://evil.example', NODE_ENV: 'production' })).toThrow(
      'https://api.stripe.com in production',
    );
    expect(read({ STRIPE_API_URL: 'https://api.stripe.com.evil.example', NODE_ENV: 'production' })).toThrow(
      'in production',
    );
  });

  it('take a secret key of Stripe and nothing like it, and never repeat it', () => {
    expect(read({ STRIPE_SECRET_KEY: 'sk_test_1' })).not.toThrow();
    expect(read({ STRIPE_SECRET_KEY: 'pk_live_12345' })).toThrow(expect.not.stringContaining('12345') as never);
  });
});
