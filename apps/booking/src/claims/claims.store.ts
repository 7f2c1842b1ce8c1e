import type { PersonId, SlotId } from '@scheduling/domain';
import type { Tx } from '@scheduling/persistence';
import type { Lesson, Span } from '../slots/caps.policy.ts';
import type { SlotOnTerms } from '../slots/slots.store.ts';

/** Who sits in a slot; seat 0 is the tutor's. No expiry means that a booking stands behind it. */
export interface Claim {
  readonly seat: number;
  readonly personId: PersonId;
  readonly expiresAt: Date | null;
}

/** What stands around a slot that a student wants, counting live claims only. */
export interface Surroundings {
  readonly seated: readonly Claim[];
  /** The tutor's lessons that count for the caps, this slot's own included. */
  readonly lessons: readonly Lesson[];
  /** Whether the tutor is in another lesson, buffers included. */
  readonly tutorBusy: boolean;
  /** Whether the student is in another lesson. */
  readonly studentBusy: boolean;
  /** How many holds the student has, anywhere. */
  readonly studentHolds: number;
}

/** Surroundings as they come out of the database. */
interface Found extends Omit<Surroundings, 'seated' | 'lessons'> {
  readonly seated: readonly { seat: number; person: PersonId; until: string | null }[];
  readonly lessons: readonly { id: SlotId; start: string }[];
}

/** Reads all that decides whether a student may have a seat, in one statement; lessons count that start in a span. */
export async function surroundings(
  tx: Tx,
  slot: SlotOnTerms,
  student: PersonId,
  counted: Span | null,
): Promise<Surroundings> {
  // Each part by an index: claims of lessons that were stay for ever.
  const [found] = await tx.sql<Found>`
    with live as not materialized (select * from claims where expires_at is null or expires_at > ${tx.now})
    select coalesce((select jsonb_agg(jsonb_build_object('seat', seat, 'person', person_id, 'until', expires_at))
                       from live where slot_id = ${slot.id} and seat > 0), '[]') as seated,
           coalesce((select jsonb_agg(jsonb_build_object('id', s.id, 'start', s.start_at))
                       from live join slots s on s.id = live.slot_id
                      where person_id = ${slot.tutorId} and seat = 0 and during && ${counted ? spanOf(counted) : 'empty'}::tstzrange
                        and s.start_at <@ ${counted ? spanOf(counted) : 'empty'}::tstzrange), '[]') as lessons,
           exists (select 1 from live where slot_id <> ${slot.id} and person_id = ${slot.tutorId}
                      and during && ${padded(slot)}::tstzrange) as "tutorBusy",
           exists (select 1 from live where slot_id <> ${slot.id} and person_id = ${student}
                      and during && ${lesson(slot)}::tstzrange) as "studentBusy",
           (select count(*)::int from live where person_id = ${student} and seat > 0 and expires_at is not null
               and during && tstzrange(${tx.now}, null)) as "studentHolds"`;
  const { seated, lessons, ...rest } = found!;
  return {
    ...rest,
    seated: seated.map(({ seat, person, until }) => ({
      seat,
      personId: person,
      expiresAt: until === null ? null : new Date(until),
    })),
    lessons: lessons.map(({ id, start }) => ({ id, startAt: new Date(start) })),
  };
}

/** Claims a lesson's time for its tutor and a student; the tutor's claim lasts as long as the longest of the students'. */
export async function claimSeat(tx: Tx, slot: SlotOnTerms, student: Claim): Promise<void> {
  await tx.sql`
    insert into claims (slot_id, person_id, seat, during, expires_at)
    values (${slot.id}, ${student.personId}, ${student.seat}, ${lesson(slot)}::tstzrange, ${student.expiresAt}),
           (${slot.id}, ${slot.tutorId}, 0, ${padded(slot)}::tstzrange, ${student.expiresAt})
    on conflict (slot_id, person_id) do update
       set expires_at = case when claims.expires_at is null then null else greatest(claims.expires_at, excluded.expires_at) end`;
}

/** Makes a student's claim outlast the clock: a booking stands behind it now. */
export async function keepClaim(tx: Tx, slotId: SlotId, student: PersonId, tutor: PersonId): Promise<void> {
  await tx.sql`
    update claims set expires_at = null where slot_id = ${slotId} and person_id in (${student}, ${tutor})`;
}

/** Gives students' time back; a tutor's claim then ends with the longest that is left, or goes with the last. */
export async function releaseClaims(
  tx: Tx,
  released: readonly { slotId: SlotId; studentId: PersonId }[],
): Promise<void> {
  const slots = released.map(({ slotId }) => slotId);
  const students = released.map(({ studentId }) => studentId);
  await tx.sql`
    delete from claims using unnest(${slots}::uuid[], ${students}::uuid[]) as gone (slot_id, person_id)
     where claims.slot_id = gone.slot_id and claims.person_id = gone.person_id and seat > 0`;
  await tx.sql`
    with left_over as (
      select t.slot_id, count(s.seat) as seats,
             case when bool_or(s.expires_at is null) then null else max(s.expires_at) end as expires_at
        from claims t left join claims s on s.slot_id = t.slot_id and s.seat > 0
       where t.slot_id = any(${slots}) and t.seat = 0
       group by t.slot_id
    ), emptied as (
      delete from claims using left_over
       where claims.slot_id = left_over.slot_id and claims.seat = 0 and left_over.seats = 0
    )
    update claims set expires_at = left_over.expires_at from left_over
     where claims.slot_id = left_over.slot_id and claims.seat = 0 and left_over.seats > 0`;
}

const lesson = ({ startAt, endAt }: SlotOnTerms): string => range(startAt.getTime(), endAt.getTime());
const padded = ({ startAt, endAt, bufferBeforeMinutes, bufferAfterMinutes }: SlotOnTerms): string =>
  range(startAt.getTime() - bufferBeforeMinutes * 60_000, endAt.getTime() + bufferAfterMinutes * 60_000);
const spanOf = ({ from, until }: Span): string => range(from.getTime(), until.getTime());
const range = (from: number, until: number): string =>
  `[${new Date(from).toISOString()},${new Date(until).toISOString()})`;
