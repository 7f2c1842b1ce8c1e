import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { until } from '@scheduling/testing';
import { scene, type Scene } from './scenario.ts';
import { upstream } from './upstream.ts';

const API = '/api/v1/scheduling';

describe('the gateway refuses', () => {
  let s: Scene;
  let token: string;
  beforeAll(async () => {
    s = await scene({ UPSTREAM_TIMEOUT_MS: 300 });
    token = await s.issuer.token();
  });
  afterAll(() => s.close());

  const problem = async (answer: Response) => {
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    return { status: answer.status, code: ((await answer.json()) as { code: string }).code };
  };

  it('whoever has no good token, before a service hears of it', async () => {
    const stranger = await (await import('@scheduling/testing')).testIssuer();
    const tokens = [
      undefined,
      'nonsense',
      'a.b.c',
      await stranger.token(),
      await s.issuer.token({ claims: { exp: Math.floor(Date.now() / 1000) - 3600 } }),
    ];
    await stranger.close();
    for (const bad of tokens) {
      const answer = await s.ask(`${API}/bookings`, bad);
      expect(answer.headers.get('www-authenticate')).toBe('Bearer');
      expect(await problem(answer)).toEqual({ status: 401, code: 'not_signed_in' });
    }
    expect(s.services.booking.seen).toEqual([]);
  });

  it.each(['calendar/feed', 'calendar/status', 'calendar/auth-url'])(
    'whoever asks for %s without a token',
    async (path) => {
      expect(await problem(await s.ask(`${API}/${path}`))).toEqual({ status: 401, code: 'not_signed_in' });
      expect(s.services['calendar-sync'].seen).toEqual([]);
    },
  );

  it('a feed whose service is away, and does not log the secret in its address', async () => {
    const lines: string[] = [];
    const spy = jest.spyOn(process.stdout, 'write').mockImplementation((line) => Boolean(lines.push(String(line))));
    const { answer: answered } = s.services['calendar-sync'];
    s.services['calendar-sync'].answer = (request) => void request.socket.destroy();
    const answer = await s.ask(`${API}/calendar/feed/aSecretThatOpensACalendar.ics`);
    spy.mockRestore();
    s.services['calendar-sync'].answer = answered;
    expect(answer.status).toBe(503);
    expect(lines.join('')).toContain('"route":"GET /api/v1/scheduling/calendar/feed/*"');
    expect(lines.join('')).not.toContain('aSecret');
  });

  it.each(['/nothing', `${API}/nothing`, `${API}/bookings/`, `${API}//bookings`, `${API}/bookings%2Fx`, '/docs/x'])(
    'an address that is none of ours: %s',
    async (path) => {
      expect(await problem(await s.ask(path, token))).toEqual({ status: 404, code: 'route_not_found' });
    },
  );

  it.each([`${API}/bookings/../../accounts/me`, `${API}/%2e%2e/x`, `${API}/%zz`, `http://evil.example${API}/bookings`])(
    'a path that could be read in two ways: %s',
    async (path) => {
      // fetch would tidy the path up, so it is written by hand.
      const { hostname, port } = new URL(s.url);
      const socket = connect(Number(port), hostname);
      socket.write(`GET ${path} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${token}\r\nconnection: close\r\n\r\n`);
      expect(await text(socket)).toMatch(/^HTTP\/1\.1 40[04] [^]*application\/problem\+json/);
      expect(Object.values(s.services).flatMap(({ seen }) => seen.map(({ url }) => url))).not.toContain(path);
    },
  );

  it('a body over 100 kB, and passes one just below', async () => {
    const post = (size: number) =>
      s.ask(`${API}/booking/hold`, token, {
        method: 'POST',
        body: new Blob([randomBytes(size)]),
        headers: { 'content-type': 'application/json' },
      });
    expect(await problem(await post(100_001))).toEqual({ status: 413, code: 'body_too_large' });
    expect(s.services.booking.seen).toEqual([]);
    expect((await post(100_000)).status).toBe(200);
    expect(s.services.booking.seen[0]?.body.length).toBe(100_000);
  });

  it('to wait for a service that does not answer in time', async () => {
    s.services.availability.answer = () => {};
    const answer = await s.ask(`${API}/availability`, token, { method: 'POST', body: '{}' });
    expect(answer.headers.get('retry-after')).toBe('1');
    expect(await problem(answer)).toEqual({ status: 503, code: 'service_unavailable' });
    expect(s.services.availability.seen).toHaveLength(1);
  });

  it('requests for a service that is down, while the others go on, until it is back', async () => {
    const { booking } = s.services;
    const port = Number(new URL(booking.url).port);
    await booking.close();
    for (const method of ['GET', 'POST']) {
      const answer = await s.ask(`${API}/bookings`, token, { method });
      expect(answer.headers.get('retry-after')).toBe('1');
      expect(await problem(answer)).toEqual({ status: 503, code: 'service_unavailable' });
    }
    expect(await (await s.ask('/sandbox')).text()).toBe('sandbox');
    expect(await (await s.ask('/api/v1/accounts/me', token)).text()).toBe('accounts');

    const again = await upstream('booking is back', port);
    expect(await (await s.ask(`${API}/bookings`, token)).text()).toBe('booking is back');
    await again.close();
  });

  it('requests for a service that rests, without filling the log', async () => {
    const lines: string[] = [];
    const spy = jest.spyOn(process.stdout, 'write').mockImplementation((line) => Boolean(lines.push(String(line))));
    const { sandbox } = s.services;
    sandbox.answer = (request) => request.socket.destroy();
    for (let request = 0; request < 25; request++)
      expect((await s.ask('/sandbox', undefined, { method: 'POST' })).status).toBe(503);
    spy.mockRestore();
    // Of those for which it was asked; the others met nothing new.
    expect(lines.filter((line) => line.includes('"level":"error"'))).toHaveLength(10);
    sandbox.answer = (_request, response) => response.end('sandbox');
    await until('it to be asked again', async () => (await s.ask('/sandbox')).status === 200);
  });

  it('to take a service for well whose first client after a rest has left', async () => {
    const { sandbox } = s.services;
    const { answer } = sandbox;
    sandbox.answer = () => undefined;
    const ask = (signal?: AbortSignal) => s.ask('/sandbox', undefined, { method: 'POST', ...(signal && { signal }) });
    await Promise.all(Array.from({ length: 10 }, () => ask()));
    sandbox.seen.length = 0;
    const leaving = new AbortController();
    const tried = until('one to be let through', async () => {
      await ask(leaving.signal).catch(() => undefined);
      return leaving.signal.aborted;
    });
    await until('it to be asked', () => sandbox.seen.length > 0);
    leaving.abort();
    await tried;
    expect((await ask()).status).toBe(503);
    expect(sandbox.seen).toHaveLength(1);
    sandbox.answer = answer;
    await until('it to be asked again', async () => (await s.ask('/sandbox')).status === 200);
  });

  it('to repeat what may have had an effect, and repeats once what cannot', async () => {
    const { sandbox } = s.services;
    sandbox.answer = (request) => request.socket.destroy();
    for (const [method, times] of [
      ['POST', 1],
      ['GET', 2],
    ] as const) {
      sandbox.seen.length = 0;
      expect(await problem(await s.ask('/sandbox', undefined, { method }))).toMatchObject({ status: 503 });
      expect(sandbox.seen).toHaveLength(times);
    }
  });

  it('nothing on behalf of a service: its own 503 passes once, as it came', async () => {
    const { sandbox } = s.services;
    sandbox.seen.length = 0;
    sandbox.answer = (_request, response) => response.writeHead(503, { 'retry-after': '2' }).end('busy');
    const answer = await s.ask('/sandbox');
    expect([answer.status, answer.headers.get('retry-after'), await answer.text()]).toEqual([503, '2', 'busy']);
    expect(sandbox.seen).toHaveLength(1);
  });
});
