import { Count, Described, Email, Maybe, SomeOf, Text, Uuid } from '@scheduling/contracts';
import { type PersonId, type Role, ROLES } from '@scheduling/domain';
import type { JWK } from 'jose';
import type { DevToken } from './dev-tokens.service.ts';

export class AskToken {
  /** Whom the token names; a new address makes a new person. */
  @Email() readonly email!: string;
  /** How others see them; else the address up to its @. */
  @Maybe() @Text(1, 200) readonly name?: string;
  /** What they may be; a new person is a student unless given. */
  @Maybe() @SomeOf(ROLES) readonly roles?: Role[];
  /** IANA zone; a new person is in UTC unless given. */
  @Maybe() @Text(1, 64) readonly timezone?: string;
}

export class TokenView {
  /** What goes behind `Authorization: Bearer`. */
  @Described({ type: String }) readonly access_token!: string;
  /** Always Bearer (RFC 6750). */
  @Described({ type: String, example: 'Bearer' }) readonly token_type!: 'Bearer';
  /** The person, in every service. */
  @Uuid() readonly user_id!: PersonId;
  /** How long it lasts, in seconds. */
  @Count(1, 86_400) readonly expires_in!: number;

  /** Shows a token to whoever asked for it. */
  static of({ token, user, seconds }: DevToken): TokenView {
    return { access_token: token, token_type: 'Bearer', user_id: user.id, expires_in: seconds };
  }
}

/** The members of OpenID Connect Discovery 1.0, section 3, that a verifier needs. */
export interface Discovery {
  readonly issuer: string;
  readonly jwks_uri: string;
  readonly response_types_supported: string[];
  readonly subject_types_supported: string[];
  readonly id_token_signing_alg_values_supported: string[];
}

/** A JWK set (RFC 7517, section 5). */
export interface KeySet {
  readonly keys: JWK[];
}
