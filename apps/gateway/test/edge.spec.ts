import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { until } from '@scheduling/testing';
import { scene, type Scene } from './scenario.ts';

const API = '/api/v1/scheduling';
const APP = 'https://app.example.org';

describe('the edge', () => {
  let s: Scene;
  let token: string;
  beforeAll(async () => {
    s = await scene({ CORS_ORIGINS: [APP], UPSTREAM_TIMEOUT_MS: 300 });
    token = await s.issuer.token();
  });
  afterAll(() => s.close());

  it('lets pages of the origins that it knows call the API, and no others', async () => {
    const preflight = (origin: string) =>
      s.ask(`${API}/bookings`, undefined, {
        method: 'OPTIONS',
        headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization' },
      });
    const allowed = await preflight(APP);
    expect([allowed.status, allowed.headers.get('access-control-allow-origin')]).toEqual([204, APP]);
    expect(allowed.headers.get('access-control-allow-methods')).toContain('POST');
    expect((await preflight('https://evil.example')).headers.get('access-control-allow-origin')).toBeNull();
    const answer = await s.ask(`${API}/bookings`, token, { headers: { origin: APP } });
    expect(answer.headers.get('access-control-expose-headers')).toContain('retry-after');
    expect(answer.headers.get('access-control-allow-credentials')).toBeNull();
  });

  it('lets browsers do nothing with an answer but read it, and nobody keep it', async () => {
    const { headers } = await s.ask(`${API}/bookings`, token);
    expect(headers.get('content-security-policy')).toBe("default-src 'none';frame-ancestors 'none'");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('strict-transport-security')).toMatch(/max-age/);
    expect(headers.get('cache-control')).toBe('no-store');
    expect((await s.ask(`${API}/nothing`, token)).headers.get('cache-control')).toBe('no-store');
  });

  it('leaves to a service what it says of its own answer', async () => {
    s.services.booking.answer = (_request, response) =>
      response
        .writeHead(200, { 'cache-control': 'private, max-age=5', 'content-security-policy': "img-src 'self'" })
        .end();
    const { headers } = await s.ask(`${API}/bookings`, token);
    expect([headers.get('cache-control'), headers.get('content-security-policy')]).toEqual([
      'private, max-age=5',
      "img-src 'self'",
    ]);
  });

  it('passes a trace on, and begins one where none was begun rightly', async () => {
    const { booking } = s.services;
    const traced = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
    for (const [given, passed] of [
      [traced, new RegExp(`^${traced}$`)],
      ['nonsense', /^00-[\da-f]{32}-[\da-f]{16}-01$/],
      [`00-${'0'.repeat(32)}-00f067aa0ba902b7-01`, /^00-(?!0{32})[\da-f]{32}-[\da-f]{16}-01$/],
    ] as const) {
      await s.ask(`${API}/bookings`, token, { headers: { traceparent: given } });
      expect(booking.seen.at(-1)?.headers['traceparent']).toMatch(passed);
    }
  });

  it.each(['BREW / HTTP/1.1\r\n\r\n', 'GET / HTTP/9.9\r\n\r\n', 'nonsense\r\n\r\n'])(
    'answers what is no request with a problem: %j',
    async (said) => {
      const { hostname, port } = new URL(s.url);
      const socket = connect(Number(port), hostname);
      socket.write(said);
      expect(await text(socket)).toMatch(/^HTTP\/1\.1 4\d\d [^]*application\/problem\+json[^]*malformed_request/);
    },
  );

  it('asks a service that does not answer no more for a while, and then again', async () => {
    const { notification, accounts } = s.services;
    const list = () => s.ask(`${API}/notifications`, token);
    notification.answer = (request) => request.socket.destroy();
    for (let n = 0; n < 10; n += 1) await list();
    const asked = notification.seen.length;
    const refused = await list();
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '1']);
    expect(notification.seen).toHaveLength(asked);
    expect((await s.ask('/api/v1/accounts/me', token)).status).toBe(200);
    expect(accounts.seen.length).toBeGreaterThan(0);
    notification.answer = (_request, response) => response.end('back');
    await until('the service to be asked again', async () => (await list()).status === 200);
  });
});
