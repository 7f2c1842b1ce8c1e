import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Maybe } from '@scheduling/contracts';
import { Matches } from 'class-validator';
import { readConfig, ServiceConfig } from '../src/index.ts';

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
