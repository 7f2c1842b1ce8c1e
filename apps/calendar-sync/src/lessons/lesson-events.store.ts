import type { BookingId, PersonId } from '@scheduling/domain';
import type { Tx } from '@scheduling/persistence';

/** A lesson in a calendar: what should be there, and what was written last. */
export interface LessonEvent {
  readonly id: string;
  readonly bookingId: BookingId;
  readonly userId: PersonId;
  readonly calendarId: string;
  readonly side: 'tutor' | 'student';
  readonly generation: number;
  readonly eventId: string;
  readonly isWanted: boolean;
  readonly wantedVersion: number;
  /** Null while nothing is there. */
  readonly writtenVersion: number | null;
  readonly writtenAt: Date | null;
  readonly writtenStart: Date | null;
  readonly writtenEnd: Date | null;
  readonly googleUpdatedAt: Date | null;
  readonly joinLink: string | null;
  readonly meetTries: number;
  /** What its owner did to it, while the other side has not decided. */
  readonly awaitsAnswer: 'moved' | 'removed' | null;
  readonly state: 'idle' | 'planned' | 'working';
  readonly attempts: number;
  readonly leaseUntil: Date | null;
}

type Row = Omit<LessonEvent, 'wantedVersion' | 'writtenVersion'> & {
  wantedVersion: string;
  writtenVersion: string | null;
};

const COLUMNS = `
  id, booking_id as "bookingId", user_id as "userId", calendar_id as "calendarId", side, generation, event_id as "eventId",
  is_wanted as "isWanted", wanted_version as "wantedVersion", written_version as "writtenVersion",
  written_at as "writtenAt", written_start as "writtenStart", written_end as "writtenEnd", google_updated_at as "googleUpdatedAt",
  join_link as "joinLink", meet_tries as "meetTries", awaits_answer as "awaitsAnswer", state, attempts,
  lease_until as "leaseUntil"`;

const eventOf = (row: Row): LessonEvent => ({
  ...row,
  wantedVersion: Number(row.wantedVersion),
  writtenVersion: row.writtenVersion === null ? null : Number(row.writtenVersion),
});

/** Google wants small letters and digits up to v; the same lesson in the same calendar has the same id again. */
export const eventIdSql = (booking: string, user: string, calendar: string, generation: string): string =>
  `left(encode(sha256(convert_to(${booking} || ':' || ${user} || ':' || ${calendar} || ':' || ${generation}, 'UTF8')), 'hex'), 32)`;

/**
 * Plans what calendars show, of one lesson or of all of a person's: the written calendar of each connected person shows each lesson
 * that is on and not over, and no other calendar does. What is as it should be stays; what is over stays as it was.
 */
export async function replan(tx: Tx, scope: { bookingId: BookingId | null; person: PersonId | null }): Promise<void> {
  const parameters = [scope.bookingId, scope.person, tx.now];
  await tx.query(
    `with concerned as (
       select l.booking_id, l.version, l.is_on, p.user_id, p.side
         from lessons l cross join lateral (values (l.tutor_id, 'tutor'), (l.student_id, 'student')) as p (user_id, side)
        where l.end_at > $3 and ($1::uuid is null or l.booking_id = $1)
          and ($2::uuid is null or (l.tutor_id = $2 or l.student_id = $2) and p.user_id = $2)
     ), shown as (
       select c.*, w.calendar_id
         from concerned c
         join google_oauth_accounts a on a.user_id = c.user_id and a.state = 'connected'
         join watched_calendars w on w.user_id = c.user_id and w.is_written
        where c.is_on
     ), changed as (
       update lesson_events e
          set is_wanted = s.booking_id is not null, wanted_version = c.version, attempts = 0, next_attempt_at = $3,
              state = case when e.state = 'working' then e.state
                           when exists (select from google_oauth_accounts where user_id = e.user_id and state = 'connected') then 'planned'
                           else 'idle' end
         from concerned c left join shown s on s.booking_id = c.booking_id and s.user_id = c.user_id
        where e.booking_id = c.booking_id and e.user_id = c.user_id
          and (s.booking_id is null or s.calendar_id = e.calendar_id)
          and ((e.is_wanted, e.wanted_version) is distinct from (s.booking_id is not null, c.version)
               or e.state = 'idle' and e.written_version is distinct from case when s.booking_id is not null then c.version end)
     ), elsewhere as (
       -- Another calendar is written now: what the former one shows goes.
       update lesson_events e
          set is_wanted = false, attempts = 0, next_attempt_at = $3,
              state = case when e.state = 'working' then e.state else 'planned' end
         from shown s
        where e.booking_id = s.booking_id and e.user_id = s.user_id and e.calendar_id <> s.calendar_id
          and (e.is_wanted or e.state = 'idle' and e.written_version is not null)
     )
     insert into lesson_events (booking_id, user_id, calendar_id, side, event_id, is_wanted, wanted_version, state, next_attempt_at)
     select booking_id, user_id, calendar_id, side,
            ${eventIdSql('booking_id::text', 'user_id::text', 'calendar_id', "'1'")}, true, version, 'planned', $3
       from shown
     on conflict (booking_id, user_id, calendar_id) do nothing`,
    parameters,
  );
}

/** Takes lessons that are to be written under a lease, the oldest first, one at a time of each calendar: quick successive writes are refused. */
export async function takeEvents(tx: Tx, limit: number, leaseSeconds: number): Promise<LessonEvent[]> {
  const rows = await tx.query<Row>(
    `update lesson_events set state = 'working', attempts = attempts + 1, needs_look = false, lease_until = $1::timestamptz + make_interval(secs => $2)
      where id in (
        select id from lesson_events e
         where next_attempt_at <= $1 and (state = 'planned' or state = 'working' and lease_until <= $1)
           and not exists (select from lesson_events o
                            where o.user_id = e.user_id and o.calendar_id = e.calendar_id and o.state = 'working' and o.lease_until > $1)
           and id = (select f.id from lesson_events f
                      where f.user_id = e.user_id and f.calendar_id = e.calendar_id and f.next_attempt_at <= $1
                        and (f.state = 'planned' or f.state = 'working' and f.lease_until <= $1)
                      order by f.next_attempt_at, f.id limit 1)
         order by next_attempt_at limit $3
           for update skip locked)
     returning ${COLUMNS}`,
    [tx.now, leaseSeconds, limit],
  );
  return rows.map(eventOf);
}

/** The rows that stand for these events in a calendar, locked. */
export async function lockEvents(
  tx: Tx,
  user: PersonId,
  calendarId: string,
  eventIds: readonly string[],
): Promise<LessonEvent[]> {
  const rows = await tx.query<Row>(
    `select ${COLUMNS} from lesson_events where user_id = $1 and calendar_id = $2 and event_id = any($3) order by id for update`,
    [user, calendarId, eventIds],
  );
  return rows.map(eventOf);
}

/** A row that was taken, locked; nothing where another worker has it, or its person let us go. */
export async function lockTakenEvent(tx: Tx, { id, leaseUntil }: LessonEvent): Promise<LessonEvent | undefined> {
  const [row] = await tx.query<Row>(
    `select ${COLUMNS} from lesson_events where id = $1 and state = 'working' and lease_until = $2 for update`,
    [id, leaseUntil],
  );
  return row && eventOf(row);
}

/** All rows of a person's calendar whose lessons were not over at an instant, locked. */
export async function lockEventsOf(tx: Tx, user: PersonId, calendarId: string, at: Date): Promise<LessonEvent[]> {
  const rows = await tx.query<Row>(
    `select ${COLUMNS} from lesson_events e
      where user_id = $1 and calendar_id = $2
        and exists (select from lessons l where l.booking_id = e.booking_id and l.end_at > $3)
      order by id for update`,
    [user, calendarId, at],
  );
  return rows.map(eventOf);
}
