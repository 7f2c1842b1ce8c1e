import type { Tx } from '@scheduling/persistence';
import { ALL } from './offered.ts';

/** An event as it goes out. */
export interface Outgoing {
  readonly id: string;
  /** What endpoints call it, such as `BookingConfirmed`. */
  readonly name: string;
  readonly at: Date;
  /** The very text that is signed and sent. */
  readonly body: string;
}

/** The endpoints that want an event of this name; one that is being removed is waited for, and is none of them. */
export async function endpointsWanting(tx: Tx, name: string): Promise<string[]> {
  const rows = await tx.prepared<{ id: string }>`
    select id from webhook_endpoints where event_types && array[${name}, ${ALL}]::text[] order by id for key share`;
  return rows.map(({ id }) => id);
}

/** Writes an event down for these endpoints, once for each; whoever is disabled gets theirs later. */
export async function insertFor(tx: Tx, endpoints: readonly string[], { id, name, at, body }: Outgoing): Promise<void> {
  await tx.sql`
    insert into webhook_events (id, name, at, body) values (${id}, ${name}, ${at}, ${body})
    on conflict do nothing`;
  await tx.sql`
    insert into webhook_deliveries (endpoint_id, event_id, next_attempt_at, created_at)
    select endpoint_id, ${id}::uuid, ${tx.now}::timestamptz, ${tx.now}::timestamptz
      from unnest(${endpoints}::uuid[]) as endpoint_id
    on conflict do nothing`;
}
