import type { BookingId, HoldId, PersonId } from '@scheduling/domain';
import type { Tx } from '@scheduling/persistence';

/** What was heard of a hold or of the booking that it became; a higher version outranks a lower one. */
export interface TakenWindow {
  readonly id: HoldId | BookingId;
  readonly tutorId: PersonId;
  readonly kind: 'held' | 'booked' | 'free';
  readonly version: number;
  readonly startAt: string | null;
  readonly endAt: string | null;
}

/** Keeps what was heard, unless something newer had been. */
export async function keepTaken(tx: Tx, taken: TakenWindow): Promise<void> {
  await tx.sql`
    insert into taken_windows as known (id, tutor_id, kind, version, start_at, end_at)
    values (${taken.id}, ${taken.tutorId}, ${taken.kind}, ${taken.version}, ${taken.startAt}, ${taken.endAt})
    on conflict (id) do update
       set kind = excluded.kind, version = excluded.version, start_at = excluded.start_at, end_at = excluded.end_at
     where known.version < excluded.version`;
}

/** A booked lesson of a tutor. */
export interface BookedLesson {
  readonly id: BookingId;
  readonly startAt: Date;
  readonly endAt: Date;
}

/** The booked lessons of a tutor that meet `[from, until)`, the soonest first. */
export function bookedLessons(tx: Tx, tutorId: PersonId, from: Date, until: Date): Promise<BookedLesson[]> {
  return tx.sql<BookedLesson>`
    select id, start_at as "startAt", end_at as "endAt" from taken_windows
     where tutor_id = ${tutorId} and kind = 'booked' and start_at < ${until} and end_at > ${from}
     order by start_at`;
}
