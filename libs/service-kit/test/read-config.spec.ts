import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Maybe } from '@scheduling/contracts';
import { Matches } from 'class-validator';
import { kafkaOf, LogConfig, readConfig, ServiceConfig } from '../src/index.ts';

class ShopConfig extends ServiceConfig {
  @Matches(/^sk_\w+$/) readonly SHOP_KEY!: string;
  @Maybe() @Matches(/^\w+$/) readonly OTHER_KEY?: string;
  @Maybe() @Matches(/^\//) readonly PRICE_FILE?: string;
}

const read = (env: Record<string, unknown>) => readConfig(ShopConfig, env);
const refusal = (env: Record<string, unknown>): string => {
  try {
    read(env);
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('nothing was refused');
};

describe('an environment', () => {
  let folder: string;
  const file = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'config-'))));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('may name a file for a variable, whose last line break is not of it', () => {
    expect(read({ SHOP_KEY_FILE: file('key', 'sk_1\n') })).toMatchObject({ SHOP_KEY: 'sk_1' });
    expect(read({ SHOP_KEY_FILE: file('key', 'sk_1\r\n') })).toMatchObject({ SHOP_KEY: 'sk_1' });
  });

  it('may have a variable that is itself called a file', () => {
    expect(read({ SHOP_KEY: 'sk_1', PRICE_FILE: '/nowhere' })).toMatchObject({ PRICE_FILE: '/nowhere' });
  });

  it('may have files that are none of ours', () => {
    expect(read({ SHOP_KEY: 'sk_1', POSTGRES_PASSWORD_FILE: '/nowhere' })).toMatchObject({ SHOP_KEY: 'sk_1' });
  });

  it('is refused with all that is wrong at once, and never a value', () => {
    const said = refusal({
      PORT: '99999',
      LOG_LEVEL: 'shout',
      SHOP_KEY_FILE: file('key', 'secret one'),
      OTHER_KEY: 'secret',
      OTHER_KEY_FILE: '/nowhere',
    });
    for (const name of ['PORT', 'LOG_LEVEL', 'SHOP_KEY', 'OTHER_KEY_FILE']) expect(said).toContain(`\n  ${name}: `);
    expect(said).not.toMatch(/99999|shout|secret/);
  });

  it('is refused for a file that is not there, once', () => {
    expect(refusal({ SHOP_KEY_FILE: join(folder, 'none') }).split('\n')).toEqual([
      'The environment is not right:',
      '  SHOP_KEY_FILE: the file cannot be read',
    ]);
  });
});

describe('the way to Kafka', () => {
  const CA = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----';
  const cluster = (env: Record<string, string>) =>
    kafkaOf(readConfig(LogConfig, { AUTH_ISSUER: 'http://issuer', KAFKA_BROKERS: 'a:1,b:2', ...env }));
  const brokers = ['a:1', 'b:2'];
  const user = { username: 'u', password: 'p' };

  it.each<[string, Record<string, string>, object | null]>([
    ['is none where the log is in PostgreSQL', { KAFKA_BROKERS: '', KAFKA_TLS: 'on' }, null],
    ['is open', {}, { brokers }],
    ['is by TLS', { KAFKA_TLS: 'on' }, { brokers, tls: {} }],
    ['is by TLS, with certificates of its own', { KAFKA_TLS: 'on', KAFKA_CA: CA }, { brokers, tls: { ca: CA } }],
    [
      'is by a password',
      { KAFKA_USERNAME: 'u', KAFKA_PASSWORD: 'p' },
      { brokers, user: { ...user, mechanism: 'scram-sha-512' } },
    ],
    [
      'is by a mechanism',
      { KAFKA_USERNAME: 'u', KAFKA_PASSWORD: 'p', KAFKA_SASL_MECHANISM: 'plain' },
      { brokers, user: { ...user, mechanism: 'plain' } },
    ],
  ])('%s', (_, env, expected) => expect(cluster(env)).toEqual(expected));

  it.each([
    ['a user without a password', { KAFKA_USERNAME: 'u' }, 'KAFKA_PASSWORD and KAFKA_USERNAME are set together'],
    ['a password without a user', { KAFKA_PASSWORD: 'p' }, 'KAFKA_PASSWORD and KAFKA_USERNAME are set together'],
    ['certificates without TLS', { KAFKA_CA: CA }, 'KAFKA_CA is of no use while KAFKA_TLS is off'],
    ['what is no certificate', { KAFKA_TLS: 'on', KAFKA_CA: 'x' }, 'KAFKA_CA must be certificates in PEM'],
    ['another mechanism', { KAFKA_SASL_MECHANISM: 'gssapi' }, 'KAFKA_SASL_MECHANISM'],
  ])('is refused with %s', (_, env, why) => expect(() => cluster(env)).toThrow(why));
});
