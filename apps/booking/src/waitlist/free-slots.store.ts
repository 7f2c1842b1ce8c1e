import type { PersonId, SlotId } from '@scheduling/domain';
import type { Tx } from '@scheduling/persistence';
import type { Caps, Span } from '../slots/caps.policy.ts';

/** A slot that nothing but its tutor's caps may keep from being held, and how it stands with those who wait. */
export interface FreeSlot extends Caps {
  readonly id: SlotId;
  readonly startAt: Date;
  /** Whether its free seats are for those who wait. */
  readonly isWaitedFor: boolean;
  /** Whether the student asked about is in a lesson at that time, this one included. */
  readonly studentBusy: boolean;
}

/** The slots of a tutor with a seat that is free at `tx.now` and starts in a span, soonest first, as one student sees them. */
export function freeSlotsOf(
  tx: Tx,
  tutorId: PersonId,
  { from, until }: Span,
  student: PersonId | null,
): Promise<FreeSlot[]> {
  return tx.prepared<FreeSlot>`
    with tutor as materialized (
      select * from schedules where tutor_id = ${tutorId}
    ), taken as materialized (
      select c.slot_id, c.during from claims c
       where c.person_id = ${tutorId} and (c.expires_at is null or c.expires_at > ${tx.now})
         and c.during && tstzrange(${from}::timestamptz - interval '2 days', ${until}::timestamptz + interval '2 days')
    )
    select s.id, s.start_at as "startAt", tutor.timezone,
           tutor.maximum_lessons_per_day as "maximumLessonsPerDay", tutor.maximum_lessons_per_week as "maximumLessonsPerWeek",
           exists (select from waiting_for(s.id, s.tutor_id, s.start_at, ${tx.now})) as "isWaitedFor",
           exists (select from claims c where c.person_id = ${student}::uuid and (c.expires_at is null or c.expires_at > ${tx.now})
                      and c.during && tstzrange(s.start_at, s.end_at)) as "studentBusy"
      from tutor join slots s using (tutor_id)
     where s.start_at >= ${from} and s.start_at < ${until} and s.start_at > ${tx.now}
       and s.start_at >= ${tx.now}::timestamptz + make_interval(mins => tutor.minimum_notice_minutes)
       and s.offered and not s.withheld and s.deleted_at is null
       and s.capacity > (select count(*) from claims c
                          where c.slot_id = s.id and c.seat > 0 and (c.expires_at is null or c.expires_at > ${tx.now}))
       and not exists (
         select from taken
          where taken.slot_id <> s.id
            and taken.during && tstzrange(s.start_at - make_interval(mins => tutor.buffer_before_minutes),
                                          s.end_at + make_interval(mins => tutor.buffer_after_minutes)))
     order by s.start_at`;
}
