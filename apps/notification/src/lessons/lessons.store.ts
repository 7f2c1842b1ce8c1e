import type { BookingState } from '@scheduling/contracts';
import type { BookingId, PersonId } from '@scheduling/domain';
import type { Tx } from '@scheduling/persistence';

/** A lesson as booking last told of it. */
export interface Lesson {
  readonly bookingId: BookingId;
  readonly version: number;
  readonly tutorId: PersonId;
  readonly studentId: PersonId;
  readonly startAt: Date;
  readonly endAt: Date;
  /** `pending_payment`, `confirmed`, `canceled`, `completed` or `refunded`. */
  readonly status: string;
  readonly joinLink: string;
}

/** Keeps a lesson's newest state; an older one than the known changes nothing. Until this transaction ends, nobody else hears of the lesson. */
export async function upsertLesson(tx: Tx, state: BookingState): Promise<void> {
  const { booking_id: id, version, tutor_id: tutor, student_id: student, status, join_link: link } = state;
  await tx.sql`
    insert into lessons as known (booking_id, version, tutor_id, student_id, start_at, end_at, status, join_link)
    values (${id}, ${version}, ${tutor}, ${student}, ${state.start_at}, ${state.end_at}, ${status}, ${link})
    on conflict (booking_id) do update
      set version = excluded.version, tutor_id = excluded.tutor_id, student_id = excluded.student_id,
          start_at = excluded.start_at, end_at = excluded.end_at, status = excluded.status, join_link = excluded.join_link
      where known.version < excluded.version`;
}

/** Those of these lessons that booking has told of, by their ids. */
export async function findLessons(tx: Tx, ids: readonly string[]): Promise<Map<string, Lesson>> {
  if (ids.length === 0) return new Map();
  const lessons = await tx.prepared<Lesson>`
    select booking_id as "bookingId", version::float8 as version, tutor_id as "tutorId", student_id as "studentId",
           start_at as "startAt", end_at as "endAt", status, join_link as "joinLink"
      from lessons where booking_id = any(${ids}::uuid[])`;
  return new Map(lessons.map((lesson) => [lesson.bookingId, lesson]));
}
