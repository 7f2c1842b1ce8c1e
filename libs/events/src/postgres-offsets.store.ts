import type { Tx } from '@scheduling/persistence';
import type { Envelope } from './envelope.ts';
import type { Lag } from './event-log.ts';

/** Parts of the PostgreSQL log; never changed, since a key must stay in its part. */
export const PARTS = 16;

/** Events that are looked through at once for one that a group listens to. */
const WINDOW = 500;

/** Where a group is in one part; `pos` is a bigint, which the driver gives as text. */
export interface Offset {
  readonly part: number;
  readonly pos: string;
}

/** A part that a transaction has taken, with what the group finds ahead there. */
export interface Taken {
  readonly offset: Offset;
  /** How far the look went; null when another replica was there meanwhile. */
  readonly pos: string | null;
  /** The first event of interest, if any. */
  readonly envelope: Envelope | null;
}

/** Whether the database has the log and this role may use it. */
export async function hasBus(tx: Tx): Promise<boolean> {
  const [row] = await tx.sql<{ here: boolean }>`
    select to_regclass('bus.log') is not null and to_regclass('bus.offsets') is not null as here`;
  return row!.here;
}

/** Puts new groups before the earliest event. */
export async function openOffsets(tx: Tx, groups: readonly string[]): Promise<void> {
  await tx.sql`
    insert into bus.offsets (grp, part)
    select grp, part from unnest(${groups}::text[]) as grp, generate_series(0, ${PARTS - 1}::int) as part
     order by grp, part
    on conflict do nothing`;
}

/**
 * Takes one part in which there is something to do and that no other replica has, and looks ahead there; its lock is the
 * ownership. The look may be a moment older than the lock: it then sees less of the log, never one event without those before.
 */
export async function takePart(tx: Tx, group: string, types: readonly string[]): Promise<Taken | undefined> {
  const [taken] = await tx.prepared<{ part: number; from: string; pos: string | null; envelope: Envelope | null }>`
    with taken as materialized (
      select part, pos from bus.offsets as o
       where grp = ${group} and next_at <= clock_timestamp()
         and exists (select 1 from bus.log as l where l.part = o.part and l.pos > o.pos)
       order by random()
       limit 1
         for update skip locked)
    select taken.part, taken.pos as "from", event.envelope,
           coalesce(event.pos, (select max(pos)
                                  from (select pos from bus.log where part = taken.part and pos > taken.pos
                                         order by pos limit ${WINDOW}) as passed)) as pos
      from taken
      left join lateral (
             select pos, envelope
               from (select pos, type, envelope from bus.log where part = taken.part and pos > taken.pos
                      order by pos limit ${WINDOW}) as ahead
              where type = any(${types})
              order by pos
              limit 1) as event on true`;
  return taken && { offset: { part: taken.part, pos: taken.from }, pos: taken.pos, envelope: taken.envelope };
}

/** Locks an offset unless it has moved on; whether it is still there. */
export async function stillAt(tx: Tx, group: string, { part, pos }: Offset): Promise<boolean> {
  const rows = await tx.sql<{ part: number }>`
    select part from bus.offsets where grp = ${group} and part = ${part} and pos = ${pos} for update`;
  return rows.length > 0;
}

/** What became of an event that was to be received. */
export interface Receipt {
  /** Whether the offset moved on; it does not when the group was paused before the lock. */
  readonly isPassed: boolean;
  /** Whether the group had not had the event before. */
  readonly isNew: boolean;
}

/** Moves a locked offset on, with the receipt of the event there, if there is one of interest. */
export async function receive(tx: Tx, group: string, { offset, pos, envelope }: Taken): Promise<Receipt> {
  const [receipt] = await tx.prepared<Receipt>`
    with passed as (
      update bus.offsets set pos = ${pos}, next_at = '-infinity'
       where grp = ${group} and part = ${offset.part}
         and not exists (select 1 from consumer_groups where consumer_group = ${group} and paused)
      returning part),
    tried as (
      delete from failed_deliveries
       where consumer_group = ${group} and event_id = ${envelope?.id}::uuid and exists (select 1 from passed)),
    received as (
      insert into inbox (consumer_group, event_id, received_at)
      select ${group}, ${envelope?.id}::uuid, now() from passed where ${envelope?.id}::uuid is not null
      on conflict do nothing
      returning event_id)
    select exists (select 1 from passed) as "isPassed", exists (select 1 from received) as "isNew"`;
  return receipt!;
}

/** Moves a locked offset on. */
export async function moveTo(tx: Tx, group: string, part: number, pos: string): Promise<void> {
  await tx.sql`update bus.offsets set pos = ${pos}, next_at = '-infinity' where grp = ${group} and part = ${part}`;
}

/** Lets a part rest for so many milliseconds. */
export async function restFor(tx: Tx, group: string, part: number, ms: number): Promise<void> {
  await tx.sql`
    update bus.offsets set next_at = clock_timestamp() + make_interval(secs => ${ms / 1000})
     where grp = ${group} and part = ${part}`;
}

/** Waits for deliveries of a group that are in flight, and keeps others from beginning until the transaction ends. */
export async function lockOffsets(tx: Tx, group: string): Promise<void> {
  await tx.sql`select 1 from bus.offsets where grp = ${group} order by part for update`;
}

/** Sets locked offsets back to the first event that was logged at an instant or later, and forgets the receipts since. */
export async function rewind(tx: Tx, group: string, from: Date | '-infinity'): Promise<void> {
  await tx.sql`
    delete from inbox
     where consumer_group = ${group}
       and (${from}::timestamptz = '-infinity' or event_id in (select event_id from bus.log where logged_at >= ${from}))`;
  await tx.sql`delete from failed_deliveries where consumer_group = ${group}`;
  await tx.sql`
    update bus.offsets as o
       set next_at = '-infinity',
           pos = least(pos, (select min(l.pos) - 1 from bus.log as l where l.part = o.part and l.logged_at >= ${from}))
     where grp = ${group}`;
}

/** How far groups are behind; counts to ten thousand in each part. */
export function lagOf(tx: Tx, groups: readonly string[]): Promise<Lag[]> {
  return tx.sql<Lag>`
    select o.grp as group, o.part::text as part, missed.behind, missed.age as "oldestAgeMs"
      from bus.offsets as o,
           lateral (select count(*)::int as behind,
                           coalesce(greatest(0, extract(epoch from clock_timestamp() - min(logged_at)) * 1000), 0)::float8 as age
                      from (select logged_at from bus.log
                             where part = o.part and pos > o.pos order by pos limit 10000) as ahead) as missed
     where o.grp = any(${groups})
     order by o.grp, o.part`;
}
