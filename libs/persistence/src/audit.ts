import { hash, randomBytes } from 'node:crypto';
import type { PersonId } from '@scheduling/domain';
import { acting } from './acting.ts';
import type { Tx } from './database.ts';

/** What was done, and to what. */
export interface Deed {
  /** In the words of the code: an event's name, or such as `PolicyChanged`. */
  readonly action: string;
  /** The kind of thing, such as `booking`, and its id. */
  readonly subject: readonly [kind: string, id: string];
  /** The reason, where it is not the one in the request's body; personal, so it may go before the entry does. */
  readonly why?: string;
}

interface Entry {
  readonly actor: string | null;
  readonly acting_as: string;
  readonly action: string;
  readonly subject_kind: string;
  readonly subject_id: string;
  readonly request_id: string | null;
  readonly cause: string | null;
  readonly salt: Buffer;
  readonly address: string | null;
  readonly why: string | null;
  readonly commitment: Buffer;
}

const unwritten = new WeakMap<Tx, Entry[]>();
/** Who is being let go in a transaction: nothing personal of what they do in it is kept. */
const leaving = new WeakMap<Tx, PersonId>();

/** Has from where and why a person does what they do in this transaction not kept: it is their last deed. */
export const keepNothingOf = (tx: Tx, person: PersonId): void => void leaving.set(tx, person);

/**
 * Keeps for good who did something, in the transaction that does it: both commit, or neither does. Who it is, from where and by
 * which request is known from the context. It may be called at any time, and travels with COMMIT.
 */
export function audit(tx: Tx, ...deeds: Deed[]): void {
  const entries = deeds.map(entryOf);
  const earlier = unwritten.get(tx);
  if (earlier) {
    earlier.push(...entries);
  } else {
    unwritten.set(tx, entries);
    tx.lastly(() => write(tx));
  }
}

/** What stands in an entry for its personal part: without the salt nobody can try which address it may have been. */
export const commitmentTo = (salt: Buffer, address: string | null, why: string | null): Buffer =>
  hash('sha256', Buffer.concat([salt, Buffer.from(JSON.stringify([address, why]))]), 'buffer');

function entryOf({ action, subject: [subject_kind, subject_id], why: given }: Deed): Entry {
  const { personId: actor, roles, requestId, address, cause, why: asked } = acting();
  const salt = randomBytes(16);
  const why = storable(given ?? asked);
  const acting_as = roles.join('+');
  const commitment = commitmentTo(salt, address, why);
  return {
    actor,
    acting_as,
    action,
    subject_kind,
    subject_id,
    request_id: requestId,
    cause,
    salt,
    address,
    why,
    commitment,
  };
}

/** What people write, as PostgreSQL gives it back: without NUL, and without half a character at the end. */
const storable = (text: string | null): string | null => text?.replaceAll('\0', '').toWellFormed() ?? null;

/** One statement for each, sent without waiting in between: a request does one deed, mostly, and lists would cost that one double. */
async function write(tx: Tx): Promise<void> {
  const entries = unwritten.get(tx) ?? [];
  unwritten.delete(tx);
  await Promise.all(entries.map((entry) => insert(tx, entry)));
}

function insert(tx: Tx, entry: Entry): Promise<unknown> {
  const { actor, acting_as, action, subject_kind, subject_id, request_id, cause, salt, address, why, commitment } =
    entry;
  return tx.prepared`
    with entry as (
      insert into audit_trail (at, actor, acting_as, action, subject_kind, subject_id, request_id, cause, commitment)
      values (${tx.now}, ${actor}, ${acting_as}, ${action}, ${subject_kind}, ${subject_id}, ${request_id}, ${cause}, ${commitment})
      returning id)
    insert into audit_private (entry_id, salt, address, why)
    select id, ${salt}::bytea, ${address}::text, ${why}::text from entry where ${leaving.get(tx) !== actor}::boolean`;
}
