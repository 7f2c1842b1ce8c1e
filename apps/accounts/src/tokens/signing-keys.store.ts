import type { Tx } from '@scheduling/persistence';
import type { JWK } from 'jose';

/** A key pair of Ed25519, both halves in one JWK. */
export interface SigningKey {
  readonly kid: string;
  readonly jwk: JWK;
}

/** Every key that a token may still be signed with, the newest first. */
export async function listKeys(tx: Tx): Promise<SigningKey[]> {
  return tx.sql<SigningKey>`select kid, private_jwk as jwk from signing_keys order by created_at desc, kid`;
}

/** Keeps a key unless there is one already; replicas that start together wait for each other here. */
export async function insertFirstKey(tx: Tx, { kid, jwk }: SigningKey): Promise<void> {
  await tx.sql`select pg_advisory_xact_lock(hashtext('accounts signing key'))`;
  await tx.sql`
    insert into signing_keys (kid, private_jwk, created_at)
    select ${kid}, ${JSON.stringify(jwk)}::jsonb, ${tx.now}::timestamptz
     where not exists (select from signing_keys)`;
}
