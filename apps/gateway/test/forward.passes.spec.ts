import { randomBytes } from 'node:crypto';
import { request } from 'node:http';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { scene, type Scene } from './scenario.ts';

const API = '/api/v1/scheduling';

describe('the gateway', () => {
  let s: Scene;
  let token: string;
  beforeAll(async () => {
    s = await scene();
    token = await s.issuer.token();
  });
  afterAll(() => s.close());
  afterEach(() => {
    for (const [name, service] of Object.entries(s.services)) {
      service.seen.length = 0;
      service.answer = (_request, response) => response.end(name);
    }
  });

  it.each([
    [`${API}/availability`, 'availability'],
    [`${API}/availability/x/slots?timezone=Europe%2FKyiv&a=1&a=2`, 'booking'],
    [`${API}/bookings`, 'booking'],
    [`${API}/calendar/status`, 'calendar-sync'],
    ['/api/v1/accounts/me', 'accounts'],
  ] as const)('passes %s to %s, query and all', async (path, service) => {
    const answer = await s.ask(path, token);
    expect([answer.status, await answer.text()]).toEqual([200, service]);
    expect(s.services[service].seen.map(({ url }) => url)).toContain(path);
  });

  it.each(['application/json', 'text/plain', 'application/x-www-form-urlencoded', 'application/octet-stream', null])(
    'passes a body of type %s byte for byte',
    async (type) => {
      const body = Buffer.concat([gzipSync('{"a": 1}'), randomBytes(5000)]);
      const headers: Record<string, string> = type === null ? {} : { 'content-type': type };
      await s.ask(`${API}/booking/hold`, token, { method: 'POST', body: new Blob([body]), headers });
      const [seen] = s.services.booking.seen;
      expect(seen?.body.equals(body)).toBe(true);
      expect(seen?.headers['content-type']).toBe(type ?? undefined);
      expect(seen?.headers['content-length']).toBe(String(body.length));
    },
  );

  it('passes a webhook of Stripe’s without a token, byte for byte, with its signature', async () => {
    const path = `${API}/webhooks/stripe`;
    // As whoever signs may write it: what is read and written again is another text.
    const body = Buffer.from('{\n  "id": "evt_1",\n  "amount": 2.50,\n  "name": "\\u00e9é"\n}\n');
    const headers = { 'content-type': 'application/json; charset=utf-8', 'stripe-signature': 't=1,v1=ab' };
    expect((await s.ask(path, undefined, { method: 'POST', body: new Blob([body]), headers })).status).toBe(200);
    const [seen] = s.services.booking.seen;
    expect(seen).toMatchObject({ method: 'POST', url: path, headers });
    expect(seen?.body.equals(body)).toBe(true);
  });

  it('passes a push of Google’s without a token, with the headers that name its channel', async () => {
    const path = `${API}/webhooks/google-calendar`;
    const headers = { 'x-goog-channel-id': 'c1', 'x-goog-channel-token': 't1', 'x-goog-resource-state': 'exists' };
    expect((await s.ask(path, undefined, { method: 'POST', headers })).status).toBe(200);
    expect(s.services['calendar-sync'].seen).toMatchObject([{ method: 'POST', url: path, headers }]);
  });

  it.each([`${API}/auth/google/callback?code=4%2F0Ab&state=xyz`, `${API}/calendar/feed/s3cret.ics`])(
    'lets %s pass without a token, as it was asked',
    async (path) => {
      const answer = await s.ask(path);
      expect([answer.status, await answer.text()]).toEqual([200, 'calendar-sync']);
      expect(s.services['calendar-sync'].seen.map(({ url }) => url)).toEqual([path]);
    },
  );

  it('keeps the spelling of a content type', async () => {
    const type = 'application/JSON; charset="utf-8"; v=1';
    await s.ask(`${API}/booking/hold`, token, { method: 'POST', body: '{}', headers: { 'content-type': type } });
    expect(s.services.booking.seen[0]?.headers['content-type']).toBe(type);
  });

  it.each(['POST', 'PUT', 'PATCH', 'DELETE'])('passes a %s without a body', async (method) => {
    const answer = await s.ask(`${API}/bookings`, token, { method });
    expect(answer.status).toBe(200);
    expect(s.services.booking.seen[0]).toMatchObject({ method, body: Buffer.alloc(0) });
  });

  it('passes the answer as it came: status, headers and bytes', async () => {
    const body = gzipSync('x'.repeat(1000));
    s.services.booking.answer = (_request, response) =>
      response
        .writeHead(409, {
          'content-type': 'application/problem+json',
          'content-encoding': 'gzip',
          'retry-after': '7',
          'set-cookie': ['a=1', 'b=2'],
          connection: 'x-hop',
          'x-hop': '1',
        })
        .end(body);
    const answer = await s.ask(`${API}/bookings`, token);
    expect([answer.status, await answer.text()]).toEqual([409, 'x'.repeat(1000)]);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(answer.headers.get('retry-after')).toBe('7');
    expect(answer.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
    expect(answer.headers.get('x-hop')).toBeNull();
  });

  it('answers a HEAD without a body', async () => {
    const answer = await s.ask(`${API}/bookings`, token, { method: 'HEAD' });
    expect([answer.status, await answer.text()]).toEqual([200, '']);
    expect(s.services.booking.seen[0]?.method).toBe('HEAD');
  });

  it('says itself where a request came from, whatever the client says', async () => {
    const headers = {
      'x-forwarded-for': '10.9.9.9',
      'x-forwarded-host': 'evil.example',
      'x-forwarded-proto': 'gopher',
      'x-forwarded-user': 'root',
      forwarded: 'for=10.9.9.9',
      'x-real-ip': '10.9.9.9',
      'x-request-id': 'forged',
    };
    const answer = await s.ask(`${API}/bookings`, token, { headers });
    const seen = s.services.booking.seen[0]!.headers;
    expect(JSON.stringify(seen)).not.toMatch(/10\.9\.9\.9|evil|gopher|root|forged/);
    expect(seen).toMatchObject({ 'x-forwarded-for': '127.0.0.1', 'x-forwarded-proto': 'http' });
    expect(seen['x-forwarded-host']).toBe(new URL(s.url).host);
    expect(seen['x-request-id']).toMatch(/^[\da-f-]{36}$/);
    expect(answer.headers.get('x-request-id')).toBe(seen['x-request-id']);
  });

  it('keeps the headers of the client’s connection to itself', async () => {
    const { hostname, port } = new URL(s.url);
    const headers = {
      authorization: `Bearer ${token}`,
      connection: 'x-hop',
      'x-hop': '1',
      te: 'trailers',
      'proxy-authorization': 'Basic eA==',
      expect: '100-continue',
    };
    const asking = request({ hostname, port, path: `${API}/booking/hold`, method: 'POST', headers });
    asking.end('{}');
    const [answer] = await once(asking, 'response');
    expect(await text(answer)).toBe('booking');
    const [seen] = s.services.booking.seen;
    expect(seen?.body.toString()).toBe('{}');
    expect(Object.keys(seen!.headers)).toEqual(
      expect.not.arrayContaining(['x-hop', 'te', 'proxy-authorization', 'expect']),
    );
    expect(seen?.headers.authorization).toBe(headers.authorization);
  });

  it.each(['/api/v1/accounts/dev/token', '/api/v1/accounts/.well-known/jwks.json', '/sandbox/inbox.json'])(
    'passes %s without a token',
    async (path) => {
      expect((await s.ask(path)).status).toBe(200);
    },
  );
});
