import type { BookingId, PersonId } from '@scheduling/domain';
import type { Tx } from '@scheduling/persistence';
import { eventIdSql, type LessonEvent } from './lesson-events.store.ts';

/** What a calendar shows of a lesson now. */
export interface Written {
  readonly version: number;
  readonly startAt: Date;
  readonly endAt: Date;
  readonly googleUpdatedAt: Date | null;
  readonly joinLink: string | null;
  readonly meetTries: number;
}

/** Notes what was written; it is due again where something else is wanted by now, and at `again` where it is to be looked at. */
export async function markWritten(tx: Tx, { id }: LessonEvent, written: Written, again: Date | null): Promise<void> {
  await tx.sql`
    update lesson_events
       set written_at = ${tx.now}, written_version = ${written.version}, written_start = ${written.startAt}, written_end = ${written.endAt},
           google_updated_at = greatest(google_updated_at, ${written.googleUpdatedAt}::timestamptz), join_link = ${written.joinLink},
           meet_tries = ${written.meetTries}, awaits_answer = null, attempts = 0, lease_until = null, last_error = null,
           state = case when is_wanted and wanted_version = ${written.version} and ${again}::timestamptz is null and not needs_look
                        then 'idle' else 'planned' end,
           next_attempt_at = case when is_wanted and wanted_version = ${written.version} and not needs_look
                                  then coalesce(${again}::timestamptz, ${tx.now}) else ${tx.now} end
     where id = ${id}`;
}

/** Notes what a look at an event has told of its room; it is due again where something else is wanted, or at `again`. */
export async function markLookedAt(
  tx: Tx,
  { id }: LessonEvent,
  { joinLink, meetTries }: Pick<Written, 'joinLink' | 'meetTries'>,
  again: Date | null,
): Promise<void> {
  await tx.sql`
    update lesson_events
       set join_link = ${joinLink}, meet_tries = ${meetTries}, attempts = 0, lease_until = null, last_error = null,
           state = case when is_wanted and wanted_version = written_version and ${again}::timestamptz is null and not needs_look
                        then 'idle' else 'planned' end,
           next_attempt_at = case when is_wanted and wanted_version = written_version and not needs_look
                                  then coalesce(${again}::timestamptz, ${tx.now}) else ${tx.now} end
     where id = ${id}`;
}

/** Notes that a lesson is gone from a calendar. */
export async function markRemoved(tx: Tx, { id }: LessonEvent): Promise<void> {
  await tx.sql`
    update lesson_events
       set written_version = null, written_start = null, written_end = null, join_link = null, meet_tries = 0,
           awaits_answer = null, attempts = 0, lease_until = null, last_error = null, next_attempt_at = ${tx.now},
           state = case when is_wanted then 'planned' else 'idle' end
     where id = ${id}`;
}

/** Gives a row back, to be tried again by then. */
export async function postponeEvent(tx: Tx, { id }: LessonEvent, at: Date, why: string): Promise<void> {
  await tx.sql`
    update lesson_events set state = 'planned', lease_until = null, next_attempt_at = ${at}, last_error = ${why} where id = ${id}`;
}

/** Lets a row rest: its person has to connect again, or Google will have none of it. */
export async function restEvent(tx: Tx, { id }: LessonEvent, why: string): Promise<void> {
  await tx.sql`update lesson_events set state = 'idle', lease_until = null, last_error = ${why} where id = ${id}`;
}

/** Gives a lesson another event: the old one is dead for good, or was never ours. */
export async function beginAnew(tx: Tx, { id }: LessonEvent): Promise<void> {
  await tx.query(
    `update lesson_events
        set generation = generation + 1, written_version = null, google_updated_at = null, state = 'planned', lease_until = null,
            next_attempt_at = $2,
            event_id = ${eventIdSql('booking_id::text', 'user_id::text', 'calendar_id', '(generation + 1)::text')}
      where id = $1`,
    [id, tx.now],
  );
}

/** Remembers that something was heard of an event while it was written: it is looked at afterwards. */
export async function askForLook(tx: Tx, ids: readonly string[]): Promise<void> {
  await tx.sql`update lesson_events set needs_look = true where id = any(${ids}::uuid[])`;
}

/** The newest state of an event is known. */
export async function markSeen(tx: Tx, { id }: LessonEvent, updatedAt: Date | null): Promise<void> {
  await tx.sql`
    update lesson_events set google_updated_at = greatest(google_updated_at, ${updatedAt}::timestamptz) where id = ${id}`;
}

/** Plans to write an event once more, as the lesson is. */
export async function planAgain(tx: Tx, { id }: Pick<LessonEvent, 'id'>): Promise<void> {
  await tx.sql`
    update lesson_events
       set awaits_answer = null, attempts = 0, next_attempt_at = ${tx.now},
           -- What was written is no longer there, or no longer so.
           written_version = case when written_version is not null then 0 end,
           state = case when state = 'working' then state else 'planned' end
     where id = ${id}`;
}

/** Leaves an event as its owner put it, until the other side has decided. */
export async function awaitAnswer(tx: Tx, { id }: LessonEvent, about: 'moved' | 'removed'): Promise<void> {
  await tx.sql`update lesson_events set awaits_answer = ${about} where id = ${id}`;
}

/** Whose events of a lesson wait for an answer. */
export function awaitingEvents(tx: Tx, bookingId: BookingId, proposer: PersonId): Promise<{ id: string }[]> {
  return tx.sql<{ id: string }>`
    select id from lesson_events where booking_id = ${bookingId} and user_id = ${proposer} and awaits_answer is not null order by id for update`;
}

/** Notes a difference between our lessons and a calendar that is being repaired. */
export async function noteRepair(tx: Tx, user: PersonId, bookingId: BookingId, kind: RepairKind): Promise<void> {
  await tx.sql`
    insert into repairs (user_id, booking_id, kind, found_at) values (${user}, ${bookingId}, ${kind}, ${tx.now})`;
  await tx.sql`update google_oauth_accounts set repaired_count = repaired_count + 1 where user_id = ${user}`;
}

/** How a calendar can differ from what it should show. */
export type RepairKind = 'missing' | 'moved' | 'left_over' | 'doubled';
