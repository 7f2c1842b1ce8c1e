import { createECDH } from 'node:crypto';
import { generateRequestDetails, type RequestOptions } from 'web-push';
import { WebPushDouble, type WebSubscription } from '../src/push/web-push-double.ts';

/** A pair as `npx web-push generate-vapid-keys` makes it. */
function vapidKeys() {
  const curve = createECDH('prime256v1');
  curve.generateKeys();
  return { publicKey: curve.getPublicKey('base64url'), privateKey: curve.getPrivateKey().toString('base64url') };
}
const KEYS = vapidKeys();
const LESSON = { title: 'Lesson soon', body: 'At 10:00', link: 'https://x.example/1', tag: 't1', kind: 'lesson_soon' };

describe('the double of browsers’ push services', () => {
  let double: WebPushDouble;
  beforeEach(async () => {
    double = await WebPushDouble.listen();
  });
  afterEach(() => double.close());

  /** Sends as the client library does, unless told otherwise. */
  async function send(to: WebSubscription, text: string, options: RequestOptions = {}, more = {}) {
    const vapidDetails = { subject: 'mailto:ops@example.org', ...KEYS };
    const { headers, body, endpoint } = generateRequestDetails(to, text, { vapidDetails, TTL: 60, ...options });
    const sent = Object.fromEntries(
      Object.entries({ ...headers, ...more }).map(([name, value]) => [name, String(value)]),
    );
    delete sent['Content-Length'];
    return fetch(endpoint, { method: 'POST', headers: sent, body: new Uint8Array(body) });
  }

  it('opens what was encrypted for its browser, and shows it', async () => {
    const browser = double.subscribe(KEYS.publicKey);
    const answer = await send(browser, JSON.stringify(LESSON), { urgency: 'high', topic: 'abc' });
    expect(answer.status).toBe(201);
    expect(double.shown()).toEqual([
      { ...LESSON, address: browser.endpoint, isUrgent: true, seconds: 60, receivedAt: expect.any(Date) },
    ]);
  });

  it('is called as it is told to be, where others than this machine come to it', async () => {
    const named = await WebPushDouble.listen({ host: 'localhost' });
    const browser = named.subscribe(KEYS.publicKey);
    const { status } = await send(browser, '{}');
    await named.close();
    expect([new URL(browser.endpoint).hostname, status]).toEqual(['localhost', 201]);
  });

  it('knows whom its browsers subscribed to', async () => {
    const browser = double.subscribe(vapidKeys().publicKey);
    expect((await send(browser, '{}')).status).toBe(403);
  });

  it('takes nothing without a token that is for it, of now, and signed', async () => {
    const browser = double.subscribe();
    const other = { ...browser, endpoint: browser.endpoint.replace('127.0.0.1', 'localhost') };
    expect((await send(other, '{}')).status).toBe(401);
    const foreign = { ...KEYS, privateKey: vapidKeys().privateKey };
    expect(
      (await send(browser, '{}', { vapidDetails: { subject: 'mailto:ops@example.org', ...foreign } })).status,
    ).toBe(401);
    expect((await send(browser, '{}', {}, { Authorization: '' })).status).toBe(401);
  });

  it('refuses what no browser could open, or is too much', async () => {
    const browser = double.subscribe();
    const mixed = { endpoint: browser.endpoint, keys: double.subscribe().keys };
    expect((await send(mixed, '{}')).status).toBe(400);
    expect((await send(browser, JSON.stringify({ body: 'x'.repeat(4096) }))).status).toBe(413);
    expect((await send(browser, '{}', {}, { TTL: 'soon' })).status).toBe(400);
    expect((await send(browser, '{}', {}, { 'Content-Encoding': 'aesgcm' })).status).toBe(415);
    expect(double.shown()).toEqual([]);
  });

  it('says which browsers it never knew, and which have gone', async () => {
    const browser = double.subscribe();
    double.unsubscribe(browser.endpoint);
    expect((await send(browser, '{}')).status).toBe(410);
    expect((await send({ ...browser, endpoint: `${double.url}/push/nobody` }, '{}')).status).toBe(404);
  });

  it('fails when told to', async () => {
    const browser = double.subscribe();
    double.setFaults({
      requests: [
        { kind: 'status', status: 429, retry_after_s: 7, times: 1 },
        { kind: 'drop_reply', times: 1 },
      ],
    });
    const refused = await send(browser, '{}');
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '7']);
    await expect(send(browser, '{}')).rejects.toThrow('fetch failed');
    expect(double.shown()).toHaveLength(1);
    expect(double.requests()).toHaveLength(2);
  });
});
