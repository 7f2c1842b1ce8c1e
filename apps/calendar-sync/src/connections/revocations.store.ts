import type { PersonId } from '@scheduling/domain';
import { takeDue, type Tx } from '@scheduling/persistence';

/** A grant that is to be given back. */
export interface Revocation {
  readonly id: string;
  readonly userId: PersonId;
  /** The account at Google; null where it was never read. */
  readonly googleEmail: string | null;
  /** Sealed. */
  readonly refreshToken: string;
  readonly attempts: number;
}

interface Row {
  id: string;
  user_id: PersonId;
  google_email: string | null;
  refresh_token: string;
  attempts: number;
}

/** Takes at most so many grants that are to be given back, for this worker alone. */
export async function takeRevocations(tx: Tx, limit: number, leaseSeconds: number): Promise<Revocation[]> {
  const rows = await takeDue<Row>(tx, 'revocations', limit, leaseSeconds);
  return rows.map((row) => ({
    id: row.id,
    userId: row.user_id,
    googleEmail: row.google_email,
    refreshToken: row.refresh_token,
    attempts: row.attempts,
  }));
}

/** Whether somebody is connected to the same account again, or to one that is not known yet by the same person. */
export async function isInUse(tx: Tx, { userId, googleEmail }: Revocation): Promise<boolean> {
  const [used] = await tx.sql<{ some: boolean }>`
    select exists (select from google_oauth_accounts
                    where google_email = ${googleEmail} or user_id = ${userId} and google_email is null) as some`;
  return used!.some;
}

/** Notes that a grant is given back, or cannot be. */
export async function endRevocation(tx: Tx, { id }: Revocation): Promise<void> {
  await tx.sql`delete from revocations where id = ${id}`;
}

/** Has it tried again in so many seconds. */
export async function postponeRevocation(tx: Tx, { id }: Revocation, seconds: number): Promise<void> {
  await tx.sql`
    update revocations
       set state = 'planned', lease_until = null, next_attempt_at = ${tx.now}::timestamptz + make_interval(secs => ${seconds})
     where id = ${id}`;
}
