import { randomUUID } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres } from '../postgres/start-postgres.mjs';
import { migrateService } from '../start/database.mjs';
import { ROOT } from '../start/settings.mjs';
import { eventually } from './eventually.mjs';
import { fixedPort } from './ports.mjs';
import { Supervised } from './supervised.mjs';

const require = createRequire(join(ROOT, 'package.json'));
const { Client } = require('pg');

const API = '/api/v1/scheduling';
const PASSWORD = 'prove';
const STRIPE = { STRIPE_SECRET_KEY: 'sk_test_sandbox', STRIPE_WEBHOOK_SECRET: 'whsec_prove' };
const READY_SECONDS = 60;

/** The booking service in a process of its own, that can be killed at any moment, and the double of Stripe, which stays. */
export async function openBooking(opened, signal) {
  const folder = mkdtempSync(join(tmpdir(), 'scheduling-prove-payments-'));
  chmodSync(folder, 0o711); // PostgreSQL's own user passes through it when we are root
  opened.add('the folder of a proof', async () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
  const postgres = await startPostgres({ dataDir: join(folder, 'data'), log: () => undefined, signal });
  opened.add('PostgreSQL', postgres.stop);
  const { service } = require(join(ROOT, 'apps', 'booking', 'dist', 'service.js'));
  await require('@scheduling/persistence').provision(postgres.url, [{ schema: 'booking', password: PASSWORD }]);
  const url = Object.assign(new URL(postgres.url), { username: 'booking', password: PASSWORD }).href;
  await migrateService(service, url);
  const issuer = await require('@scheduling/testing').testIssuer();
  opened.add('the issuer', issuer.close);
  const { StripeDouble } = require(join(ROOT, 'apps', 'sandbox', 'dist', 'stripe', 'stripe-double.js'));
  const double = await StripeDouble.listen({ webhookSecret: STRIPE.STRIPE_WEBHOOK_SECRET });
  opened.add('the double of Stripe', () => double.close());

  const port = await fixedPort();
  const supervised = new Supervised({
    name: 'booking',
    command: [process.execPath, join(ROOT, 'apps', 'booking', 'dist', 'main.js')],
    env: {
      ...STRIPE,
      PATH: process.env.PATH,
      TZ: 'UTC',
      LOG_LEVEL: 'warn',
      HOST: '127.0.0.1',
      PORT: String(port),
      DATABASE_URL: url,
      AUTH_ISSUER: issuer.url,
      STRIPE_API_URL: double.url,
      ...(process.env.SCHEDULING_CI_RUN && { SCHEDULING_CI_RUN: process.env.SCHEDULING_CI_RUN }),
    },
    logFile: join(folder, 'booking.log'),
  });
  supervised.start();
  opened.add('booking', () => supervised.stop());
  const booking = new BookingAtStripe({ url, origin: `http://127.0.0.1:${port}`, issuer, double, process: supervised });
  booking.database = await booking.connect(opened);
  await booking.ready(signal);
  return booking;
}

/** What a story of a payment is told with. */
class BookingAtStripe {
  constructor(parts) {
    Object.assign(this, parts);
  }

  /** A connection from outside, which can stand in the service's way. */
  async connect(opened) {
    const client = new Client({ connectionString: this.url, options: '-c search_path=booking,public' });
    client.on('error', () => undefined); // the next query meets it
    await client.connect();
    opened.add('a connection', () => client.end());
    return client;
  }

  /** Comes back when the service answers. */
  async ready(signal) {
    const ask = () =>
      fetch(`${this.origin}/health/ready`, { signal: AbortSignal.timeout(2000) }).then(
        ({ ok }) => ok,
        () => false,
      );
    if (await eventually(ask, { seconds: READY_SECONDS, signal })) return;
    throw new Error(`booking did not answer in ${READY_SECONDS} s:\n${this.process.complaints().join('\n')}`);
  }

  /** Asks the service once; a connection that breaks is status 0. */
  async ask(student, path, body, key) {
    const token = await this.issuer.token({ id: student, roles: ['student'] });
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    if (key) headers['idempotency-key'] = key;
    try {
      const answer = await fetch(this.origin + API + path, { method: 'POST', headers, body: JSON.stringify(body) });
      return { status: answer.status, body: await answer.json() };
    } catch {
      return { status: 0, body: {} };
    }
  }

  /** A slot of a tutor of its own, a day after tomorrow, that a student of its own holds. */
  async held() {
    const [tutor, student, slot] = [randomUUID(), randomUUID(), randomUUID()];
    await this.database.query(
      `insert into schedules (tutor_id, version, timezone, currency, buffer_before_minutes, buffer_after_minutes, minimum_notice_minutes)
       values ($1, 1, 'Europe/Kyiv', 'USD', 0, 0, 0)`,
      [tutor],
    );
    await this.database.query(
      `insert into slots (id, tutor_id, start_at, end_at, price_cents, currency, capacity, offered, status)
       values ($1, $2, date_trunc('hour', now()) + interval '49 hours', date_trunc('hour', now()) + interval '50 hours',
               2500, 'USD', 1, true, 'open')`,
      [slot, tutor],
    );
    const { body } = await this.ask(student, '/booking/hold', { slot_id: slot });
    return { tutor, student, slot, id: body.hold_id };
  }

  /** Asks for a hold's intent. */
  async intentOf({ student, slot }) {
    return (await this.ask(student, '/payments/intents', { slot_id: slot })).body.payment_intent_id;
  }

  /** Confirms a hold with an intent, under the same key each time. */
  confirm({ student, slot, id }, intentId) {
    const body = { slot_id: slot, payment_method: 'stripe', payment_intent_id: intentId };
    return this.ask(student, '/booking/confirm', body, `confirm ${id}`);
  }

  /** A hold whose card has authorized its payment. */
  async authorized() {
    const hold = await this.held();
    const intentId = await this.intentOf(hold);
    this.double.pay(intentId, 'ok');
    return { ...hold, intentId };
  }

  /** Does something at a moment of the next request to Stripe that fits, once; what it answers, the double is answered. */
  atStripe(method, path, phase, deed) {
    return new Promise((resolve, reject) => {
      const stop = this.double.onRequest(async (request) => {
        if (request.method !== method || request.phase !== phase || !path.test(request.path)) return undefined;
        stop();
        try {
          const answer = await deed();
          resolve();
          return answer;
        } catch (error) {
          reject(error);
          return 'reset';
        }
      });
    });
  }

  /** Kills the service, by force; what it asked Stripe last is not answered any more. */
  kill() {
    this.process.kill();
    return 'reset';
  }

  /** Comes back when a statement of the service waits for a lock that somebody else has. */
  async blocked(signal) {
    const waiting = "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";
    const ask = async () => (await this.database.query(waiting)).rowCount > 0;
    if (!(await eventually(ask, { seconds: 10, every: 5, signal }))) throw new Error('booking waits for nothing.');
  }

  /** What a query answers first. */
  async one(text, values) {
    return (await this.database.query(text, values)).rows[0];
  }
}
