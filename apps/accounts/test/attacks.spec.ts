import { readConfig, run } from '@scheduling/service-kit';
import { tokensTaken } from '@scheduling/testing';
import { AccountsConfig } from '../src/config.ts';
import { accountsSchema } from '../src/schema.ts';
import { service } from '../src/service.ts';

describe('accounts, asked without the gateway, takes', () => {
  it('a good token, and none that is forged from it', async () => {
    const start = (env: Record<string, string>) => run(service, readConfig(AccountsConfig, env));
    const path = '/api/v1/accounts/me';
    expect(await tokensTaken({ schema: ['accounts', accountsSchema], start, path })).toEqual([['a good one', 200]]);
  });
});
