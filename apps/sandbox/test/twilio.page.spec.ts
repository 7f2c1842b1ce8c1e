import { SANDBOX_ACCOUNT } from '../src/twilio/twilio-double.ts';
import { TwilioService } from '../src/twilio/twilio.service.ts';
import twilio from 'twilio';
import { sandbox, type Sandbox } from './scenario.ts';
import { NUMBER, PHONE } from './twilio.scenario.ts';

describe('the phones of the sandbox', () => {
  let s: Sandbox;
  beforeEach(async () => {
    s = await sandbox();
  });
  afterEach(() => s.close());

  const double = () => s.app.get(TwilioService).double;
  const page = async () => (await s.get('/sandbox/phones')).text();
  const text = (body: string) => {
    const client = twilio(SANDBOX_ACCOUNT, 'sandbox-token');
    client.api.baseUrl = double().url;
    return client.messages.create({ to: PHONE, from: NUMBER, body });
  };
  const send = (method: string, path: string, body: object) =>
    fetch(`${s.url}/sandbox/${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });

  it('show what each got, as text', async () => {
    expect(await page()).toContain('No text yet');
    const { sid } = await text('<b>Your lesson</b>');
    const shown = await page();
    expect(shown).toContain('&lt;b&gt;Your lesson&lt;/b&gt;');
    expect(shown).toContain(PHONE);
    const listed = await s.get(`/sandbox/phones.json?phone=${encodeURIComponent(PHONE)}`);
    expect(await listed.json()).toMatchObject({ items: [{ sid, to: PHONE, status: 'delivered', error_code: null }] });
    const others = await s.get(`/sandbox/phones.json?phone=${encodeURIComponent(NUMBER.replace('6', '7'))}`);
    expect(await others.json()).toEqual({ items: [] });
  });

  it('write STOP, and are shown so', async () => {
    await text('Hello');
    const said = await send('POST', 'phones/replies', { from: PHONE, to: NUMBER, body: 'STOP' });
    expect([said.status, await said.json()]).toEqual([200, { webhook_status: 0 }]);
    expect(await page()).toContain('has sent STOP');
    await expect(text('Hello again')).rejects.toMatchObject({ code: 21_610 });
    expect((await send('POST', 'phones/replies', { from: 'me', to: NUMBER, body: 'STOP' })).status).toBe(400);
  });

  it('get nothing when texts are to fail', async () => {
    const told = await send('PUT', 'twilio/faults', { fate: 'failed', requests: [], callbacks: { lose: 1 } });
    expect(told.status).toBe(204);
    await text('Hello');
    expect(double().texts()).toMatchObject([{ status: 'failed', error_code: 30_036, date_sent: null }]);
    expect((await send('PUT', 'twilio/faults', { fate: 'lost' })).status).toBe(400);
  });
});
