import { scene, type Scene } from './scenario.ts';

const API = '/api/v1/scheduling';

describe('requests', () => {
  let s: Scene;
  beforeAll(async () => (s = await scene({ RATE_LIMITS: 'hold:2/60,read:4/60,public:1/60', TRUSTED_PROXIES: 1 })));
  afterAll(() => s.close());

  let address = 0;
  /** Each test comes from addresses of its own. */
  const from = (last = ++address) => ({ 'x-forwarded-for': `203.0.113.${last}` });
  const hold = (token: string, headers: Record<string, string>) =>
    s.ask(`${API}/booking/hold`, token, { method: 'POST', body: '{}', headers });

  it('are counted for each person, who is told what is left, and when to come back', async () => {
    const token = await s.issuer.token();
    const first = await hold(token, from());
    expect(first.headers.get('ratelimit')).toMatch(/"hold-address";r=9;t=\d+, "hold-person";r=1;t=\d+/);
    expect(first.headers.get('ratelimit-policy')).toBe('"hold-address";q=10;w=60, "hold-person";q=2;w=60');
    await hold(token, from());
    const third = await hold(token, from());
    expect([third.status, await third.json()]).toEqual([
      429,
      expect.objectContaining({ code: 'too_many_requests', policy: 'hold-person' }),
    ]);
    expect(Number(third.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await hold(await s.issuer.token(), from())).status).toBe(200);
    expect((await s.ask(`${API}/bookings`, token, { headers: from() })).status).toBe(200);
  });

  it('are counted as what they are, however their address is written', async () => {
    const token = await s.issuer.token();
    const dodge = await s.ask(`${API}/book%69ng/hold`, token, { method: 'POST', body: '{}', headers: from() });
    expect(dodge.headers.get('ratelimit-policy')).toBe('"hold-address";q=10;w=60, "hold-person";q=2;w=60');
  });

  it('are counted for each address, before a token is looked at', async () => {
    const headers = from();
    const ask = () => s.ask(`${API}/bookings`, 'a.b.c', { headers });
    const statuses = await Promise.all(Array.from({ length: 22 }, async () => (await ask()).status));
    expect(statuses.filter((status) => status === 401)).toHaveLength(20);
    expect(statuses.filter((status) => status === 429)).toHaveLength(2);
  });

  it('are counted by the address that our proxy saw, whatever the client wrote before it', async () => {
    const feed = (chain: string) =>
      s.ask(`${API}/calendar/feed/x.ics`, undefined, { headers: { 'x-forwarded-for': chain } });
    const statuses = [];
    for (let n = 0; n < 7; n += 1) statuses.push((await feed(`10.0.0.${n}, 203.0.113.250`)).status);
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429, 429]);
    expect((await feed('203.0.113.250, 203.0.113.251')).status).toBe(200);
  });
});
