import type { Tx } from '@scheduling/persistence';

/** Where events go, and how that has gone lately; never what signs them. */
export interface Endpoint {
  readonly id: string;
  readonly url: string;
  readonly eventTypes: readonly string[];
  readonly description: string;
  readonly isEnabled: boolean;
  readonly disabledReason: string | null;
  readonly createdAt: Date;
  /** How many tries have failed in a row. */
  readonly failures: number;
  readonly failingSince: Date | null;
}

/** What an operator decides about an endpoint. */
export interface Wish {
  readonly url: string;
  readonly eventTypes: readonly string[];
  readonly description: string;
}

const COLUMNS = `id, url, event_types as "eventTypes", description, is_enabled as "isEnabled",
  disabled_reason as "disabledReason", created_at as "createdAt", failures, failing_since as "failingSince"`;

/** All endpoints, the oldest first. */
export const endpointsOf = (tx: Tx): Promise<Endpoint[]> =>
  tx.query<Endpoint>(`select ${COLUMNS} from webhook_endpoints order by created_at, id`, []);

/** An endpoint; undefined if there is none. */
export async function findEndpoint(tx: Tx, id: string): Promise<Endpoint | undefined> {
  const [found] = await tx.query<Endpoint>(`select ${COLUMNS} from webhook_endpoints where id = $1`, [id]);
  return found;
}

/** An endpoint that nobody else changes meanwhile; undefined if there is none. */
export async function lockEndpoint(tx: Tx, id: string): Promise<Endpoint | undefined> {
  const [found] = await tx.query<Endpoint>(`select ${COLUMNS} from webhook_endpoints where id = $1 for no key update`, [
    id,
  ]);
  return found;
}

/** Counts endpoints, so that nobody else adds one until the transaction ends. */
export async function countEndpoints(tx: Tx): Promise<number> {
  await tx.sql`select pg_advisory_xact_lock(hashtextextended(current_schema() || ' webhook endpoints', 0))`;
  const [row] = await tx.sql<{ count: number }>`select count(*)::int as count from webhook_endpoints`;
  return row!.count;
}

/** Writes a new endpoint down. */
export async function insertEndpoint(tx: Tx, { url, eventTypes, description }: Wish): Promise<Endpoint> {
  const [added] = await tx.query<Endpoint>(
    `insert into webhook_endpoints (url, event_types, description, created_at) values ($1, $2, $3, $4) returning ${COLUMNS}`,
    [url, eventTypes, description, tx.now],
  );
  return added!;
}

/** Changes what is wanted of an endpoint. */
export async function updateEndpoint(tx: Tx, id: string, { url, eventTypes, description }: Wish): Promise<void> {
  await tx.sql`
    update webhook_endpoints
       set event_types = ${eventTypes}, description = ${description}, url = ${url}
     where id = ${id}`;
}

/** Lets nothing go to an endpoint any more, and says why; what is for it waits. */
export async function disableEndpoint(tx: Tx, id: string, reason: string): Promise<void> {
  await tx.sql`
    update webhook_endpoints set is_enabled = false, disabled_reason = ${reason} where id = ${id} and is_enabled`;
}

/** Lets all that has waited for an endpoint go to it, one after another in the order of events, with all its tries before it. */
export async function enableEndpoint(tx: Tx, id: string): Promise<void> {
  await tx.sql`
    update webhook_endpoints
       set is_enabled = true, disabled_reason = null, is_behind = true, failures = 0, failing_since = null, rests_until = null
     where id = ${id}`;
  await tx.sql`
    update webhook_deliveries set next_attempt_at = created_at, attempts = 0
     where endpoint_id = ${id} and state = 'planned'`;
}

/** Forgets an endpoint, its secrets and its log; answers whether there was one. */
export async function deleteEndpoint(tx: Tx, id: string): Promise<boolean> {
  const gone = await tx.sql`delete from webhook_endpoints where id = ${id} returning id`;
  return gone.length > 0;
}
