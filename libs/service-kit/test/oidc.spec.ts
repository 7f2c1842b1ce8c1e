import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { until } from '@scheduling/testing';
import { exportJWK, generateKeyPair, type JWK } from 'jose';
import { GuardedConfig, readConfig, Tokens } from '../src/index.ts';

const AUDIENCE = 'https://scheduling.example';

/** A second implementation of OpenID Connect over real HTTP, which gives JWT access tokens. */
class Provider {
  private constructor(
    readonly url: string,
    private readonly child: ChildProcess,
  ) {}

  static async start(jwks: JWK[], port = 0): Promise<Provider> {
    const script = join(__dirname, 'oidc-provider.mjs');
    const child = spawn(process.execPath, [script, String(port), JSON.stringify(jwks)], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    for await (const line of createInterface(child.stdout)) {
      if (line.startsWith('{')) return new Provider((JSON.parse(line) as { url: string }).url, child);
    }
    throw new Error('the provider did not start');
  }

  async token(): Promise<string> {
    const answer = await fetch(`${this.url}/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from('machine-7:secret').toString('base64')}` },
      body: new URLSearchParams({ grant_type: 'client_credentials', resource: AUDIENCE, scope: 'lessons' }),
    });
    const { access_token: token } = (await answer.json()) as { access_token?: string };
    if (token === undefined) throw new Error(`the provider answered ${answer.status}`);
    return token;
  }

  get port(): number {
    return Number(new URL(this.url).port);
  }

  async stop(): Promise<void> {
    const ended = new Promise((done) => this.child.once('exit', done));
    this.child.kill('SIGKILL');
    await ended;
  }
}

async function newKey(alg: 'RS256' | 'ES256', kid: string): Promise<JWK> {
  const { privateKey } = await generateKeyPair(alg, { extractable: true });
  return { ...(await exportJWK(privateKey)), alg, kid, use: 'sig' };
}

const tokensOf = (issuer: string, audience?: string) =>
  new Tokens(readConfig(GuardedConfig, { AUTH_ISSUER: issuer, ...(audience && { AUTH_AUDIENCE: audience }) }));
const refused = { code: 'not_signed_in' };

describe('tokens of another implementation', () => {
  let provider: Provider;
  let keys: JWK[];
  beforeAll(async () => {
    keys = [await newKey('RS256', 'first')];
    provider = await Provider.start(keys);
  });
  afterAll(() => provider.stop());

  it('are taken for what they say', async () => {
    const caller = await tokensOf(provider.url, AUDIENCE).verify(await provider.token());
    expect(caller).toMatchObject({ issuer: provider.url, subject: 'machine-7', roles: ['service'] });
  });

  it('are refused where they are for another audience', async () => {
    await expect(tokensOf(provider.url, 'https://other.example').verify(await provider.token())).rejects.toMatchObject(
      refused,
    );
  });

  it('are refused where they are of another issuer', async () => {
    const other = await Provider.start(keys);
    await expect(tokensOf(provider.url).verify(await other.token())).rejects.toMatchObject(refused);
    await other.stop();
  });

  it('are taken by a new key as soon as the issuer has it, without a restart', async () => {
    const { port } = provider;
    const tokens = tokensOf(provider.url, AUDIENCE);
    await tokens.verify(await provider.token());
    await provider.stop();
    provider = await Provider.start([await newKey('ES256', 'second')], port);
    const fresh = await provider.token();
    jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'setTimeout', 'setInterval', 'queueMicrotask'] });
    jest.advanceTimersByTime(11_000); // the issuer is not asked for every unknown name at once
    await until('the new key to be found', () =>
      tokens.verify(fresh).then(
        () => true,
        () => false,
      ),
    );
    jest.useRealTimers();
  });
});

describe('an issuer', () => {
  it('is not believed where its description speaks for another', async () => {
    const server = createServer((_request, response) => {
      response
        .setHeader('content-type', 'application/json')
        .end(JSON.stringify({ issuer: 'https://other.example', jwks_uri: 'http://127.0.0.1:9' }));
    });
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    await expect(tokensOf(url).verify('a.b.c')).rejects.toMatchObject({ code: 'issuer_unreachable' });
    await new Promise((done) => server.close(done));
  });
});
