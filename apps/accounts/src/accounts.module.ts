import { type DynamicModule, Module } from '@nestjs/common';
import type { AccountsConfig } from './config.ts';
import { ErasureService } from './privacy/erasure.service.ts';
import { ExportPartsConsumer } from './privacy/export-parts.consumer.ts';
import { ExportsCron } from './privacy/exports.cron.ts';
import { ExportsService } from './privacy/exports.service.ts';
import { PrivacyController } from './privacy/privacy.controller.ts';
import { DevTokensController } from './tokens/dev-tokens.controller.ts';
import { DevTokensService } from './tokens/dev-tokens.service.ts';
import { SigningKeysService } from './tokens/signing-keys.service.ts';
import { WellKnownController } from './tokens/well-known.controller.ts';
import { UsersController } from './users/users.controller.ts';
import { UsersService } from './users/users.service.ts';

@Module({})
export class AccountsModule {
  /** Outside embedded mode the issuer's routes do not exist: no switch inside them could be forgotten. */
  static of({ EMBEDDED }: AccountsConfig): DynamicModule {
    const isIssuer = EMBEDDED === '1';
    return {
      module: AccountsModule,
      controllers: [
        UsersController,
        PrivacyController,
        ExportPartsConsumer,
        ...(isIssuer ? [DevTokensController, WellKnownController] : []),
      ],
      providers: [
        UsersService,
        ErasureService,
        ExportsCron,
        ExportsService,
        ...(isIssuer ? [DevTokensService, SigningKeysService] : []),
      ],
    };
  }
}
