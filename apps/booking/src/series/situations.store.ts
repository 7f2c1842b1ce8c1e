import type { PersonId, SlotId } from '@scheduling/domain';
import { statement, type Tx } from '@scheduling/persistence';
import { HOLD, type Hold } from '../holds/holds.store.ts';
import type { Seated } from '../holds/situation.store.ts';
import { SLOT, type SlotOnTerms, TERMS } from '../slots/slots.store.ts';
import type { Look } from './plan.policy.ts';

/** Which slots of a tutor are looked at, and for whom. */
export interface Asked {
  readonly tutorId: PersonId;
  readonly student: PersonId;
  /** Those that start then. */
  readonly starts?: readonly Date[];
  readonly ids?: readonly SlotId[];
}

type Found = SlotOnTerms & {
  readonly seated: readonly (Omit<Seated, 'expiresAt'> & { expiresAt: string | null })[];
  readonly tutorBusy: boolean;
  readonly studentBusy: boolean;
  readonly isWaitedFor: boolean;
};

// What a hold looks at, of many slots in one statement; each part by an index, since claims of lessons that were stay for ever.
const LOOK = statement(`
  select ${SLOT}, ${TERMS},
         coalesce((select jsonb_agg(jsonb_build_object('seat', c.seat, 'personId', c.person_id, 'expiresAt', c.expires_at))
                     from claims c where c.slot_id = s.id and c.seat > 0 and (c.expires_at is null or c.expires_at > $5)),
                  '[]') as seated,
         exists (select from claims c
                  where c.person_id = s.tutor_id and c.slot_id <> s.id and (c.expires_at is null or c.expires_at > $5)
                    and c.during && tstzrange(s.start_at - make_interval(mins => k.buffer_before_minutes),
                                              s.end_at + make_interval(mins => k.buffer_after_minutes))) as "tutorBusy",
         exists (select from claims c
                  where c.person_id = $2 and c.slot_id <> s.id and (c.expires_at is null or c.expires_at > $5)
                    and c.during && tstzrange(s.start_at, s.end_at)) as "studentBusy",
         exists (select from waiting_for(s.id, s.tutor_id, s.start_at, $5)) as "isWaitedFor"
    from slots s join schedules k using (tutor_id)
   where s.tutor_id = $1 and (s.start_at = any($3) or s.id = any($4))
   order by s.start_at`);

const HELD = statement(`
  select ${HOLD} from holds h
   where h.student_id = $1 and h.slot_id = any($2) and h.status = 'held' and h.expires_at > $3`);

/** Slots of a tutor as a student meets them, the soonest first; those without a slot are left out. */
export async function looksAt(tx: Tx, { tutorId, student, starts = [], ids = [] }: Asked): Promise<Look[]> {
  const rows = await tx.run<Found>(LOOK, [tutorId, student, starts, ids, tx.now]);
  const held = await tx.run<Hold>(HELD, [student, rows.map(({ id }) => id), tx.now]);
  return rows.map(({ seated, tutorBusy, studentBusy, isWaitedFor, ...slot }) => ({
    own: held.find(({ slotId }) => slotId === slot.id) ?? null,
    situation: {
      slot,
      seated: seated.map((one) => ({ ...one, expiresAt: one.expiresAt === null ? null : new Date(one.expiresAt) })),
      lessons: [],
      tutorBusy,
      studentBusy,
      isWaitedFor,
      // A series is no hoarding: its lessons are booked, and the limits of holds are not asked about.
      studentHolds: 0,
      studentHoldsLately: 0,
      own: null,
      inTheWay: [],
    },
  }));
}

/** The ids of a tutor's slots that start at these instants. */
export async function slotsAt(tx: Tx, tutorId: PersonId, starts: readonly Date[]): Promise<SlotId[]> {
  const slots = await tx.prepared<{ id: SlotId }>`
    select id from slots where tutor_id = ${tutorId} and start_at = any(${starts}::timestamptz[])`;
  return slots.map(({ id }) => id);
}

/** How far a tutor's openings reach; where nobody said so yet, as far as the last of them. */
export async function horizonOf(tx: Tx, tutorId: PersonId): Promise<Date> {
  const [known] = await tx.prepared<{ at: Date | null }>`
    select coalesce(k.horizon_at, (select max(s.start_at) + interval '1 millisecond' from slots s
                                    where s.tutor_id = k.tutor_id and s.offered and s.deleted_at is null)) as at
      from schedules k where k.tutor_id = ${tutorId}`;
  return known?.at ?? tx.now;
}

const LAPSED = statement(`
  select ${HOLD} from holds h
   where h.status = 'held' and h.expires_at <= $2 and (h.tutor_id = any($1) or h.student_id = any($1))`);

/** Holds of these people's time that ran out by `tx.now`, whoever teaches. */
export const lapsedOf = (tx: Tx, people: readonly PersonId[]): Promise<Hold[]> =>
  tx.run<Hold>(LAPSED, [people, tx.now]);
