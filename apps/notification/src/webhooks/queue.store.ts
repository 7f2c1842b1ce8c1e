import type { Tx } from '@scheduling/persistence';

/** A delivery that a worker has taken and may work on until its lease ends. */
export interface Taken {
  readonly id: string;
  readonly endpointId: string;
  readonly eventId: string;
  readonly name: string;
  readonly body: string;
  readonly url: string;
  /** What signs now: the current secret, and those that still go on for a while. */
  readonly secrets: readonly string[];
  /** How often it has been tried, this time included. */
  readonly attempts: number;
  readonly leaseUntil: Date;
}

/** How many are taken, for how long, and how many may be on their way to one endpoint at once. */
export interface Portion {
  readonly limit: number;
  readonly leaseSeconds: number;
  readonly beside: number;
}

const DUE = `next_attempt_at <= $1 and (state = 'planned' or state = 'working' and lease_until <= $1)`;

/**
 * Takes due deliveries under a lease. Each endpoint gets them in the order of events, a few at once, whoever sends them: so the
 * workers ask for an endpoint one after another. One that is behind gets them one by one, one that is disabled or rests none.
 */
export async function takeDeliveries(tx: Tx, { limit, leaseSeconds, beside }: Portion): Promise<Taken[]> {
  const endpoints = await tx.query<{ id: string }>(
    `select id from webhook_endpoints as endpoint
      where is_enabled and (rests_until is null or rests_until <= $1)
        and exists (select from webhook_deliveries where endpoint_id = endpoint.id and ${DUE})
      order by id for no key update skip locked`,
    [tx.now],
  );
  if (endpoints.length === 0) return [];
  // Only a statement that begins after the endpoints are locked sees what others took before.
  return tx.query<Taken>(
    `with due as (
       select one.id from webhook_endpoints as endpoint cross join lateral (
         select id from webhook_deliveries where endpoint_id = endpoint.id and ${DUE}
          order by next_attempt_at, seq
          limit greatest(0, case when endpoint.is_behind then 1 else $3 end -
                            (select count(*) from webhook_deliveries
                              where endpoint_id = endpoint.id and state = 'working' and lease_until > $1))
            for update skip locked) as one
        where endpoint.id = any($2::uuid[])
        limit $4),
     taken as (
       update webhook_deliveries
          set state = 'working', attempts = attempts + 1, lease_until = $1::timestamptz + make_interval(secs => $5)
        where id in (select id from due)
       returning *)
     select taken.id, endpoint_id as "endpointId", event_id as "eventId", name, body, url, attempts, lease_until as "leaseUntil",
            array(select secret from webhook_secrets as known
                   where known.endpoint_id = taken.endpoint_id and (expires_at is null or expires_at > $1)
                   order by known.id desc) as secrets
       from taken join webhook_endpoints on webhook_endpoints.id = endpoint_id join webhook_events on webhook_events.id = event_id
      order by next_attempt_at, seq`,
    [tx.now, endpoints.map(({ id }) => id), beside, limit, leaseSeconds],
  );
}

/** Notes that an endpoint has taken a delivery, whoever else may have tried it since; it is behind until nothing is due any more. */
export async function markDelivered(tx: Tx, { id, endpointId }: Taken, status: number): Promise<void> {
  await tx.sql`
    update webhook_deliveries set state = 'delivered', delivered_at = ${tx.now}, lease_until = null, last_status = ${status},
                                  last_error = null
     where id = ${id}`;
  await tx.sql`
    update webhook_endpoints as endpoint
       set failures = 0, failing_since = null, rests_until = null,
           is_behind = is_behind and exists (
             select from webhook_deliveries
              where endpoint_id = endpoint.id and next_attempt_at <= ${tx.now} and state in ('planned', 'working'))
     where id = ${endpointId} and (is_behind or failures > 0)`;
}

/** What is remembered of a try that failed. */
export interface Failed {
  readonly status: number | null;
  readonly error: string;
  /** When it is tried again; null where it never is. */
  readonly again: Date | null;
  /** Until when the endpoint is left alone. */
  readonly restsUntil: Date;
}

/** Notes that a delivery was not taken; one whose lease another worker has by now stays as it is. */
export async function markFailed(tx: Tx, { id, endpointId, leaseUntil }: Taken, failed: Failed): Promise<void> {
  const { status, error, again, restsUntil } = failed;
  await tx.sql`
    update webhook_deliveries set state = ${again ? 'planned' : 'dead'}, lease_until = null, last_status = ${status},
                                  last_error = ${error}, next_attempt_at = coalesce(${again}, next_attempt_at)
     where id = ${id} and state = 'working' and lease_until = ${leaseUntil}`;
  await tx.sql`
    update webhook_endpoints
       set failures = failures + 1, failing_since = coalesce(failing_since, ${tx.now}), rests_until = ${restsUntil}, is_behind = true
     where id = ${endpointId}`;
}
