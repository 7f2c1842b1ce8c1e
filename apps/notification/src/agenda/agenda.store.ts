import type { PersonId } from '@scheduling/domain';
import type { Tx } from '@scheduling/persistence';
import type { Agenda, AgendaLesson } from './agenda.ts';

/** The lessons of a tutor's day that stand, in the order of their starts. */
export async function lessonsOfDay(
  tx: Tx,
  { user_id: tutor, from_at: from, until_at: until }: Agenda,
): Promise<AgendaLesson[]> {
  const lessons = await tx.sql<{ startAt: Date; endAt: Date; link: string; student: string }>`
    select start_at as "startAt", end_at as "endAt", join_link as link, coalesce(name, '') as student
      from lessons left join recipients on user_id = student_id
     where tutor_id = ${tutor} and start_at >= ${from} and start_at < ${until} and status = 'confirmed'
     order by start_at, booking_id`;
  return lessons.map(({ startAt, endAt, link, student }) => ({
    start_at: startAt.toISOString(),
    end_at: endAt.toISOString(),
    join_link: link,
    student,
  }));
}

/** The zones of those who have asked for the agenda of their day. */
export async function zonesAsking(tx: Tx): Promise<string[]> {
  const zones = await tx.sql<{ timezone: string }>`
    select distinct timezone from notification_choices join recipients using (user_id)
     where kind = 'daily_agenda' and channel = 'email' and is_on`;
  return zones.map(({ timezone }) => timezone);
}

/** A day as clocks of some zone show it. */
export interface Day {
  /** `2026-12-01`. */
  readonly day: string;
  readonly from: Date;
  readonly until: Date;
}

/** Those who have asked for it in a zone, teach on this day, and have no agenda of it yet. */
export async function tutorsWithout(tx: Tx, zone: string, { day, from, until }: Day): Promise<PersonId[]> {
  const tutors = await tx.sql<{ id: PersonId }>`
    select user_id as id from notification_choices c join recipients r using (user_id)
     where c.kind = 'daily_agenda' and c.channel = 'email' and c.is_on and r.timezone = ${zone}
       and exists (select from lessons
                    where tutor_id = user_id and start_at >= ${from} and start_at < ${until} and status = 'confirmed')
       and not exists (select from messages m
                        where m.booking_id = user_id and m.booking_version = ${Number(day.replaceAll('-', ''))}
                          and m.kind = 'daily_agenda')`;
  return tutors.map(({ id }) => id);
}
