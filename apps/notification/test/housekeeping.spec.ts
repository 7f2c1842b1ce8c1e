import { randomUUID } from 'node:crypto';
import { Database, prune } from '@scheduling/persistence';
import { FrozenClock, type TestDatabase, testDatabase } from '@scheduling/testing';
import { NotificationConfig } from '../src/config.ts';
import { housekeeping } from '../src/housekeeping.ts';
import { notificationSchema } from '../src/schema.ts';

const OLD = '2029-03-01T00:00:00Z';
const YOUNG = '2030-02-27T00:00:00Z';

describe('housekeeping of the notification service', () => {
  let test: TestDatabase;
  let db: Database;
  beforeAll(async () => {
    test = await testDatabase('notification', notificationSchema);
    db = new Database(test.source, new FrozenClock(new Date('2030-03-01T03:00:00Z')));
  });
  beforeEach(() =>
    test.source.query(
      'truncate messages, in_app, lessons, sms_replies, push_devices, webhook_endpoints, webhook_events cascade',
    ),
  );
  afterAll(() => test.drop());

  const nightly = async () => {
    for (const kept of housekeeping(new NotificationConfig())) await prune(db, kept, kept.hours);
  };
  const left = async (what: string, table: string): Promise<unknown[]> => {
    const rows: { what: unknown }[] = await test.source.query(`select ${what} as what from ${table} order by 1`);
    return rows.map((row) => row.what);
  };
  const message = async (kind: string, state: string, at: string, digest: string | null = null) => {
    const id = randomUUID();
    await test.source.query(
      `insert into messages (id, booking_id, booking_version, recipient_id, channel, kind, event, state, next_attempt_at, lease_until,
                             message_id, created_at, due_at, sent_at, digest_id, gathered)
       values ($1::uuid, $1::uuid, 1, $1::uuid, 'in_app', $2, '{}', $3, $4::timestamptz, case when $3 = 'working' then $4::timestamptz end, $1::uuid::text, $4, $4,
               case when $3 = 'sent' then $4::timestamptz end, $5, case when $5::uuid is not null then '{}'::jsonb end)`,
      [id, kind, state, at, digest],
    );
    return id;
  };

  it('takes messages that were sent or never will be long ago, and none that is still to be sent', async () => {
    for (const state of ['sent', 'failed', 'skipped', 'revoked', 'planned', 'working'])
      await message('old', state, OLD);
    await message('young', 'sent', YOUNG);
    await nightly();
    expect(await left(`kind || ' ' || state`, 'messages')).toEqual(['old planned', 'old working', 'young sent']);
  });

  it('takes with a message what people read of it, and with a digest what it had gathered', async () => {
    for (const at of [OLD, YOUNG])
      await test.source.query(
        `insert into in_app (message_id, user_id, kind, title, body, created_at) values ($1, $1, 'k', '', '', $2)`,
        [await message('news', 'sent', at), at],
      );
    const digest = await message('digest', 'sent', OLD);
    await message('gathered', 'skipped', OLD, digest);
    await nightly();
    expect(await left('created_at', 'in_app')).toEqual([new Date(YOUNG)]);
    expect(await left('kind', 'messages')).toEqual(['news']);
  });

  it('takes lessons of the past, answers to texts, and devices that nobody uses any more', async () => {
    for (const at of [OLD, YOUNG]) {
      await test.source.query(
        `insert into lessons (booking_id, version, tutor_id, student_id, start_at, end_at, status, join_link)
         values (gen_random_uuid(), 1, gen_random_uuid(), gen_random_uuid(), $1, $1, 'completed', '')`,
        [at],
      );
      await test.source.query(`insert into sms_replies (sid, heard_at) values ($1::text, $1::text::timestamptz)`, [at]);
      await test.source.query(
        `insert into push_devices (user_id, platform, address, created_at, last_used_at) values (gen_random_uuid(), 'ios', $1::text, $2, $1::text::timestamptz)`,
        [at, OLD],
      );
    }
    await nightly();
    expect(await left('end_at', 'lessons')).toEqual([new Date(YOUNG)]);
    expect(await left('heard_at', 'sms_replies')).toEqual([new Date(YOUNG)]);
    expect(await left('last_used_at', 'push_devices')).toEqual([new Date(YOUNG)]);
  });

  it('takes deliveries to webhooks that never arrived, also where an endpoint was turned off and forgotten', async () => {
    const [{ id: endpoint }] = await test.source.query(
      `insert into webhook_endpoints (url, event_types, description, is_enabled, disabled_reason, created_at)
       values ('https://example.org', '{*}', '', false, 'by an operator', $1) returning id`,
      [OLD],
    );
    for (const [state, at] of [
      ['planned', OLD],
      ['dead', OLD],
      ['working', OLD],
      ['planned', YOUNG],
    ]) {
      const event = randomUUID();
      await test.source.query(`insert into webhook_events (id, name, at, body) values ($1, 'e', $2, '')`, [event, at]);
      await test.source.query(
        `insert into webhook_deliveries (endpoint_id, event_id, state, next_attempt_at, lease_until, created_at)
         values ($1, $2, $3, $4, case when $3 = 'working' then $4::timestamptz end, $4)`,
        [endpoint, event, state, at],
      );
    }
    await nightly();
    expect(await left('state', 'webhook_deliveries')).toEqual(['planned', 'working']);
  });

  it('goes by an index in each table', async () => {
    for (const { table, since, among = 'true' } of housekeeping(new NotificationConfig())) {
      const [row] = await test.source.query(
        `explain (format json) select ctid from ${table} where ${since} < now() and ${among} order by ${since} limit 5000`,
      );
      expect(JSON.stringify(row)).toContain('"Index Name"');
      expect(JSON.stringify(row)).not.toContain('Seq Scan');
    }
  });
});
