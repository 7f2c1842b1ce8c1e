import { type SchedulingEvent, topicOf, UserChanged } from '@scheduling/contracts';
import { newId } from '@scheduling/domain';
import { seal } from '@scheduling/events';
import { readConfig, run, type RunningService } from '@scheduling/service-kit';
import { type TestDatabase, testDatabase, until } from '@scheduling/testing';
import { Client } from 'pg';
import twilio from 'twilio';
import { TwilioDouble } from '../../sandbox/src/twilio/twilio-double.ts';
import { NotificationConfig } from '../src/config.ts';
import { notificationSchema } from '../src/schema.ts';
import { service } from '../src/service.ts';
import { lesson, offer } from './booking-says.ts';
import { gateway, newPhone, NUMBER, settingsOf, TOKEN, WEBHOOKS } from './sms.scenario.ts';

const SID = `SM${'1'.repeat(32)}`;

describe('the webhooks of Twilio', () => {
  let test: TestDatabase;
  let admin: Client;
  let double: TwilioDouble;
  let door: Awaited<ReturnType<typeof gateway>>;
  let running: RunningService;

  beforeAll(async () => {
    test = await testDatabase('notification', notificationSchema);
    admin = new Client({ connectionString: test.adminUrl });
    await admin.connect();
    double = await TwilioDouble.listen({ authToken: TOKEN });
    // Twilio calls the gateway; the service itself has another address.
    door = await gateway(async ({ url = '', headers }, body) => {
      const kept = Object.fromEntries(
        ['content-type', 'x-twilio-signature'].map((name) => [name, String(headers[name] ?? '')]),
      );
      return (await fetch(`${running.url}${url}`, { method: 'POST', headers: kept, body: new Uint8Array(body) }))
        .status;
    });
    double.tellInboundTo(`${door.url}${WEBHOOKS}/inbound`);
    const settings = { PORT: 0, HOST: '127.0.0.1', LOG_LEVEL: 'error', AUTH_ISSUER: 'http://127.0.0.1:9' } as const;
    const config = { ...settings, DATABASE_URL: test.url, ...settingsOf(double, door.url) };
    running = await run(service, Object.assign(new NotificationConfig(), config));
  });
  afterAll(async () => {
    await running.close();
    await Promise.all([double.close(), door.close(), admin.end()]);
    await test.drop();
  });

  /** Posts a form as Twilio does; `more` is what is wrong with it. */
  function post(path: string, params: Record<string, string>, more: Partial<Wrong> = {}): Promise<Response> {
    const { url = `${door.url}${path}`, token = TOKEN, posted = params, signature } = more;
    const headers = {
      'content-type': 'application/x-www-form-urlencoded',
      'x-twilio-signature': signature ?? twilio.getExpectedTwilioSignature(token, url, params),
    };
    return fetch(`${running.url}${path}`, { method: 'POST', headers, body: new URLSearchParams(posted) });
  }
  interface Wrong {
    /** What is signed instead of the address. */
    readonly url: string;
    readonly token: string;
    /** What is posted instead of what is signed. */
    readonly posted: Record<string, string>;
    readonly signature: string;
  }

  const stop = (from: string, sid = SID) => ({ MessageSid: sid, From: from, To: NUMBER, Body: 'STOP' });
  const stopped = async (phone: string): Promise<boolean> =>
    (await test.source.query('select 1 from sms_opt_outs where phone = $1', [phone])).length === 1;

  async function state(...facts: SchedulingEvent[]): Promise<void> {
    for (const { id, type, partitionkey, ...envelope } of facts.map((fact) => seal(fact, new Date())))
      await admin.query(
        'insert into bus.log (part, topic, key, type, event_id, envelope) values (0, $1, $2, $3, $4, $5)',
        [topicOf(type), partitionkey, type, id, { id, type, partitionkey, ...envelope }],
      );
  }

  it('tell the ledger that a text has reached its reader', async () => {
    const offered = offer(lesson({ start_at: '2098-03-01T12:00:00.000Z', end_at: '2098-03-01T13:00:00.000Z' }), {
      expires_at: '2098-03-01T09:00:00.000Z',
    });
    const phone = newPhone();
    await test.source.query(
      "insert into notification_settings (user_id, digest, sms_opted_in_at, version) values ($1, 'off', now(), 1)",
      [offered.student_id],
    );
    const [name, email] = ['Sam', 'sam@example.org'];
    const person = { user_id: offered.student_id, version: 1, email, phone, name, roles: [], locale: 'en' };
    await state(UserChanged.of<UserChanged>({ ...person, timezone: 'UTC' }), offered);
    const row = async () =>
      (
        await test.source.query("select state, provider_id from messages where booking_id = $1 and channel = 'sms'", [
          offered.hold_id,
        ])
      )[0];
    await until('it is delivered', async () => (await row())?.state === 'delivered');
    expect(await row()).toMatchObject({ provider_id: double.textsTo(phone)[0]!.sid });
    expect(double.textsTo(phone)).toHaveLength(1);
  });

  it('take a phone’s STOP and START, each once, in the order in which they came', async () => {
    const phone = newPhone();
    expect(await double.reply({ from: phone, to: NUMBER, body: 'STOP' })).toBe(200);
    expect(await stopped(phone)).toBe(true);
    const { sid } = double.texts().find(({ from }) => from === phone)!;
    expect(await double.reply({ from: phone, to: NUMBER, body: 'START' })).toBe(200);
    const repeated = await post(`${WEBHOOKS}/inbound`, stop(phone, sid));
    expect([repeated.status, repeated.headers.get('content-type')]).toEqual([200, 'text/xml; charset=utf-8']);
    expect(await repeated.text()).toBe('<?xml version="1.0" encoding="UTF-8"?><Response/>');
    expect(await stopped(phone)).toBe(false);
  });

  it('believe whatever letters Twilio has signed', async () => {
    const phone = newPhone();
    const said = { ...stop(phone), Body: 'Дякую & до зустрічі = 😀 + 100%\r\n', OptOutType: 'STOP', Nothing: '' };
    expect((await post(`${WEBHOOKS}/inbound`, said)).status).toBe(200);
    expect(await stopped(phone)).toBe(true);
  });

  it.each([
    ['has no signature', { signature: '' }],
    ['has a signature that is none', { signature: 'AAAA' }],
    ['is signed with another token', { token: 'guessed' }],
    ['is signed for another address', { url: `https://elsewhere.example.org${WEBHOOKS}/inbound` }],
    ['is signed for the service’s own address', { url: '' }],
    ['was changed on its way', { posted: stop('+380509999999') }],
    ['has got more on its way', { posted: { ...stop('+380501111111'), OptOutType: 'STOP' } }],
  ] as [string, Partial<Wrong>][])('refuse what %s', async (_what, wrong) => {
    const url = wrong.url === '' ? { url: `${running.url}${WEBHOOKS}/inbound` } : {};
    const answer = await post(`${WEBHOOKS}/inbound`, stop('+380501111111'), { ...wrong, ...url });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([
      403,
      expect.stringContaining('application/problem+json'),
    ]);
    expect(await answer.json()).toMatchObject({ code: 'not_from_twilio' });
    expect([await stopped('+380501111111'), await stopped('+380509999999')]).toEqual([false, false]);
  });

  it('refuse the word of one text for another', async () => {
    const [own, other] = [newId(), newId()];
    const word = { MessageSid: SID, MessageStatus: 'delivered', To: '+380501111111' };
    const url = `${door.url}${WEBHOOKS}/status?message=${own}`;
    expect((await post(`${WEBHOOKS}/status?message=${own}`, word)).status).toBe(204);
    expect((await post(`${WEBHOOKS}/status?message=${other}`, word, { url })).status).toBe(403);
    expect((await post(`${WEBHOOKS}/status`, word, { url })).status).toBe(403);
  });

  it('refuse what is signed and is no word of a text', async () => {
    const word = { MessageSid: SID, MessageStatus: 'delivered', To: '+380501111111' };
    const refused = await post(`${WEBHOOKS}/status?message=${newId()}%27--`, word);
    expect([refused.status, await refused.json()]).toMatchObject([400, { code: 'malformed_request' }]);
    expect((await post(`${WEBHOOKS}/status`, word)).status).toBe(400);
    expect((await post(`${WEBHOOKS}/status?message=${newId()}`, { ...word, MessageSid: 'x' })).status).toBe(400);
    expect((await post(`${WEBHOOKS}/inbound`, { MessageSid: SID })).status).toBe(400);
  });

  it('refuse bodies of other kinds, and those too long', async () => {
    const send = (body: string, type: string) =>
      fetch(`${running.url}${WEBHOOKS}/inbound`, { method: 'POST', headers: { 'content-type': type }, body });
    expect((await send('{"Body":"STOP"}', 'application/json')).status).toBe(403);
    expect((await send('STOP', 'text/plain')).status).toBe(415);
    expect((await post(`${WEBHOOKS}/inbound`, { ...stop(newPhone()), Body: 'x'.repeat(50_000) })).status).toBe(403);
    expect((await fetch(`${running.url}${WEBHOOKS}/inbound`, { method: 'POST' })).status).toBe(403);
  });
});

describe('the settings for texts', () => {
  const whole = { DATABASE_URL: 'postgres://x@127.0.0.1/x', AUTH_ISSUER: 'https://issuer.example.org' };
  const account = { TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`, TWILIO_AUTH_TOKEN: 'hush', TWILIO_FROM: NUMBER };

  it('may be left out, all of them', () => {
    expect(readConfig(NotificationConfig, whole).TWILIO_FROM).toBeUndefined();
    expect(readConfig(NotificationConfig, { ...whole, ...account }).TWILIO_FROM).toBe(NUMBER);
  });

  it.each(['TWILIO_ACCOUNT_SID', 'TWILIO_AUTH_TOKEN', 'TWILIO_FROM'] as const)('say that %s is missing', (name) => {
    const { [name]: _missing, ...half } = account;
    expect(() => readConfig(NotificationConfig, { ...whole, ...half })).toThrow(`${name} must be`);
    expect(() => readConfig(NotificationConfig, { ...whole, ...half })).not.toThrow('hush');
  });

  it('let no double into production', () => {
    const settings = { ...whole, ...account, TWILIO_API_URL: 'http://127.0.0.1:4010' };
    expect(readConfig(NotificationConfig, settings).TWILIO_API_URL).toBe('http://127.0.0.1:4010');
    expect(() => readConfig(NotificationConfig, { ...settings, NODE_ENV: 'production' })).toThrow(
      'TWILIO_API_URL must not be set in production',
    );
  });
});
