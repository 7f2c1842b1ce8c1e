import type { PersonId } from '@scheduling/domain';
import type { Tx } from '@scheduling/persistence';

/** A consent that was asked for. */
export interface Consent {
  readonly stateHash: Buffer;
  readonly userId: PersonId;
  /** Sealed. */
  readonly codeVerifier: string;
}

/** As many consents as one person may have open; the oldest go. */
const MOST_OPEN = 10;

/** Keeps a consent that is asked for, for so many minutes, and forgets what is over and too much of the person's. */
export async function openConsent(
  tx: Tx,
  { stateHash, userId, codeVerifier }: Consent,
  minutes: number,
): Promise<Date> {
  const [open] = await tx.sql<{ until: Date }>`
    insert into oauth_states (state_hash, user_id, code_verifier, created_at, expires_at)
    values (${stateHash}, ${userId}, ${codeVerifier}, ${tx.now}, ${tx.now}::timestamptz + make_interval(mins => ${minutes}))
    returning expires_at as until`;
  await tx.sql`
    delete from oauth_states
     where expires_at < ${tx.now}::timestamptz - interval '1 day'
        or state_hash in (select state_hash from oauth_states where user_id = ${userId}
                           order by n desc offset ${MOST_OPEN})`;
  return open!.until;
}

/** Uses up a consent by its state, once, within its time; answers whose it is. */
export async function useConsent(tx: Tx, stateHash: Buffer, of: PersonId | null): Promise<Consent | undefined> {
  const [used] = await tx.sql<Consent>`
    update oauth_states set used_at = ${tx.now}
     where state_hash = ${stateHash} and used_at is null and expires_at > ${tx.now}
       and (${of}::uuid is null or user_id = ${of})
    returning state_hash as "stateHash", user_id as "userId", code_verifier as "codeVerifier"`;
  return used;
}

/** Uses up a person's newest consent that is not over. */
export async function useNewestConsent(tx: Tx, person: PersonId): Promise<Consent | undefined> {
  const [used] = await tx.sql<Consent>`
    update oauth_states set used_at = ${tx.now}
     where state_hash = (select state_hash from oauth_states
                          where user_id = ${person} and used_at is null and expires_at > ${tx.now}
                          order by n desc limit 1 for update)
       and used_at is null
    returning state_hash as "stateHash", user_id as "userId", code_verifier as "codeVerifier"`;
  return used;
}

/** Whether it is still known that this consent was asked for: an erased person's is not. */
export async function isRemembered(tx: Tx, stateHash: Buffer): Promise<boolean> {
  const rows = await tx.sql`select from oauth_states where state_hash = ${stateHash}`;
  return rows.length > 0;
}
