import type { PersonId, SlotId } from '@scheduling/domain';
import { type Glance, NOW } from '@scheduling/persistence';
import type { Caps, Lesson, Span } from './caps.policy.ts';

/** A slot that can be held just now. */
export interface ListedSlot {
  readonly id: SlotId;
  readonly tutorId: PersonId;
  readonly startAt: Date;
  readonly endAt: Date;
  readonly priceCents: number;
  readonly currency: string;
  readonly seatsLeft: number;
}

/** At most so many, after a start that has been seen, if any. */
export interface Page {
  readonly limit: number;
  readonly after: Date | null;
}

/** What a tutor's list depends on beside the slots themselves. */
export interface ListFacts extends Caps {
  /** The instant that the list is right for. */
  readonly now: Date;
  readonly minimumNoticeMinutes: number;
  /** When the first of the tutor's holds in the range runs out; null without any. */
  readonly nextLapseAt: Date | null;
  /** The tutor's lessons in every week that the range meets, where they have caps. */
  readonly lessons: readonly Lesson[];
}

/** What was found of a tutor; no facts where nothing has ever been published. */
export interface Listing {
  readonly facts: ListFacts | null;
  /** The soonest first; of a tutor with caps all of the range, since caps may rule some out. */
  readonly slots: readonly ListedSlot[];
}

type Row = Omit<ListFacts, 'lessons'> & {
  readonly lessons: readonly { id: SlotId; start: string }[];
} & (ListedSlot | { readonly id: null });

/**
 * The slots of a tutor that can be held just now, caps aside, soonest first. What holding demands is asked here too:
 * offered, within notice, a seat free, and the padded time meets no live claim of the tutor on another slot.
 */
export async function listSlots(
  glance: Glance,
  tutorId: PersonId,
  { from, until }: Span,
  { limit, after }: Page,
): Promise<Listing> {
  // The tutor's claims are few, and read once: each slot is held against them in memory. Lengths and buffers are under a day.
  const rows = await glance.sql<Row>`
    with tutor as materialized (
      select *, ${NOW} as now, maximum_lessons_per_day is not null or maximum_lessons_per_week is not null as has_caps
        from schedules where tutor_id = ${tutorId}
    ), taken as materialized (
      select c.slot_id, c.seat, c.during, s.start_at,
             (select count(*) from claims x
               where x.slot_id = c.slot_id and x.seat > 0 and (x.expires_at is null or x.expires_at > tutor.now)) as seats,
             (select min(x.expires_at) from claims x where x.slot_id = c.slot_id and x.expires_at > tutor.now) as lapses_at
        from tutor join claims c on c.person_id = tutor.tutor_id join slots s on s.id = c.slot_id
       where (c.expires_at is null or c.expires_at > tutor.now)
         and c.during && tstzrange(${from}::timestamptz - interval '8 days', ${until}::timestamptz + interval '8 days')
    )
    select tutor.now, tutor.timezone, tutor.minimum_notice_minutes as "minimumNoticeMinutes",
           tutor.maximum_lessons_per_day as "maximumLessonsPerDay", tutor.maximum_lessons_per_week as "maximumLessonsPerWeek",
           (select min(lapses_at) from taken) as "nextLapseAt",
           case when has_caps then (select coalesce(jsonb_agg(jsonb_build_object('id', slot_id, 'start', start_at)), '[]')
                                      from taken where seat = 0) end as lessons,
           slot.*
      from tutor left join lateral (
        select s.id, s.tutor_id as "tutorId", s.start_at as "startAt", s.end_at as "endAt", s.price_cents as "priceCents",
               s.currency, (s.capacity - coalesce(own.seats, 0))::int as "seatsLeft"
          from slots s left join taken own on own.slot_id = s.id
         where s.tutor_id = tutor.tutor_id
           and s.start_at >= greatest(${from}, tutor.now + make_interval(mins => tutor.minimum_notice_minutes))
           and s.start_at < ${until} and s.start_at > tutor.now
           and (${after}::timestamptz is null or s.start_at > ${after})
           and s.offered and not s.withheld and s.deleted_at is null
           and coalesce(own.seats, 0) < s.capacity
           and not exists (select from waiting_for(s.id, s.tutor_id, s.start_at, tutor.now))
           and not exists (
             select from taken
              where taken.slot_id <> s.id
                and taken.during && tstzrange(s.start_at - make_interval(mins => tutor.buffer_before_minutes),
                                              s.end_at + make_interval(mins => tutor.buffer_after_minutes)))
         order by s.start_at
         limit case when not tutor.has_caps then ${limit}::int end
      ) as slot on true
     order by slot."startAt"`;
  const [first] = rows;
  if (!first) return { facts: null, slots: [] };
  const lessons = (first.lessons ?? []).map(({ id, start }) => ({ id, startAt: new Date(start) }));
  return { facts: { ...first, lessons }, slots: rows.filter((row): row is Row & ListedSlot => row.id !== null) };
}
