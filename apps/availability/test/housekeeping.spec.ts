import { newId, type BookingId, type PersonId } from '@scheduling/domain';
import { Database, prune } from '@scheduling/persistence';
import { FrozenClock, type TestDatabase, testDatabase } from '@scheduling/testing';
import { AvailabilityConfig } from '../src/config.ts';
import { housekeeping } from '../src/housekeeping.ts';
import { availabilitySchema } from '../src/schema.ts';
import { keepTaken } from '../src/taken/taken.store.ts';

const OLD = '2029-10-01T00:00:00Z';
const YOUNG = '2030-02-27T00:00:00Z';
const COMING = '2030-04-01T00:00:00Z';

describe('housekeeping of the availability service', () => {
  const clock = new FrozenClock(new Date('2030-03-01T03:00:00Z'));
  const tutor = newId<PersonId>();
  let test: TestDatabase;
  let db: Database;
  beforeAll(async () => {
    test = await testDatabase('availability', availabilitySchema);
    db = new Database(test.source, clock);
  });
  beforeEach(() =>
    test.source.query('truncate taken_windows, busy_windows, availability_blocks, time_off_blocks, date_overrides'),
  );
  afterAll(() => test.drop());

  const nightly = async (on = db) => {
    for (const kept of housekeeping(new AvailabilityConfig())) await prune(on, kept, kept.hours);
  };
  const left = async (what: string, table: string): Promise<unknown[]> => {
    const rows: { what: unknown }[] = await test.source.query(`select ${what} as what from ${table} order by 1`);
    return rows.map((row) => row.what);
  };
  const taken = (kind: 'booked' | 'free' | 'held', endAt: string | null, on = db) =>
    on.transaction((tx) =>
      keepTaken(tx, {
        id: newId<BookingId>(),
        tutorId: tutor,
        kind,
        version: 1,
        startAt: endAt,
        endAt,
        expiresAt: null,
      }),
    );

  it('takes taken time of the past, and time that came free long ago', async () => {
    for (const end of [OLD, YOUNG, COMING]) for (const kind of ['booked', 'held'] as const) await taken(kind, end);
    await taken('free', null, new Database(test.source, new FrozenClock(new Date(OLD))));
    await taken('free', null);
    await nightly();
    expect(await left(`kind || ' ' || coalesce(end_at::date::text, '')`, 'taken_windows')).toEqual([
      'booked 2030-02-27',
      'booked 2030-04-01',
      'free ',
      'held 2030-02-27',
      'held 2030-04-01',
    ]);
  });

  it('takes busy time of the past', async () => {
    for (const end of [OLD, YOUNG, COMING])
      await test.source.query(
        `insert into busy_windows (tutor_id, start_at, end_at) values ($1, $2::timestamptz - interval '1 hour', $2)`,
        [tutor, end],
      );
    await nightly();
    expect(await left('end_at', 'busy_windows')).toEqual([new Date(YOUNG), new Date(COMING)]);
  });

  const block = (name: string, end: string, rule: string | null, over: string | null, deleted: string | null) =>
    test.source.query(
      `insert into availability_blocks (id, tutor_id, start_at, end_at, is_recurring, rrule, timezone, timezone_source, exdates,
                                        created_at, over_at, deleted_at)
       values (gen_random_uuid(), $1, $2::timestamptz - interval '1 hour', $2, $3::text is not null, $3, $6, 'request', '{}', $2, $4, $5)`,
      [tutor, end, rule, over, deleted, name],
    );

  it('takes rules that are over or were taken back, and none that goes on', async () => {
    await block('once, long ago', OLD, null, null, null);
    await block('once, lately', YOUNG, null, null, null);
    await block('goes on', OLD, 'FREQ=WEEKLY', null, null);
    await block('ended long ago', OLD, 'FREQ=WEEKLY;COUNT=1', OLD, null);
    await block('began long ago and ends later', OLD, 'FREQ=WEEKLY;COUNT=40', COMING, null);
    await block('taken back long ago', COMING, 'FREQ=WEEKLY', null, OLD);
    await block('taken back lately', COMING, 'FREQ=WEEKLY', null, YOUNG);
    await nightly();
    expect(await left('timezone', 'availability_blocks')).toEqual([
      'began long ago and ends later',
      'goes on',
      'once, lately',
      'taken back lately',
    ]);
  });

  it('takes time off and single dates that are over or were taken back', async () => {
    for (const [end, rule, over, deleted] of [
      [OLD, null, null, null],
      [OLD, 'FREQ=WEEKLY', null, null],
      [YOUNG, null, null, null],
      [COMING, null, null, OLD],
    ])
      await test.source.query(
        `insert into time_off_blocks (id, tutor_id, start_at, end_at, created_at, rrule, over_at, deleted_at)
         values (gen_random_uuid(), $1, $2::timestamptz - interval '1 hour', $2, $2, $3, $4, $5)`,
        [tutor, end, rule, over, deleted],
      );
    for (const [date, deleted] of [
      ['2029-10-01', null],
      ['2030-02-27', null],
      ['2030-04-01', OLD],
    ])
      await test.source.query(
        `insert into date_overrides (id, tutor_id, on_date, timezone, mode, hours, created_at, updated_at, deleted_at)
         values (gen_random_uuid(), $1, $2, 'UTC', 'extra', '[]', now(), now(), $3)`,
        [tutor, date, deleted],
      );
    await nightly();
    expect(await left(`end_at::date || ' ' || coalesce(rrule, '')`, 'time_off_blocks')).toEqual([
      '2029-10-01 FREQ=WEEKLY',
      '2030-02-27 ',
    ]);
    expect(await left('on_date::text', 'date_overrides')).toEqual(['2030-02-27']);
  });

  it('goes by an index in each table', async () => {
    for (const { table, since, among = 'true' } of housekeeping(new AvailabilityConfig())) {
      const [row] = await test.source.query(
        `explain (format json) select ctid from ${table} where ${since} < now() and ${among} order by ${since} limit 5000`,
      );
      expect(JSON.stringify(row)).toContain('"Index Name"');
      expect(JSON.stringify(row)).not.toContain('Seq Scan');
    }
  });
});
