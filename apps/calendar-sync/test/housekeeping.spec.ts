import { randomUUID } from 'node:crypto';
import { Database, prune } from '@scheduling/persistence';
import { FrozenClock, type TestDatabase, testDatabase } from '@scheduling/testing';
import { CalendarSyncConfig } from '../src/config.ts';
import { housekeeping } from '../src/housekeeping.ts';
import { calendarSyncSchema } from '../src/schema.ts';

const OLD = '2029-10-01T00:00:00Z';
const YOUNG = '2030-02-27T00:00:00Z';
const COMING = '2030-04-01T00:00:00Z';

describe('housekeeping of calendar-sync', () => {
  let test: TestDatabase;
  let db: Database;
  beforeAll(async () => {
    test = await testDatabase('calendar_sync', calendarSyncSchema);
    db = new Database(test.source, new FrozenClock(new Date('2030-03-01T03:00:00Z')));
  });
  beforeEach(() => test.source.query('truncate lessons, lesson_events, meetings, busy_events, repairs, oauth_states'));
  afterAll(() => test.drop());

  const nightly = async () => {
    for (const kept of housekeeping(new CalendarSyncConfig())) await prune(db, kept, kept.hours);
  };
  const left = async (what: string, table: string): Promise<unknown[]> => {
    const rows: { what: unknown }[] = await test.source.query(`select ${what} as what from ${table} order by 1`);
    return rows.map((row) => row.what);
  };
  const lesson = async (endAt: string) => {
    const id = randomUUID();
    await test.source.query(
      `insert into lessons (booking_id, version, tutor_id, student_id, start_at, end_at, is_on, join_link, tutor_timezone, updated_at)
       values ($1, 1, $1, $1, $2::timestamptz - interval '1 hour', $2, true, '', 'UTC', $2)`,
      [id, endAt],
    );
    await test.source.query(
      `insert into lesson_events (booking_id, user_id, calendar_id, side, event_id, is_wanted, wanted_version, state, next_attempt_at)
       values ($1, $1, 'c', 'tutor', 'e', true, 1, 'idle', $2)`,
      [id, endAt],
    );
  };

  it('takes lessons of the past with what calendars showed of them', async () => {
    for (const end of [OLD, YOUNG, COMING]) await lesson(end);
    await nightly();
    expect(await left('end_at', 'lessons')).toEqual([new Date(YOUNG), new Date(COMING)]);
    expect(await left('count(*)::int', 'lesson_events')).toEqual([2]);
  });

  it('takes rooms of lessons of the past, unless there is something to do for one', async () => {
    for (const [end, state] of [
      [OLD, 'idle'],
      [OLD, 'planned'],
      [YOUNG, 'idle'],
    ])
      await test.source.query(
        `insert into meetings (booking_id, tutor_id, provider, version, start_at, end_at, is_wanted, state, next_attempt_at)
         values (gen_random_uuid(), gen_random_uuid(), 'zoom', 1, $1, $1, true, $2, $1)`,
        [end, state],
      );
    await nightly();
    expect(await left(`state || ' ' || end_at::date`, 'meetings')).toEqual(['idle 2030-02-27', 'planned 2029-10-01']);
  });

  it('takes busy time of the past, old repairs, and consents whose time is over', async () => {
    for (const at of [OLD, YOUNG, COMING])
      await test.source.query(
        `insert into busy_events (source_id, user_id, event_id, start_at, end_at)
         values (gen_random_uuid(), gen_random_uuid(), 'e', $1::timestamptz - interval '1 hour', $1)`,
        [at],
      );
    for (const at of [OLD, YOUNG])
      await test.source.query(
        `insert into repairs (user_id, booking_id, kind, found_at) values (gen_random_uuid(), gen_random_uuid(), 'missing', $1)`,
        [at],
      );
    for (const at of ['2030-03-01T01:59:00Z', '2030-03-01T02:01:00Z'])
      await test.source.query(
        `insert into oauth_states (state_hash, user_id, code_verifier, created_at, expires_at)
         values (convert_to($1, 'UTF8'), gen_random_uuid(), '', $1::timestamptz, $1::timestamptz)`,
        [at],
      );
    await nightly();
    expect(await left('end_at', 'busy_events')).toEqual([new Date(YOUNG), new Date(COMING)]);
    expect(await left('found_at', 'repairs')).toEqual([new Date(YOUNG)]);
    expect(await left('expires_at', 'oauth_states')).toEqual([new Date('2030-03-01T02:01:00Z')]);
  });

  it('goes by an index in each table', async () => {
    for (const { table, since, among = 'true' } of housekeeping(new CalendarSyncConfig())) {
      const [row] = await test.source.query(
        `explain (format json) select ctid from ${table} where ${since} < now() and ${among} order by ${since} limit 5000`,
      );
      expect(JSON.stringify(row)).toContain('"Index Name"');
      expect(JSON.stringify(row)).not.toContain('Seq Scan');
    }
  });
});
