import { defineService } from '@scheduling/service-kit';
import { AccountsModule } from './accounts.module.ts';
import { AccountsConfig } from './config.ts';
import { accountsSchema } from './schema.ts';

/** Who people are: made from tokens at first sight, changed by themselves and by admins, told to everyone else. */
export const service = defineService({
  name: 'accounts',
  module: (config: AccountsConfig) => AccountsModule.of(config),
  config: AccountsConfig,
  schema: accountsSchema,
});
