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
  /** False once it is called off. */
  readonly isOn: boolean;
  readonly joinLink: string;
  /** The tutor's IANA zone. */
  readonly tutorTimezone: string;
}

/** Keeps what was said of a lesson; false where something as new was known. */
export async function keepLesson(tx: Tx, lesson: Lesson): Promise<boolean> {
  const kept = await tx.sql<{ id: BookingId }>`
    insert into lessons as known (booking_id, version, tutor_id, student_id, start_at, end_at, is_on, join_link, tutor_timezone,
                                  updated_at)
    values (${lesson.bookingId}, ${lesson.version}, ${lesson.tutorId}, ${lesson.studentId}, ${lesson.startAt}, ${lesson.endAt},
            ${lesson.isOn}, ${lesson.joinLink}, ${lesson.tutorTimezone}, ${tx.now})
    on conflict (booking_id) do update
       set version = excluded.version, start_at = excluded.start_at, end_at = excluded.end_at, is_on = excluded.is_on,
           join_link = excluded.join_link, updated_at = excluded.updated_at
     where known.version < excluded.version
    returning booking_id as id`;
  return kept.length > 0;
}

/** A lesson as the calendar of one of its two people shows it. */
export interface ShownLesson extends Lesson {
  /** What the other one is called; empty while that is not known. */
  readonly otherName: string;
  /** The IANA zone of whose calendar it is. */
  readonly timezone: string;
  /** What the tutor had chosen when the lesson was confirmed. */
  readonly video: 'google_meet' | 'zoom' | 'link';
  readonly onMoved: 'restore' | 'propose';
}

/** A lesson as one of its two people's calendars shows it. */
export async function showLesson(tx: Tx, bookingId: BookingId, person: PersonId): Promise<ShownLesson> {
  const [lesson] = await tx.sql<Omit<ShownLesson, 'version'> & { version: string }>`
    select l.booking_id as "bookingId", l.version, l.tutor_id as "tutorId", l.student_id as "studentId",
           l.start_at as "startAt", l.end_at as "endAt", l.is_on as "isOn", l.join_link as "joinLink",
           l.tutor_timezone as "tutorTimezone", coalesce(o.name, '') as "otherName",
           coalesce(p.timezone, 'UTC') as timezone, coalesce(m.provider, s.video, 'google_meet') as video,
           coalesce(s.on_moved, 'restore') as "onMoved"
      from lessons l
      left join people o on o.person_id = case when l.tutor_id = ${person} then l.student_id else l.tutor_id end
      left join people p on p.person_id = ${person}
      left join calendar_settings s on s.user_id = l.tutor_id
      left join meetings m on m.booking_id = l.booking_id
     where l.booking_id = ${bookingId}`;
  return { ...lesson!, version: Number(lesson!.version) };
}
