import { Controller, Get } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Public } from '@scheduling/service-kit';
import { AccountsConfig } from '../config.ts';
import { SigningKeysService } from './signing-keys.service.ts';
import type { Discovery, KeySet } from './tokens.dto.ts';

/** What verifiers need of an issuer; this service's own guard reads it too, through the gateway, at the first token. */
@Public()
@ApiExcludeController()
@Controller('api/v1/accounts/.well-known')
export class WellKnownController {
  constructor(
    private readonly config: AccountsConfig,
    private readonly keys: SigningKeysService,
  ) {}

  /** Tells where the keys are (OpenID Connect Discovery 1.0, section 4). */
  @Get('openid-configuration')
  discovery(): Discovery {
    const { AUTH_ISSUER: issuer } = this.config;
    return {
      issuer,
      jwks_uri: `${issuer}/.well-known/jwks.json`,
      response_types_supported: ['token'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['EdDSA'],
    };
  }

  /** The public halves of the keys. */
  @Get('jwks.json')
  async keySet(): Promise<KeySet> {
    return this.keys.published();
  }
}
