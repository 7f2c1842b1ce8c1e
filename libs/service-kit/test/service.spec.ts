import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Body, Controller, Get, Module, Post } from '@nestjs/common';
import { Text } from '@scheduling/contracts';
import { newId, type PersonId, SchedulingError } from '@scheduling/domain';
import type { Repeatable } from '@scheduling/persistence';
import { type TestIssuer, testIssuer } from '@scheduling/testing';
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT } from 'jose';
import {
  type Caller,
  CurrentCaller,
  defineService,
  GuardedConfig,
  IdempotencyKey,
  Public,
  readConfig,
  Roles,
  run,
  type RunningService,
} from '../src/index.ts';

class TooLate extends SchedulingError {
  readonly kind = 'unavailable';
  readonly code = 'too_late';

  constructor() {
    super('Come back later.', { retry_after_seconds: 7 });
  }
}

class Note {
  @Text(1, 20) readonly text!: string;
}

@Controller()
class Desk {
  @Public()
  @Get('open')
  open(): object {
    return { open: true };
  }

  @Get('me')
  me(@CurrentCaller() caller: Caller): Caller {
    return caller;
  }

  @Get('staff')
  @Roles('admin', 'service')
  staff(): object {
    return {};
  }

  @Post('notes')
  note(@IdempotencyKey() request: Repeatable, @Body() _note: Note): Repeatable {
    return request;
  }

  @Public()
  @Get('late')
  late(): never {
    throw new TooLate();
  }

  @Public()
  @Get('broken')
  broken(): never {
    throw new Error('password=hunter2');
  }
}

@Module({ controllers: [Desk] })
class DeskModule {}

const service = defineService({ name: 'desk', module: DeskModule, config: GuardedConfig });

describe('a service', () => {
  let issuer: TestIssuer;
  let desk: RunningService;
  const started = (env: object) => run(service, readConfig(GuardedConfig, { PORT: '0', HOST: '127.0.0.1', ...env }));
  beforeAll(async () => {
    issuer = await testIssuer();
    desk = await started({ AUTH_ISSUER: issuer.url, AUTH_AUDIENCE: 'desk', LOG_LEVEL: 'error' });
  });
  afterAll(async () => {
    await desk.close();
    await issuer.close();
  });

  const ask = async (path: string, token?: string, init: RequestInit = {}) => {
    const headers = { ...(token !== undefined && { authorization: `Bearer ${token}` }), ...init.headers };
    const answer = await fetch(desk.url + path, { ...init, headers });
    return { status: answer.status, headers: answer.headers, body: (await answer.json()) as Record<string, unknown> };
  };
  const token = (claims: Record<string, unknown> = {}, id = newId<PersonId>()) =>
    issuer.token({ id, claims: { aud: 'desk', ...claims } });

  it('tells who calls, by what the token claims', async () => {
    const id = newId<PersonId>();
    const claims = { name: 'Ann', email: 'ann@example.org', zoneinfo: 'Europe/Kyiv', roles: ['tutor', 'emperor'] };
    expect((await ask('/me', await token(claims, id))).body).toEqual({
      personId: id,
      roles: ['tutor'],
      issuer: issuer.url,
      subject: id,
      name: 'Ann',
      email: 'ann@example.org',
      timezone: 'Europe/Kyiv',
      locale: null,
    });
  });

  it('makes one and the same id of a subject that is no UUID', async () => {
    const whoIs = async (sub: string) => (await ask('/me', await token({ sub }))).body['personId'];
    expect(await whoIs('auth0|7')).toBe(await whoIs('auth0|7'));
    expect(await whoIs('auth0|7')).not.toBe(await whoIs('auth0|8'));
  });

  it('refuses every token that is not the issuer’s own, for it, and in time', async () => {
    const stranger = await generateKeyPair('EdDSA', { extractable: true });
    const body = { iss: issuer.url, aud: 'desk', sub: newId<PersonId>(), exp: Math.floor(Date.now() / 1000) + 60 };
    const signed = (header: object, key: Parameters<SignJWT['sign']>[0]) =>
      new SignJWT(body).setProtectedHeader({ alg: 'EdDSA', ...header }).sign(key);
    const jwk = await exportJWK(stranger.publicKey);
    const bad = [
      'x.y.z',
      new UnsecuredJWT(body).encode(),
      await signed({ kid: 'test' }, stranger.privateKey),
      await signed({ kid: '../../etc/passwd' }, stranger.privateKey),
      await signed({ jwk }, stranger.privateKey),
      await signed({ alg: 'HS256', kid: 'test' }, new TextEncoder().encode('test'.repeat(8))),
      await token({ exp: 1 }),
      await token({ aud: 'elsewhere' }),
      await token({ iss: 'https://elsewhere.example' }),
      await token({ nbf: Math.floor(Date.now() / 1000) + 3600 }),
      `${await token()}x`,
    ];
    for (const each of bad) {
      const answer = await ask('/me', each);
      expect([answer.status, answer.body['code']]).toEqual([401, 'not_signed_in']);
      expect(answer.headers.get('www-authenticate')).toBe('Bearer');
    }
    expect((await ask('/me')).status).toBe(401);
  });

  it('answers 503 while the issuer cannot be asked, and recovers', async () => {
    const lost = await started({ AUTH_ISSUER: 'http://127.0.0.1:1', LOG_LEVEL: 'error' });
    const answer = await fetch(`${lost.url}/me`, { headers: { authorization: `Bearer ${await token()}` } });
    await lost.close();
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '2']);
  });

  it.each([
    ['has no answer for', 503, '{}'],
    ['answers nonsense for', 200, '[]'],
  ])('answers 503, not 401, while the issuer %s its keys', async (_, status, keys) => {
    const server = createServer(({ url: path }, response) => {
      const isKeys = path === '/keys';
      response.writeHead(isKeys ? status : 200, { 'content-type': 'application/json' });
      response.end(isKeys ? keys : JSON.stringify({ issuer: url, jwks_uri: `${url}/keys` }));
    });
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const torn = await started({ AUTH_ISSUER: url, LOG_LEVEL: 'error' });
    const answer = await fetch(`${torn.url}/me`, { headers: { authorization: `Bearer ${await token()}` } });
    await torn.close();
    server.close();
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '2']);
  });

  it('lets in by role where a role is asked for, and anyone where none is', async () => {
    expect(await ask('/staff', await token())).toMatchObject({ status: 403, body: { code: 'role_missing' } });
    expect((await ask('/staff', await token({ roles: ['service'] }))).status).toBe(200);
    expect((await ask('/open')).body).toEqual({ open: true });
  });

  it('says of a bug nothing but that it is one', async () => {
    const { status, headers, body } = await ask('/broken');
    expect(body).toEqual({
      type: '/problems/internal',
      title: 'Something went wrong on our side.',
      status: 500,
      code: 'internal',
    });
    expect([status, headers.get('content-type')?.split(';')[0]]).toEqual([500, 'application/problem+json']);
  });

  it('tells when to come back', async () => {
    const { status, headers } = await ask('/late');
    expect([status, headers.get('retry-after')]).toEqual([503, '7']);
  });

  it('knows a request again by its key, its path and its body', async () => {
    const json = { 'content-type': 'application/json' };
    const send = async (key: string | null, text: string) =>
      ask('/notes', await token(), {
        method: 'POST',
        headers: { ...json, ...(key !== null && { 'idempotency-key': key }) },
        body: JSON.stringify({ text }),
      });
    expect((await send('k', 'a')).body).toMatchObject({ key: 'k', content: 'POST /notes {"text":"a"}' });
    expect((await send(null, 'a')).body).toMatchObject({ key: null });
    expect(await send('k'.repeat(256), 'a')).toMatchObject({
      status: 400,
      body: { code: 'idempotency_key_malformed' },
    });
  });

  it.each([
    ['a list', '[]', 'application/json', 400],
    ['a text', '"no"', 'application/json', 400],
    ['null', 'null', 'application/json', 400],
    ['JSON that says it is text', '{"text":"a"}', 'text/plain', 415],
    ['a form', 'text=a', 'application/x-www-form-urlencoded', 415],
  ])('refuses %s for a body', async (_, body, type, status) => {
    const answer = await ask('/notes', await token(), { method: 'POST', body, headers: { 'content-type': type } });
    expect([answer.status, answer.body['status']]).toEqual([status, status]);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
  });

  it('refuses an address that cannot be read as problem details', async () => {
    expect(await ask('/%zz')).toMatchObject({ status: 400, body: { code: 'malformed_request' } });
  });
});

describe('settings', () => {
  it('are refused all at once, each by its name and none by its value', () => {
    const env = { PORT: 'hunter2', LOG_LEVEL: 'loud', AUTH_ISSUER: 'nowhere' };
    expect(() => readConfig(GuardedConfig, env)).toThrow(/AUTH_ISSUER[^]*PORT[^]*LOG_LEVEL/);
    expect(() => readConfig(GuardedConfig, env)).not.toThrow(/hunter2/);
  });

  it('have defaults, also where a variable is set to nothing', () => {
    const config = readConfig(GuardedConfig, { AUTH_ISSUER: 'https://id.example', PORT: '' });
    expect([config.PORT, config.HOST, config.LOG_LEVEL]).toEqual([3000, '0.0.0.0', 'log']);
  });
});
