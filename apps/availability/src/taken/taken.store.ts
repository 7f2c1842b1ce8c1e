import type { BookingId, HoldId, PersonId } from '@scheduling/domain';
import type { Tx } from '@scheduling/persistence';
import type { Range } from '../ranges.policy.ts';

/** What was heard of a hold or of the booking that it became; a higher version outranks a lower one. */
export interface HeardOf {
  readonly id: HoldId | BookingId;
  readonly tutorId: PersonId;
  readonly kind: 'held' | 'booked' | 'free';
  readonly version: number;
  readonly startAt: string | null;
  readonly endAt: string | null;
  readonly expiresAt: string | null;
}

/** Keeps what was heard, unless something newer had been; time that is taken anew gets the buffers of today. */
export async function keepTaken(tx: Tx, heard: HeardOf): Promise<void> {
  await tx.sql`
    insert into taken_windows as known (id, tutor_id, kind, version, start_at, end_at, expires_at, heard_at,
                                        buffer_before_minutes, buffer_after_minutes)
    select ${heard.id}::uuid, tutor_id, ${heard.kind}, ${heard.version}::int, ${heard.startAt}::timestamptz,
           ${heard.endAt}::timestamptz, ${heard.expiresAt}::timestamptz, ${tx.now}::timestamptz, coalesce(s.buffer_before_minutes, 0),
           coalesce(s.buffer_after_minutes, 0)
      from (select ${heard.tutorId}::uuid as tutor_id) as tutor left join tutor_settings s using (tutor_id)
    on conflict (id) do update
       set kind = excluded.kind, version = excluded.version, start_at = excluded.start_at, end_at = excluded.end_at,
           expires_at = excluded.expires_at, heard_at = excluded.heard_at,
           buffer_before_minutes = case when known.start_at = excluded.start_at
                                        then known.buffer_before_minutes else excluded.buffer_before_minutes end,
           buffer_after_minutes = case when known.start_at = excluded.start_at
                                       then known.buffer_after_minutes else excluded.buffer_after_minutes end
     where known.version < excluded.version`;
}

/** A booked lesson of a tutor. */
export interface BookedLesson extends Range {
  readonly id: BookingId;
}

/** The booked lessons of a tutor that meet `[from, until)`, the soonest first; a group lesson once for each student. */
export function bookedLessons(tx: Tx, tutorId: PersonId, from: Date, until: Date): Promise<BookedLesson[]> {
  return tx.sql<BookedLesson>`
    select id, start_at as "startAt", end_at as "endAt" from taken_windows
     where tutor_id = ${tutorId} and kind = 'booked' and start_at < ${until} and end_at > ${from}
     order by start_at`;
}

/** One student's seat in a lesson of a tutor's, held or booked. */
export interface TakenSeat extends Range {
  readonly kind: 'held' | 'booked';
  /** The tutor's when it was taken. */
  readonly bufferBeforeMinutes: number;
  readonly bufferAfterMinutes: number;
}

/** The seats of a tutor's lessons that meet `[from, until)` and are taken at `tx.now`, the soonest first; a hold that ran out is none. */
export function takenSeats(tx: Tx, tutorId: PersonId, from: Date, until: Date): Promise<TakenSeat[]> {
  return tx.sql<TakenSeat>`
    select start_at as "startAt", end_at as "endAt", kind, buffer_before_minutes as "bufferBeforeMinutes",
           buffer_after_minutes as "bufferAfterMinutes"
      from taken_windows
     where tutor_id = ${tutorId} and (kind = 'booked' or kind = 'held' and expires_at > ${tx.now})
       and start_at < ${until} and end_at > ${from}
     order by start_at`;
}
