import type { PersonId, SlotId } from '@scheduling/domain';
import type { Tx } from '@scheduling/persistence';

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

/** Half-open: a slot at `until` is not in it. */
export interface Range {
  readonly from: Date;
  readonly until: Date;
}

/** At most so many, after a start that has been seen, if any. */
export interface Page {
  readonly limit: number;
  readonly after: Date | null;
}

/**
 * The slots of a tutor that can be held at `tx.now`, soonest first. What holding demands is asked here too:
 * offered, within notice, a seat free, and the padded time meets no live claim of the tutor on another slot.
 */
export function listSlots(
  tx: Tx,
  tutorId: PersonId,
  { from, until }: Range,
  { limit, after }: Page,
): Promise<ListedSlot[]> {
  return tx.sql<ListedSlot>`
    select s.id, s.tutor_id as "tutorId", s.start_at as "startAt", s.end_at as "endAt", s.price_cents as "priceCents",
           s.currency, (s.capacity - taken.seats)::int as "seatsLeft"
      from slots s
      join schedules k using (tutor_id)
      cross join lateral (
        select count(*) as seats from claims c
         where c.slot_id = s.id and c.seat > 0 and (c.expires_at is null or c.expires_at > ${tx.now})
      ) as taken
     where s.tutor_id = ${tutorId} and s.start_at >= ${from} and s.start_at < ${until}
       and (${after}::timestamptz is null or s.start_at > ${after})
       and s.offered and not s.withheld and s.deleted_at is null
       and s.start_at > ${tx.now}
       and s.start_at >= ${tx.now}::timestamptz + make_interval(mins => k.minimum_notice_minutes)
       and taken.seats < s.capacity
       and not exists (
         select 1 from claims c
          where c.person_id = s.tutor_id and c.slot_id <> s.id and (c.expires_at is null or c.expires_at > ${tx.now})
            and c.during && tstzrange(s.start_at - make_interval(mins => k.buffer_before_minutes),
                                      s.end_at + make_interval(mins => k.buffer_after_minutes)))
     order by s.start_at
     limit ${limit}`;
}
