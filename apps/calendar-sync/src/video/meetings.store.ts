import type { BookingId, PersonId } from '@scheduling/domain';
import { takeDue, type Tx } from '@scheduling/persistence';
import type { Settings } from './settings.store.ts';

/** What is known of a lesson when it is heard of. */
export interface Lesson {
  readonly bookingId: BookingId;
  readonly tutorId: PersonId;
  /** The booking's. */
  readonly version: number;
  readonly startAt: Date;
  readonly endAt: Date;
  /** False once it is called off. */
  readonly isWanted: boolean;
}

/** Where a lesson takes place: what should be at Zoom, and what is as far as we know. */
export interface Meeting extends Lesson {
  readonly id: string;
  /** What Zoom calls it; null until it has answered. */
  readonly meetingId: string | null;
  readonly joinLink: string | null;
  /** Whether one was asked for, and nobody knows what became of it. */
  readonly isAsked: boolean;
  /** The version that Zoom has. */
  readonly writtenVersion: number | null;
  readonly attempts: number;
}

/** The version of a lesson that is known here, locked until the transaction ends; null if none is. */
export async function lockVersion(tx: Tx, id: BookingId): Promise<number | null> {
  const [row] = await tx.sql<{ version: string }>`select version from meetings where booking_id = ${id} for update`;
  return row ? Number(row.version) : null;
}

/** Writes down where a lesson takes place that was not known before, and whether there is something to do for it. */
export async function insertMeeting(
  tx: Tx,
  { bookingId, tutorId, version, startAt, endAt, isWanted }: Lesson,
  room: { provider: Settings['video']; joinLink: string | null; isPlanned: boolean },
): Promise<void> {
  await tx.sql`
    insert into meetings (booking_id, tutor_id, provider, version, start_at, end_at, is_wanted, join_link, state, next_attempt_at)
    values (${bookingId}, ${tutorId}, ${room.provider}, ${version}, ${startAt}, ${endAt}, ${isWanted}, ${room.joinLink},
            ${room.isPlanned ? 'planned' : 'idle'}, ${tx.now})`;
}

/** Writes down what a known lesson has become; what Zoom has to hear is due at once, or right after what is underway. */
export async function updateMeeting(tx: Tx, { bookingId, version, startAt, endAt, isWanted }: Lesson): Promise<void> {
  await tx.sql`
    update meetings
       set version = ${version}, start_at = ${startAt}, end_at = ${endAt}, is_wanted = ${isWanted}, next_attempt_at = ${tx.now},
           state = case when state = 'idle' and provider = 'zoom' then 'planned' else state end
     where booking_id = ${bookingId}`;
}

/** Takes at most so many meetings that are due at Zoom, for this worker alone. */
export async function takeMeetings(tx: Tx, limit: number, leaseSeconds: number): Promise<Meeting[]> {
  const rows = await takeDue<Row>(tx, 'meetings', limit, leaseSeconds);
  return rows.map(meetingOf);
}

/** Writes down whether one may have been made that we know nothing of; false where another worker has taken over. */
export async function markAsked(tx: Tx, { id, attempts }: Meeting, isAsked: boolean): Promise<boolean> {
  const rows = await tx.sql<{ id: string }>`
    update meetings set is_asked = ${isAsked} where id = ${id} and state = 'working' and attempts = ${attempts}
    returning id`;
  return rows.length > 0;
}

/** What came of the work on a meeting. */
export interface Outcome {
  readonly meetingId: string | null;
  readonly joinLink: string | null;
}

/** Writes down what Zoom has now; tells whether the lesson is still wanted, or null where another worker has taken over. */
export async function finishMeeting(
  tx: Tx,
  { id, attempts, version }: Meeting,
  { meetingId, joinLink }: Outcome,
): Promise<boolean | null> {
  const [row] = await tx.sql<{ isWanted: boolean }>`
    update meetings
       set meeting_id = ${meetingId}, join_link = ${joinLink}, is_asked = false, written_version = ${version},
           state = case when version > ${version} then 'planned' else 'idle' end,
           attempts = 0, next_attempt_at = ${tx.now}, lease_until = null, last_error = null
     where id = ${id} and state = 'working' and attempts = ${attempts}
    returning is_wanted as "isWanted"`;
  return row?.isWanted ?? null;
}

/** Puts a meeting off that could not be brought about, with a code for why. */
export async function postponeMeeting(
  tx: Tx,
  { id, attempts }: Meeting,
  wait: { ms: number; code: string },
): Promise<void> {
  await tx.sql`
    update meetings
       set state = 'planned', lease_until = null, last_error = ${wait.code},
           next_attempt_at = ${new Date(tx.now.getTime() + wait.ms)}
     where id = ${id} and state = 'working' and attempts = ${attempts}`;
}

interface Row {
  id: string;
  booking_id: BookingId;
  tutor_id: PersonId;
  version: string;
  start_at: Date;
  end_at: Date;
  is_wanted: boolean;
  meeting_id: string | null;
  join_link: string | null;
  is_asked: boolean;
  written_version: string | null;
  attempts: number;
}

const meetingOf = (row: Row): Meeting => ({
  id: row.id,
  bookingId: row.booking_id,
  tutorId: row.tutor_id,
  version: Number(row.version),
  startAt: row.start_at,
  endAt: row.end_at,
  isWanted: row.is_wanted,
  meetingId: row.meeting_id,
  joinLink: row.join_link,
  isAsked: row.is_asked,
  writtenVersion: row.written_version === null ? null : Number(row.written_version),
  attempts: row.attempts,
});
