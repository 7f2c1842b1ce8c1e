import type { PersonId } from '@scheduling/domain';
import type { Tx } from '@scheduling/persistence';
import type { Range } from './busy.policy.ts';

/** What takes time in a source. */
export interface BusyEvent extends Range {
  /** What the source calls it; it may stand for several times. */
  readonly id: string;
}

/** A watched calendar, or a calendar file that is read from an address. */
export interface Source {
  readonly id: string;
  readonly userId: PersonId;
}

/** Makes what takes time in a source what is given, and nothing else. */
export async function replaceBusy(tx: Tx, source: Source, events: readonly BusyEvent[]): Promise<void> {
  await tx.sql`
    delete from busy_events b
     where source_id = ${source.id}
       and not exists (select 1 from unnest(${events.map(({ id }) => id)}::text[], ${starts(events)}::timestamptz[]) as e (id, start_at)
                        where e.id = b.event_id and e.start_at = b.start_at)`;
  await keepBusy(tx, source, events);
}

/** Forgets some of a source's events, and all occurrences of those that recur; then keeps what is given. */
export async function changeBusy(
  tx: Tx,
  source: Source,
  changed: readonly string[],
  events: readonly BusyEvent[],
): Promise<void> {
  // Google calls an occurrence by its event's id, an underscore and its time.
  await tx.sql`
    delete from busy_events
     where source_id = ${source.id}
       and (event_id = any(${changed}::text[]) or split_part(event_id, '_', 1) = any(${changed}::text[]))`;
  await keepBusy(tx, source, events);
}

async function keepBusy(tx: Tx, { id, userId }: Source, events: readonly BusyEvent[]): Promise<void> {
  await tx.sql`
    insert into busy_events as known (source_id, user_id, event_id, start_at, end_at)
    select ${id}, ${userId}, event_id, start_at, max(end_at)
      from unnest(${events.map((event) => event.id)}::text[], ${starts(events)}::timestamptz[],
                  ${events.map(({ endAt }) => endAt)}::timestamptz[]) as e (event_id, start_at, end_at)
     group by event_id, start_at
    on conflict (source_id, event_id, start_at) do update set end_at = excluded.end_at where known.end_at <> excluded.end_at`;
}

const starts = (events: readonly BusyEvent[]) => events.map(({ startAt }) => startAt);

/** What keeps a person busy in any source within a window, in no order. */
export function busyWithin(tx: Tx, person: PersonId, { startAt, endAt }: Range): Promise<Range[]> {
  return tx.sql<Range>`
    select start_at as "startAt", end_at as "endAt" from busy_events
     where user_id = ${person} and start_at < ${endAt} and end_at > ${startAt}`;
}

/** Remembers what is stated of a person, and gives the statement's version; null where the same was stated last. */
export async function advanceStatement(tx: Tx, person: PersonId, digest: string): Promise<number | null> {
  const [advanced] = await tx.sql<{ version: string }>`
    insert into busy_readings as known (user_id, version, digest) values (${person}, 1, ${digest})
    on conflict (user_id) do update set version = known.version + 1, digest = excluded.digest
      where known.digest is distinct from excluded.digest
    returning version`;
  return advanced ? Number(advanced.version) : null;
}
