import type { PersonId, SlotId } from '@scheduling/domain';
import { statement, type Tx } from '@scheduling/persistence';
import type { Lesson, Span } from '../slots/caps.policy.ts';
import { SlotNotFound } from '../slots/slots.errors.ts';
import { SLOT, type SlotOnTerms, TERMS } from '../slots/slots.store.ts';
import { HOLD, type Hold } from './holds.store.ts';

/** Who sits in a slot, counted from seat 1; no expiry means that a booking stands behind it. */
export interface Seated {
  readonly seat: number;
  /** A student, or a hold that nobody is named for yet. */
  readonly personId: PersonId;
  readonly expiresAt: Date | null;
}

/** All that decides whether a student may have a seat in a slot, counting live claims only. */
export interface Situation {
  readonly slot: SlotOnTerms;
  readonly seated: readonly Seated[];
  /** The tutor's lessons that count for the caps, this slot's own included. */
  readonly lessons: readonly Lesson[];
  /** Whether the tutor is in another lesson, buffers included. */
  readonly tutorBusy: boolean;
  /** Whether the student is in another lesson. */
  readonly studentBusy: boolean;
  /** Whether the free seats are for those who wait. */
  readonly isWaitedFor: boolean;
  /** How many slots the student has asked for and holds just now, anywhere. */
  readonly studentHolds: number;
  /** How many slots the student asked for within the last hour. */
  readonly studentHoldsLately: number;
  /** The newest hold that the student has, or had, on this slot. */
  readonly own: Hold | null;
  /** Holds that ran out and whose claims stand in the way. */
  readonly inTheWay: readonly Hold[];
}

type Found = SlotOnTerms &
  Omit<Situation, 'slot' | 'seated' | 'lessons' | 'own' | 'inTheWay'> & {
    readonly seated: readonly { seat: number; person: PersonId; until: string | null }[];
    readonly own: Written | null;
    readonly inTheWay: readonly Written[];
  };

/** A hold as it comes out of JSON. */
type Written = Omit<Hold, 'startAt' | 'endAt' | 'heldAt' | 'expiresAt'> &
  Record<'startAt' | 'endAt' | 'heldAt' | 'expiresAt', string>;

// Each part by an index: claims of lessons that were stay for months, and holds that became one for ever.
const LOOK = statement(`
  with slot as materialized (
    select ${SLOT}, ${TERMS},
           tstzrange(s.start_at - make_interval(mins => k.buffer_before_minutes),
                     s.end_at + make_interval(mins => k.buffer_after_minutes)) as padded
      from slots s join schedules k using (tutor_id) where s.id = $1
  ), seated as materialized (
    select seat, person_id, expires_at from claims
     where slot_id = $1 and seat > 0 and (expires_at is null or expires_at > $3)
  ), around as materialized (
    -- One search for each of the two: an index of ranges knows no list of people.
    select c.* from slot, unnest(array[slot."tutorId", $2]) as who,
           lateral (select * from claims where person_id = who and during && slot.padded) as c
  ), lately as (
    select count(*)::int as all, count(*) filter (where status = 'held' and expires_at > $3)::int as live
      from holds where student_id = $2 and kind = 'student' and held_at > $3::timestamptz - interval '1 hour'
  )
  select slot.*, lately.all as "studentHoldsLately", lately.live as "studentHolds",
         coalesce((select jsonb_agg(jsonb_build_object('seat', seat, 'person', person_id, 'until', expires_at)) from seated),
                  '[]') as seated,
         exists (select from around c where c.slot_id <> $1 and c.person_id = slot."tutorId"
                    and (c.expires_at is null or c.expires_at > $3)) as "tutorBusy",
         exists (select from around c where c.slot_id <> $1 and c.person_id = $2
                    and (c.expires_at is null or c.expires_at > $3)
                    and c.during && tstzrange(slot."startAt", slot."endAt")) as "studentBusy",
         exists (select from waiting_for($1, slot."tutorId", slot."startAt", $3)) as "isWaitedFor",
         (select to_jsonb(own) from (
            select ${HOLD} from holds h where h.slot_id = $1 and h.student_id = $2 order by number desc limit 1) as own) as own,
         coalesce((select jsonb_agg(to_jsonb(ended)) from (
            select slot_id from around where expires_at <= $3
            union select slot_id from claims where slot_id = $1 and expires_at <= $3) as stale,
            lateral (select ${HOLD} from holds h
                      where h.slot_id = stale.slot_id and h.status = 'held' and h.expires_at <= $3 offset 0) as ended),
                  '[]') as "inTheWay"
    from slot, lately`);

/** Reads all of it but the tutor's lessons, in one statement. */
export async function situationOf(tx: Tx, slotId: SlotId, student: PersonId): Promise<Situation> {
  const [found] = await tx.run<Found>(LOOK, [slotId, student, tx.now]);
  if (!found) throw new SlotNotFound(slotId);
  const { seated, tutorBusy, studentBusy, isWaitedFor, studentHolds, studentHoldsLately, own, inTheWay, ...slot } =
    found;
  return {
    slot,
    seated: seated.map(({ seat, person, until }) => ({
      seat,
      personId: person,
      expiresAt: until ? new Date(until) : null,
    })),
    lessons: [],
    tutorBusy,
    studentBusy,
    isWaitedFor,
    studentHolds,
    studentHoldsLately,
    own: own && read(own),
    inTheWay: inTheWay.map(read),
  };
}

const read = (hold: Written): Hold => ({
  ...hold,
  startAt: new Date(hold.startAt),
  endAt: new Date(hold.endAt),
  heldAt: new Date(hold.heldAt),
  expiresAt: new Date(hold.expiresAt),
});

/** The lessons of a tutor that start within a span: slots on which a live claim of theirs stands. */
export async function lessonsOf(tx: Tx, tutorId: PersonId, { from, until }: Span): Promise<Lesson[]> {
  return tx.prepared<Lesson>`
    select s.id, s.start_at as "startAt"
      from claims c join slots s on s.id = c.slot_id
     where c.person_id = ${tutorId} and c.seat = 0 and (c.expires_at is null or c.expires_at > ${tx.now})
       and c.during && tstzrange(${from}, ${until}) and s.start_at >= ${from} and s.start_at < ${until}`;
}

/** Writes a hold, its claims and the status that its slot has with it, in one statement. */
export async function insertSeat(
  tx: Tx,
  hold: Hold,
  holder: PersonId,
  slot: SlotOnTerms,
  fills: boolean,
): Promise<void> {
  await tx.prepared`
    with claimed as (
      insert into claims (slot_id, person_id, seat, during, expires_at)
      values (${hold.slotId}, ${holder}, ${hold.seat}, tstzrange(${slot.startAt}, ${slot.endAt}), ${hold.expiresAt}),
             (${hold.slotId}, ${hold.tutorId}, 0,
              tstzrange(${slot.startAt}::timestamptz - make_interval(mins => ${slot.bufferBeforeMinutes}),
                        ${slot.endAt}::timestamptz + make_interval(mins => ${slot.bufferAfterMinutes})), ${hold.expiresAt})
      on conflict (slot_id, person_id) do update
         set expires_at = case when claims.expires_at is null then null else greatest(claims.expires_at, excluded.expires_at) end
    ), filled as (
      update slots set status = 'held' where id = ${hold.slotId} and ${fills}
    )
    insert into holds (id, slot_id, tutor_id, student_id, kind, seat, status, price_cents, currency, start_at, end_at, policy,
                       held_at, expires_at)
    values (${hold.id}, ${hold.slotId}, ${hold.tutorId}, ${hold.studentId}, ${hold.kind}, ${hold.seat}, ${hold.status},
            ${hold.priceCents}, ${hold.currency}, ${hold.startAt}, ${hold.endAt}, ${JSON.stringify(hold.policy)},
            ${hold.heldAt}, ${hold.expiresAt})`;
}
