import type { PersonId } from '@scheduling/domain';
import type { Tx } from '@scheduling/persistence';

/** What an operator sees of a message: what became of it, never what it says. */
export interface Entry {
  readonly id: string;
  readonly messageId: string;
  readonly bookingId: string;
  readonly bookingVersion: string;
  readonly recipientId: PersonId;
  readonly channel: string;
  readonly kind: string;
  readonly state: string;
  readonly attempts: number;
  readonly nextAttemptAt: Date;
  readonly providerId: string | null;
  readonly providerResponse: string | null;
  readonly lastError: string | null;
  readonly createdAt: Date;
  readonly sentAt: Date | null;
  readonly deliveredAt: Date | null;
}

/** Which messages are looked for; null where any will do. */
export interface Looked {
  readonly bookingId: string | null;
  readonly recipientId: string | null;
  /** In the word that operators use. */
  readonly state: string | null;
  readonly channel: string | null;
  /** The message that the page before ended with. */
  readonly after: string | null;
  readonly limit: number;
}

/** A lease is our own affair: whoever looks on sees that it is being sent. */
const STATE = `case state when 'working' then 'sending' else state end`;
const COLUMNS = `id, message_id as "messageId", booking_id as "bookingId", booking_version as "bookingVersion",
  recipient_id as "recipientId", channel, kind, ${STATE} as state, attempts, next_attempt_at as "nextAttemptAt",
  provider_id as "providerId", provider_response as "providerResponse", last_error as "lastError",
  created_at as "createdAt", sent_at as "sentAt", delivered_at as "deliveredAt"`;

/** Messages, the newest first; only the conditions that are given stand in the statement, so that each finds its index. */
export function entriesOf(tx: Tx, { bookingId, recipientId, state, channel, after, limit }: Looked): Promise<Entry[]> {
  const values: unknown[] = [limit];
  const where = (value: unknown, condition: (place: string) => string): string[] =>
    value === null ? [] : [condition(`$${values.push(value)}`)];
  const conditions = [
    'true',
    ...where(bookingId, (place) => `booking_id = ${place}`),
    ...where(recipientId, (place) => `recipient_id = ${place}`),
    ...where(state, (place) => `${STATE} = ${place}`),
    ...where(channel, (place) => `channel = ${place}`),
    ...where(after, (place) => `(created_at, id) < (select created_at, id from messages where id = ${place})`),
  ];
  return tx.query<Entry>(
    `select ${COLUMNS} from messages where ${conditions.join(' and ')} order by created_at desc, id desc limit $1`,
    values,
  );
}

/** A message, locked; undefined if there is none. */
export async function lockEntry(tx: Tx, id: string): Promise<Entry | undefined> {
  const [entry] = await tx.query<Entry>(`select ${COLUMNS} from messages where id = $1 for update`, [id]);
  return entry;
}

/** Has a message sent again at once, by its old name and with all its tries before it. */
export async function planAgain(tx: Tx, id: string): Promise<Entry> {
  const [entry] = await tx.query<Entry>(
    `update messages set state = 'planned', attempts = 0, next_attempt_at = $2, due_at = $2, lease_until = null,
                         handing_at = null, digest_id = null, gathered = null, last_error = null
      where id = $1 returning ${COLUMNS}`,
    [id, tx.now],
  );
  return entry!;
}
