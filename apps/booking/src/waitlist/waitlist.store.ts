import type { HoldId, PersonId, SlotId, WaitlistId } from '@scheduling/domain';
import { statement, type Tx } from '@scheduling/persistence';
import { HOLD, type Hold } from '../holds/holds.store.ts';
import type { WaitlistStatus } from './waitlist-statuses.ts';
import type { Wish } from './waitlist.policy.ts';

/** A place in a line. */
export interface Entry extends Wish {
  readonly id: WaitlistId;
  /** Whoever came earlier has a lower one. */
  readonly number: string;
  readonly studentId: PersonId;
  readonly status: WaitlistStatus;
  readonly joinedAt: Date;
  /** From then on nobody is offered a lesson that is waited for here. */
  readonly expiresAt: Date;
  /** The hold that the newest offer is; null where there has been none. */
  readonly holdId: HoldId | null;
}

type Row = Omit<Entry, 'starts'> & { readonly from: Date; readonly until: Date };

// What the clock or a confirmation has changed shows before it is written down.
const ENTRY = `
  e.id, e.number::text, e.tutor_id as "tutorId", e.student_id as "studentId", e.slot_id as "slotId",
  lower(e.starts) as from, upper(e.starts) as until, e.joined_at as "joinedAt", e.expires_at as "expiresAt", e.hold_id as "holdId",
  case when e.status = 'offered' and exists (select from holds h where h.id = e.hold_id and h.status = 'confirmed') then 'taken'
       when e.status = 'waiting' and e.expires_at <= $1 then 'expired'
       else e.status end as status`;

const INSERT = statement(`
  insert into waitlist as e (id, tutor_id, student_id, slot_id, starts, status, joined_at, expires_at)
  values ($2, $3, $4, $5, tstzrange($6, $7, case when $5::uuid is null then '[)' else '[]' end), 'waiting', $1, $8)
  returning ${ENTRY}`);

/** Puts a student at the end of a line; the tutor is locked, so that the numbers follow the commits. */
export async function insertEntry(tx: Tx, entry: Wish & Pick<Entry, 'id' | 'studentId' | 'expiresAt'>): Promise<Entry> {
  const { id, tutorId, studentId, slotId, starts, expiresAt } = entry;
  const values = [tx.now, id, tutorId, studentId, slotId, starts.from, starts.until, expiresAt];
  const [row] = await tx.run<Row>(INSERT, values);
  await addStep(tx, id, 'joined', slotId);
  return read(row!);
}

const LIVE = "(e.status = 'waiting' and e.expires_at > $1 or e.status = 'offered')";
const SAME = statement(`
  select ${ENTRY} from waitlist e
   where e.student_id = $2 and e.tutor_id = $3 and lower(e.starts) = $4 and upper(e.starts) = $5 and ${LIVE}`);

/** The place that a student has already in the very same line. */
export async function sameEntry(tx: Tx, student: PersonId, { tutorId, starts }: Wish): Promise<Entry | null> {
  const [row] = await tx.run<Row>(SAME, [tx.now, student, tutorId, starts.from, starts.until]);
  return row ? read(row) : null;
}

const COUNT = statement(`select count(*)::int as places from waitlist e where e.student_id = $2 and ${LIVE}`);

/** In how many lines a student stands. */
export async function placesOf(tx: Tx, student: PersonId): Promise<number> {
  const [count] = await tx.run<{ places: number }>(COUNT, [tx.now, student]);
  return count!.places;
}

const FIND = statement(`select ${ENTRY} from waitlist e where e.id = $2 and e.student_id = $3`);

/** A student's own place in a line. */
export async function findEntry(tx: Tx, id: WaitlistId, student: PersonId): Promise<Entry | null> {
  const [row] = await tx.run<Row>(FIND, [tx.now, id, student]);
  return row ? read(row) : null;
}

const LIST = statement(`
  select ${ENTRY} from waitlist e
   where e.student_id = $2
     and ($3::uuid is null or e.number < (select number from waitlist where id = $3 and student_id = $2))
   order by e.number desc limit $4`);

/** A student's places, the newest first, after one that has been seen, if any. */
export async function listEntries(
  tx: Tx,
  student: PersonId,
  { after, limit }: { after: WaitlistId | null; limit: number },
): Promise<Entry[]> {
  return (await tx.run<Row>(LIST, [tx.now, student, after, limit])).map(read);
}

/** A place in a line, with the offer that is open, if one is. */
export interface Place {
  readonly entry: Entry;
  readonly offer: Hold | null;
}

const OFFERS = statement(
  `select ${HOLD} from holds h where h.id = any($2) and h.student_id is not null and h.status = 'held' and h.expires_at > $1`,
);

/** These places with their offers. */
export async function withOffers(tx: Tx, entries: readonly Entry[]): Promise<Place[]> {
  const offered = entries.filter(({ status }) => status === 'offered').map(({ holdId }) => holdId);
  const offers = offered.length > 0 ? await tx.run<Hold>(OFFERS, [tx.now, offered]) : [];
  return entries.map((entry) => ({ entry, offer: offers.find(({ id }) => id === entry.holdId) ?? null }));
}

/** Whether a person has ever offered lessons. */
export async function isTutor(tx: Tx, personId: PersonId): Promise<boolean> {
  const [answer] = await tx.prepared<{ is: boolean }>`
    select exists (select from schedules where tutor_id = ${personId}) as is`;
  return answer!.is;
}

/** Takes somebody out of a line who does not want to wait any more. */
export async function leaveLine(tx: Tx, { id, slotId }: Entry): Promise<void> {
  await tx.sql`update waitlist set status = 'left' where id = ${id}`;
  await addStep(tx, id, 'left', slotId);
}

async function addStep(tx: Tx, id: WaitlistId, what: 'joined' | 'left', slotId: SlotId | null): Promise<void> {
  await tx.prepared`
    insert into waitlist_steps (entry_id, at, what, slot_id) values (${id}, ${tx.now}, ${what}, ${slotId})`;
}

const read = ({ from, until, ...row }: Row): Entry => ({ ...row, starts: { from, until } });
