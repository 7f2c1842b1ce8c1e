import type { Tx } from '@scheduling/persistence';

/** What became of one event at one endpoint. */
export interface Logged {
  readonly id: string;
  readonly endpointId: string;
  readonly eventId: string;
  readonly name: string;
  readonly eventAt: Date;
  /** In the word that operators use. */
  readonly state: string;
  readonly attempts: number;
  readonly lastStatus: number | null;
  readonly lastError: string | null;
  readonly nextAttemptAt: Date;
  readonly createdAt: Date;
  readonly deliveredAt: Date | null;
}

/** Which of an endpoint's deliveries are looked for. */
export interface Looked {
  readonly endpointId: string;
  /** Null where any will do. */
  readonly state: string | null;
  /** The delivery that the page before ended with. */
  readonly after: string | null;
  readonly limit: number;
}

/** A lease is our own affair: whoever looks on sees that it is being sent. */
const STATE = `case state when 'working' then 'sending' else state end`;
const SELECT = `select d.id, endpoint_id as "endpointId", event_id as "eventId", name, at as "eventAt", ${STATE} as state, attempts,
  last_status as "lastStatus", last_error as "lastError", next_attempt_at as "nextAttemptAt", created_at as "createdAt",
  delivered_at as "deliveredAt"
  from webhook_deliveries d join webhook_events on webhook_events.id = event_id`;

/** An endpoint's deliveries, the newest first. */
export function deliveriesOf(tx: Tx, { endpointId, state, after, limit }: Looked): Promise<Logged[]> {
  return tx.query<Logged>(
    `${SELECT} where endpoint_id = $1 and ($2::text is null or ${STATE} = $2)
        and ($3::uuid is null or seq < (select seq from webhook_deliveries where id = $3))
      order by seq desc limit $4`,
    [endpointId, state, after, limit],
  );
}

/** One of an endpoint's deliveries; undefined if there is none. */
export async function findDelivery(tx: Tx, endpointId: string, id: string): Promise<Logged | undefined> {
  const [found] = await tx.query<Logged>(`${SELECT} where endpoint_id = $1 and d.id = $2`, [endpointId, id]);
  return found;
}

/** Has one delivery made again at once, with all its tries before it; what is being sent just now stays as it is. */
export async function planAgain(tx: Tx, id: string): Promise<void> {
  await tx.sql`
    update webhook_deliveries set state = 'planned', attempts = 0, next_attempt_at = ${tx.now}
     where id = ${id} and state <> 'working'`;
}

/** A stretch of time: from its beginning to its end, which is not in it; null where it goes on. */
export interface Window {
  readonly from: Date;
  readonly until: Date | null;
}

/** Has all deliveries of a window made again, one after another in the order of events; answers how many. */
export async function planWindow(tx: Tx, endpointId: string, { from, until }: Window): Promise<number> {
  const planned = await tx.sql`
    update webhook_deliveries set state = 'planned', attempts = 0, next_attempt_at = created_at
      from webhook_events
     where webhook_events.id = event_id and endpoint_id = ${endpointId} and state <> 'working'
       and at >= ${from} and at < coalesce(${until}::timestamptz, 'infinity')
    returning webhook_deliveries.id`;
  await tx.sql`update webhook_endpoints set is_behind = true where id = ${endpointId}`;
  return planned.length;
}

/** Forgets so many deliveries that arrived before an instant, and answers how many there were. */
export async function forgetDelivered(tx: Tx, before: Date, limit: number): Promise<number> {
  const gone = await tx.sql`
    delete from webhook_deliveries
     where id in (select id from webhook_deliveries where state = 'delivered' and delivered_at < ${before}
                   order by delivered_at limit ${limit} for update skip locked)
    returning id`;
  return gone.length;
}

/** Forgets so many events of before an instant that go nowhere any more, and answers how many there were. */
export async function forgetEvents(tx: Tx, before: Date, limit: number): Promise<number> {
  const gone = await tx.sql`
    delete from webhook_events
     where id in (select id from webhook_events as event
                   where at < ${before} and not exists (select from webhook_deliveries where event_id = event.id)
                   order by at limit ${limit})
    returning id`;
  return gone.length;
}
