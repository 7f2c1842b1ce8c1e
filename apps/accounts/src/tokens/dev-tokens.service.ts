import { Injectable } from '@nestjs/common';
import { newId, type PersonId } from '@scheduling/domain';
import { importJWK, SignJWT } from 'jose';
import { AccountsConfig } from '../config.ts';
import type { User } from '../users/users.entity.ts';
import type { Changes } from '../users/users.policy.ts';
import { UsersService } from '../users/users.service.ts';
import { SigningKeysService } from './signing-keys.service.ts';

/** A token, and whom it names. */
export interface DevToken {
  readonly token: string;
  readonly user: User;
  readonly seconds: number;
}

const SECONDS = 3600;

@Injectable()
export class DevTokensService {
  constructor(
    private readonly users: UsersService,
    private readonly keys: SigningKeysService,
    private readonly config: AccountsConfig,
  ) {}

  /** Gives a token to whoever asks; a new person is a student in UTC where nothing else is given. */
  async issue(email: string, given: Changes): Promise<DevToken> {
    const id = newId<PersonId>();
    const { name = email.split('@')[0]!, roles = ['student'], timezone = 'UTC' } = given;
    const profile = { email, name, roles, timezone, phone: null, locale: 'en' };
    const user = await this.users.findOrMake({ id, subject: id }, profile, given);
    return { token: await this.sign(user), user, seconds: SECONDS };
  }

  private async sign({ id, email, name, roles, timezone, locale }: User): Promise<string> {
    const { kid, jwk } = await this.keys.current();
    const { AUTH_ISSUER: issuer, AUTH_AUDIENCE: audience } = this.config;
    const jwt = new SignJWT({ email, name, roles, zoneinfo: timezone, locale })
      .setProtectedHeader({ alg: 'EdDSA', kid, typ: 'JWT' })
      .setIssuer(issuer)
      .setSubject(id)
      .setIssuedAt()
      .setExpirationTime(`${SECONDS} seconds`);
    if (audience !== undefined) jwt.setAudience(audience);
    return jwt.sign(await importJWK(jwk, 'EdDSA'));
  }
}
