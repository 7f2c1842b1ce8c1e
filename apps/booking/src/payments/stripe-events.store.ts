import { takeDue, type Tx } from '@scheduling/persistence';

/** What Stripe told us of, without what it said: that is read again. */
export interface StripeEvent {
  readonly id: string;
  /** Such as `payment_intent.succeeded`. */
  readonly type: string;
  /** The id of what it is about. */
  readonly objectId: string;
  readonly statedAt: Date;
}

/** An event that a worker has taken. */
export interface TakenEvent extends StripeEvent {
  readonly attempts: number;
  readonly leaseUntil: Date;
}

/** Keeps events, each once however often it comes; answers how many were news. */
export async function keepEvents(tx: Tx, events: readonly StripeEvent[]): Promise<number> {
  const news = await tx.sql<{ id: string }>`
    insert into stripe_events (id, type, object_id, stated_at, state, next_attempt_at, received_at)
    select id, type, "objectId", "statedAt", 'planned', ${tx.now}, ${tx.now}
      from jsonb_to_recordset(${JSON.stringify(events)}) as e (id text, type text, "objectId" text, "statedAt" timestamptz)
    on conflict (id) do nothing
    returning id`;
  return news.length;
}

interface Row {
  id: string;
  type: string;
  object_id: string;
  stated_at: Date;
  attempts: number;
  lease_until: Date;
}

/** Takes due events under a lease for this worker alone. */
export async function takeEvents(tx: Tx, limit: number, leaseSeconds: number): Promise<TakenEvent[]> {
  const rows = await takeDue<Row>(tx, 'stripe_events', limit, leaseSeconds);
  return rows.map(({ object_id: objectId, stated_at: statedAt, lease_until: leaseUntil, ...row }) => ({
    ...row,
    objectId,
    statedAt,
    leaseUntil,
  }));
}

/** Writes down that what an event calls for has been done. */
export async function endEvent(tx: Tx, id: string): Promise<void> {
  await tx.sql`update stripe_events set state = 'done', lease_until = null where id = ${id}`;
}

/** Gives an event back to be worked on later; one whose lease another worker has by now stays as it is. */
export async function postponeEvent(tx: Tx, { id, leaseUntil }: TakenEvent, at: Date, why: string): Promise<void> {
  await tx.sql`
    update stripe_events set state = 'planned', lease_until = null, next_attempt_at = ${at}, last_error = ${why}
     where id = ${id} and state = 'working' and lease_until = ${leaseUntil}`;
}

/** Until when Stripe's list of events was read; null before the first time. */
export async function readUntil(tx: Tx): Promise<Date | null> {
  const [read] = await tx.sql<{ until: Date }>`select read_until as until from stripe_reads`;
  return read?.until ?? null;
}

/** Keeps until when Stripe's list of events was read. */
export async function keepReadUntil(tx: Tx, until: Date): Promise<void> {
  await tx.sql`
    insert into stripe_reads (read_until) values (${until}) on conflict (is_only) do update set read_until = excluded.read_until`;
}
