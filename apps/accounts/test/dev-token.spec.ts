import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { scenario, type Scenario } from './scenario.ts';

/** A port that was free a moment ago: the issuer's address must be known before it starts. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}

describe('in embedded mode accounts', () => {
  let s: Scenario;
  let issuer: string;
  beforeEach(async () => {
    const port = await freePort();
    issuer = `http://127.0.0.1:${port}/api/v1/accounts`;
    s = await scenario({ EMBEDDED: '1', PORT: port, AUTH_ISSUER: issuer });
  });
  afterEach(() => s.close());

  const ask = (body: object) => s.said(s.ask('/dev/token', undefined, { method: 'POST', body }));

  it('gives a token that names a new person, whom it then lets in', async () => {
    const given = { email: 'olena@example.org', name: 'Olena', roles: ['tutor'], timezone: 'Europe/Kyiv' };
    const { access_token: token, ...answer } = await ask(given);
    expect(answer).toEqual({ status: 201, token_type: 'Bearer', user_id: expect.any(String), expires_in: 3600 });

    const me = await s.said(s.ask('/me', String(token)));
    expect(me).toMatchObject({ status: 200, user_id: answer['user_id'], ...given, version: 1 });
    expect(await s.announced()).toHaveLength(1);
  });

  it('signs what any verifier can check by its published keys', async () => {
    const { access_token: token, user_id: id } = await ask({ email: 'ann@example.org', timezone: 'America/New_York' });
    const discovery = (await (await fetch(`${issuer}/.well-known/openid-configuration`)).json()) as Record<
      string,
      string
    >;
    expect(discovery['issuer']).toBe(issuer);
    const keys = createRemoteJWKSet(new URL(discovery['jwks_uri']!));
    const { payload, protectedHeader } = await jwtVerify(String(token), keys, { issuer });
    expect(protectedHeader.alg).toBe('EdDSA');
    expect(payload).toMatchObject({
      sub: id,
      email: 'ann@example.org',
      name: 'ann',
      roles: ['student'],
      zoneinfo: 'America/New_York',
      locale: 'en',
    });
    expect(payload.exp! - payload.iat!).toBe(3600);
  });

  it('publishes no private half', async () => {
    await ask({ email: 'ann@example.org' });
    const { keys } = await s.said(s.ask('/.well-known/jwks.json'));
    expect(keys).toEqual([
      { kid: expect.any(String), alg: 'EdDSA', use: 'sig', kty: 'OKP', crv: 'Ed25519', x: expect.any(String) },
    ]);
  });

  it('takes one address for one person, and what is given for a change', async () => {
    const first = await ask({ email: 'ann@example.org' });
    const again = await ask({ email: 'ANN@example.org' });
    const changed = await ask({ email: 'ann@example.org', name: 'Ann', timezone: 'Europe/Kyiv' });
    expect([again['user_id'], changed['user_id']]).toEqual([first['user_id'], first['user_id']]);
    expect(await s.said(s.ask('/me', String(first['access_token'])))).toMatchObject({
      name: 'Ann',
      roles: ['student'],
      timezone: 'Europe/Kyiv',
      version: 2,
    });
    expect((await s.announced()).map(({ version }) => version)).toEqual([1, 2]);
  });

  it('makes one person of many requests at once', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => ask({ email: 'ann@example.org' })));
    expect(new Set(answers.map(({ status, user_id }) => `${status} ${String(user_id)}`)).size).toBe(1);
    expect(await s.announced()).toHaveLength(1);
  });

  it.each([
    [{}, 400],
    [{ email: 'no' }, 400],
    [{ email: 'ann@example.org', roles: ['root'] }, 400],
    [{ email: 'ann@example.org', timezone: 'Mars/Base' }, 422],
  ])('refuses %j', async (body, status) => {
    expect(await ask(body)).toMatchObject({ status });
    expect(await s.rows()).toEqual([]);
  });
});

describe('outside embedded mode accounts', () => {
  let s: Scenario;
  beforeAll(async () => {
    s = await scenario();
  });
  afterAll(() => s.close());

  it.each([
    ['POST', '/dev/token'],
    ['GET', '/.well-known/openid-configuration'],
    ['GET', '/.well-known/jwks.json'],
  ])('has no %s %s, signed in or not', async (method, path) => {
    const body = method === 'POST' ? { body: { email: 'ann@example.org' } } : {};
    for (const token of [undefined, await s.issuer.token({ roles: ['admin'] })]) {
      expect(await s.said(s.ask(path, token, { method, ...body }))).toMatchObject({ status: 404 });
    }
  });
});
