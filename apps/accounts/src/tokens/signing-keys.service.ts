import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Database } from '@scheduling/persistence';
import { exportJWK, generateKeyPair, type JWK } from 'jose';
import { insertFirstKey, listKeys, type SigningKey } from './signing-keys.store.ts';

@Injectable()
export class SigningKeysService {
  private keys?: Promise<readonly SigningKey[]>;

  constructor(private readonly db: Database) {}

  /** The key that signs. */
  async current(): Promise<SigningKey> {
    return (await this.known())[0]!;
  }

  /** What anyone may know of the keys (RFC 7517, section 5). */
  async published(): Promise<{ keys: JWK[] }> {
    return { keys: (await this.known()).map(publicHalf) };
  }

  private async known(): Promise<readonly SigningKey[]> {
    this.keys ??= this.read();
    try {
      return await this.keys;
    } catch (error) {
      delete this.keys;
      throw error;
    }
  }

  /** The first start makes the first key; it lasts, so that tokens outlive a restart. */
  private async read(): Promise<readonly SigningKey[]> {
    const keys = await this.db.transaction(listKeys);
    if (keys.length > 0) return keys;
    const { privateKey } = await generateKeyPair('EdDSA', { extractable: true });
    const fresh = { kid: randomUUID(), jwk: await exportJWK(privateKey) };
    await this.db.transaction((tx) => insertFirstKey(tx, fresh));
    return this.db.transaction(listKeys);
  }
}

// The members are picked, not the private one left out: what a key may gain one day must not be published by default.
const publicHalf = ({ kid, jwk: { kty, crv, x } }: SigningKey): JWK => ({
  kid,
  alg: 'EdDSA',
  use: 'sig',
  kty: kty!,
  crv: crv!,
  x: x!,
});
