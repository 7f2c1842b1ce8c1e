import type { PersonId, SlotId } from '@scheduling/domain';
import type { Tx } from '@scheduling/persistence';
import type { Caps, Lesson, Span } from '../slots/caps.policy.ts';
import type { ListedSlot } from '../slots/slot-search.store.ts';

/** Slots that lie within a span, of any tutor or of some, at any price or within bounds in the smallest unit of the currency. */
export interface Wanted extends Span {
  readonly tutorIds: readonly PersonId[] | null;
  readonly minPrice: number | null;
  readonly maxPrice: number | null;
}

/** A place in the order of a search: by start, then by tutor. */
export interface Place {
  readonly startAt: Date;
  readonly tutorId: PersonId;
}

/** A stretch of a search: after one place, up to another, which is in it, and over so many slots at most. */
export interface Stretch {
  readonly after: Place | null;
  readonly upTo: Place | null;
  readonly limit: number;
}

/** A slot that nothing but its tutor's caps may keep from being held. */
export type FoundSlot = ListedSlot & Caps;

/** What a look found, and where it ended; null if nothing is beyond. */
export interface Found {
  readonly slots: readonly FoundSlot[];
  readonly end: Place | null;
}

/**
 * Looks at the next slots, at most so many, and answers those that can be held at `tx.now`, caps aside, the soonest first. Of a
 * tutor without caps only the first is among them; of one with caps all are, since caps may rule the first ones out.
 */
export async function freeSlots(tx: Tx, wanted: Wanted, { after, upTo, limit }: Stretch): Promise<Found> {
  const { from, until, tutorIds, minPrice, maxPrice } = wanted;
  // What is looked at is bounded, not what is found: behind many pages hardly any slot is the first of its tutor.
  const looked = await tx.query<FoundSlot & { isFree: boolean }>(
    `select s.id, s.tutor_id as "tutorId", s.start_at as "startAt", s.end_at as "endAt", s.price_cents as "priceCents",
            s.currency, (s.capacity - ${SEATED('s')})::int as "seatsLeft", k.timezone,
            k.maximum_lessons_per_day as "maximumLessonsPerDay", k.maximum_lessons_per_week as "maximumLessonsPerWeek",
            ${FREE('s', 'k')}
              and (k.maximum_lessons_per_day is not null or k.maximum_lessons_per_week is not null
                   or not exists (select from slots e
                                   where e.tutor_id = s.tutor_id and e.start_at < s.start_at and ${FREE('e', 'k')}))
              as "isFree"
       from (select * from slots
              where start_at >= greatest($2::timestamptz, $1) and start_at < $3
                and status in ('open', 'held') and offered and not withheld and deleted_at is null
                and ($4::uuid[] is null or tutor_id = any($4))
                and ($7::timestamptz is null or start_at >= $7 and (start_at, tutor_id) > ($7, $8::uuid))
                and ($9::timestamptz is null or start_at <= $9 and (start_at, tutor_id) <= ($9, $10::uuid))
              order by start_at, tutor_id
              limit $11) as s
            cross join lateral (select * from schedules where tutor_id = s.tutor_id offset 0) as k
      order by s.start_at, s.tutor_id`,
    [tx.now, from, until, tutorIds, minPrice, maxPrice, ...placed(after), ...placed(upTo), limit],
  );
  return { slots: looked.filter(({ isFree }) => isFree), end: looked.length < limit ? null : (looked.at(-1) ?? null) };
}

const placed = (place: Place | null) => [place?.startAt ?? null, place?.tutorId ?? null];

const LIVE = '(c.expires_at is null or c.expires_at > $1)';

/** How many seats of a slot are taken. */
const SEATED = (slot: string) =>
  `(select count(*) from claims c where c.slot_id = ${slot}.id and c.seat > 0 and ${LIVE})`;

/** What holding demands, as in the list of one tutor's slots, and what was asked for. */
const FREE = (slot: string, terms: string) => `
  ${slot}.start_at >= $2 and ${slot}.start_at < $3 and ${slot}.end_at <= $3
  and ($4::uuid[] is null or ${slot}.tutor_id = any($4))
  and ($5::int is null or ${slot}.price_cents >= $5) and ($6::int is null or ${slot}.price_cents <= $6)
  and ${slot}.status in ('open', 'held') and ${slot}.offered and not ${slot}.withheld and ${slot}.deleted_at is null
  and ${slot}.start_at > $1
  and ${slot}.start_at >= $1::timestamptz + make_interval(mins => ${terms}.minimum_notice_minutes)
  and ${SEATED(slot)} < ${slot}.capacity
  and not exists (select from waiting_for(${slot}.id, ${slot}.tutor_id, ${slot}.start_at, $1))
  and not exists (
    select from claims c
     where c.person_id = ${slot}.tutor_id and c.slot_id <> ${slot}.id and ${LIVE}
       and c.during && tstzrange(${slot}.start_at - make_interval(mins => ${terms}.buffer_before_minutes),
                                 ${slot}.end_at + make_interval(mins => ${terms}.buffer_after_minutes)))`;

/** The lessons of tutors that start in a span: those on whose slots a live claim of the tutor stands. */
export async function lessonsWithin(
  tx: Tx,
  tutorIds: readonly PersonId[],
  { from, until }: Span,
): Promise<Map<PersonId, Lesson[]>> {
  const lessons = await tx.sql<Lesson & { id: SlotId; tutorId: PersonId }>`
    select s.id, s.start_at as "startAt", s.tutor_id as "tutorId"
      from claims c join slots s on s.id = c.slot_id
     where c.person_id = any(${tutorIds}::uuid[]) and c.seat = 0 and (c.expires_at is null or c.expires_at > ${tx.now})
       and c.during && tstzrange(${from}, ${until}) and s.start_at >= ${from} and s.start_at < ${until}`;
  return Map.groupBy(lessons, ({ tutorId }) => tutorId);
}
