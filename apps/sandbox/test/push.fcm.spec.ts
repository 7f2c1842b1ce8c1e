import { createPrivateKey, sign } from 'node:crypto';
import { FcmDouble } from '../src/push/fcm-double.ts';
import { PushesService } from '../src/push/pushes.service.ts';
import { sandbox, type Sandbox } from './scenario.ts';

const GRANT = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
const SCOPE = 'https://www.googleapis.com/auth/firebase.messaging';

/** The words of whoever has the account of a double. */
function sender(of: FcmDouble) {
  const account = JSON.parse(of.account.json) as { private_key: string; client_email: string; token_uri: string };
  function assertion(claims = {}): string {
    const iat = Math.floor(Date.now() / 1000);
    const all = { iss: account.client_email, aud: account.token_uri, scope: SCOPE, iat, exp: iat + 3600, ...claims };
    const said = [{ alg: 'RS256' }, all]
      .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
      .join('.');
    return `${said}.${sign('sha256', Buffer.from(said), createPrivateKey(account.private_key)).toString('base64url')}`;
  }
  const grant = (jwt: string, grant_type = GRANT) =>
    fetch(account.token_uri, { method: 'POST', body: new URLSearchParams({ grant_type, assertion: jwt }) });
  return {
    assertion,
    grant,
    bearer: async () =>
      `Bearer ${((await (await grant(assertion())).json()) as { access_token: string }).access_token}`,
    send: (authorization: string, message: object, project = 'sandbox') =>
      fetch(`${of.url}/v1/projects/${project}/messages:send`, {
        method: 'POST',
        headers: { authorization },
        body: JSON.stringify({ message }),
      }),
  };
}

describe('the double of Firebase Cloud Messaging', () => {
  let fcm: FcmDouble;
  let assertion: ReturnType<typeof sender>['assertion'];
  let grant: ReturnType<typeof sender>['grant'];
  let bearer: ReturnType<typeof sender>['bearer'];
  let send: ReturnType<typeof sender>['send'];
  beforeAll(async () => {
    fcm = await FcmDouble.listen();
    ({ assertion, grant, bearer, send } = sender(fcm));
  });
  afterAll(() => fcm.close());
  beforeEach(() => fcm.setFaults({}));

  it('is called as it is told to be, where others than this machine come to it', async () => {
    const named = await FcmDouble.listen({ host: 'localhost' });
    const { assertion: said, grant: ask } = sender(named);
    const { url } = named;
    const { status } = await ask(said());
    await named.close();
    expect([new URL(url).hostname, status]).toEqual(['localhost', 200]);
  });

  it('gives tokens for what its account has signed alone', async () => {
    const now = Math.floor(Date.now() / 1000);
    const wrong = [{ iss: 'me' }, { aud: 'you' }, { scope: 'all' }, { exp: now - 1 }, { iat: now, exp: now + 7200 }];
    for (const claims of wrong) expect((await grant(assertion(claims))).status).toBe(400);
    expect((await grant(`${assertion().slice(0, -8)}AAAAAAAA`)).status).toBe(400);
    expect((await grant(assertion(), 'password')).status).toBe(400);
    expect(await (await grant(assertion())).json()).toMatchObject({ token_type: 'Bearer', expires_in: 3599 });
  });

  it('shows a message as each kind of telephone does', async () => {
    const good = await bearer();
    const [android, ios] = [fcm.install('android'), fcm.install('ios')];
    const message = {
      notification: { title: 'Lesson soon', body: 'At 10:00' },
      data: { kind: 'lesson_soon', link: 'https://x.example/1' },
      android: { priority: 'HIGH', ttl: '60s', notification: { tag: 'a1' } },
      apns: { headers: { 'apns-collapse-id': 'i1', 'apns-priority': '5' } },
    };
    for (const token of [android, ios]) expect((await send(good, { token, ...message })).status).toBe(200);
    const both = {
      title: 'Lesson soon',
      body: 'At 10:00',
      kind: 'lesson_soon',
      link: 'https://x.example/1',
      seconds: 60,
    };
    expect(fcm.shown()).toMatchObject([
      { ...both, address: android, tag: 'a1', isUrgent: true },
      { ...both, address: ios, tag: 'i1', isUrgent: false },
    ]);
  });

  it('refuses as FCM does', async () => {
    const good = await bearer();
    const token = fcm.install('android');
    const answers = [
      [await send('Bearer nobody', { token }), 401, { status: 'UNAUTHENTICATED' }],
      [await send(good, { token }, 'another'), 403, { status: 'PERMISSION_DENIED' }],
      [
        await send(good, { token: 'x' }),
        400,
        { details: [{ errorCode: 'INVALID_ARGUMENT' }, { fieldViolations: [{ field: 'message.token' }] }] },
      ],
      [
        await send(good, { token, data: { n: 1 } }),
        400,
        { details: [{}, { fieldViolations: [{ field: 'message.data[0].value' }] }] },
      ],
      [
        await send(good, { token, android: { ttl: '1m' } }),
        400,
        { details: [{}, { fieldViolations: [{ field: 'message.android.ttl' }] }] },
      ],
      [await send(good, { token, data: { n: 'x'.repeat(4096) } }), 400, { status: 'INVALID_ARGUMENT' }],
    ] as const;
    for (const [answer, code, error] of answers)
      expect(await answer.json()).toMatchObject({ error: { code, ...error } });
    fcm.uninstall(token);
    expect(await (await send(good, { token })).json()).toMatchObject({
      error: { code: 404, details: [{ errorCode: 'UNREGISTERED' }] },
    });
    fcm.expireTokens();
    expect((await send(good, { token })).status).toBe(401);
  });

  it('fails when told to, in its own words', async () => {
    const good = await bearer();
    fcm.setFaults({
      requests: [{ kind: 'status', status: 503, reason: 'UNAVAILABLE', retry_after_s: 9, path: '/v1/projects/*/*' }],
    });
    const refused = await send(good, { token: fcm.install('ios') });
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '9']);
    expect(await refused.json()).toMatchObject({ error: { details: [{ errorCode: 'UNAVAILABLE' }] } });
  });

  describe('in the sandbox', () => {
    let s: Sandbox;
    beforeAll(async () => {
      s = await sandbox();
    });
    afterAll(() => s.close());

    it('shows what came to each device, and lets one go', async () => {
      const call = (method: string, path: string, body?: object) =>
        fetch(`${s.url}/sandbox/pushes/${path}`, {
          method,
          ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
        });
      expect(await (await s.get('/sandbox/pushes')).text()).toContain('There is no device yet');
      const made = await call('POST', 'devices', { platform: 'web' });
      const device = (await made.json()) as { device_id: string; registration: { subscription: { endpoint: string } } };
      expect(made.status).toBe(201);
      expect(device.registration.subscription.endpoint).toContain(s.app.get(PushesService).doubles.web.url);
      const telephone = (await (await call('POST', 'devices', { platform: 'ios' })).json()) as {
        registration: { token: string };
      };
      const page = await (await s.get('/sandbox/pushes')).text();
      expect(page).toContain(telephone.registration.token);
      expect(page).toContain('Nothing has come.');
      const ours = sender(s.app.get(PushesService).doubles.fcm);
      const good = await ours.bearer();
      const message = {
        token: telephone.registration.token,
        notification: { title: '<b>Lesson</b>', body: 'At 10:00' },
        data: { kind: 'lesson_soon' },
        apns: { headers: { 'apns-collapse-id': 't' } },
      };
      for (const times of [1, 2]) expect([times, (await ours.send(good, message)).status]).toEqual([times, 200]);
      const shown = await (await s.get('/sandbox/pushes')).text();
      expect(shown).toContain('&lt;b&gt;Lesson&lt;/b&gt;');
      expect(shown).toContain('lesson_soon × 2');
      expect((await call('DELETE', `devices/${device.device_id}`)).status).toBe(204);
      expect((await call('DELETE', 'devices/00000000-0000-4000-8000-000000000000')).status).toBe(404);
      expect(await (await s.get('/sandbox/pushes/devices.json')).json()).toMatchObject({
        items: [
          { is_there: true, shown: [{ tag: 't' }, { tag: 't' }] },
          { is_there: false, device_id: device.device_id },
        ],
      });
      expect((await call('PUT', 'fcm/faults', { requests: [{ kind: 'reset' }] })).status).toBe(204);
      expect((await call('PUT', 'web/faults', {})).status).toBe(204);
    });
  });
});
