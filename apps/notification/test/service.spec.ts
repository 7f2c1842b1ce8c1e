import {
  CalendarConnected,
  CalendarDisconnected,
  CalendarSyncFailed,
  CalendarSyncRecovered,
  type SchedulingEvent,
  topicOf,
  UserChanged,
} from '@scheduling/contracts';
import { newId, type PersonId } from '@scheduling/domain';
import { seal } from '@scheduling/events';
import { run, type RunningService } from '@scheduling/service-kit';
import { type TestDatabase, testDatabase, until } from '@scheduling/testing';
import { Client } from 'pg';
import { NotificationConfig } from '../src/config.ts';
import { notificationSchema } from '../src/schema.ts';
import { service } from '../src/service.ts';
import {
  answer,
  awaited,
  cancellation,
  completion,
  failure,
  held,
  lesson,
  link,
  move,
  noShow,
  offer,
  proposal,
  refund,
  series,
  skipping,
} from './booking-says.ts';
import { type SmtpDouble, smtpDouble } from './smtp-double.ts';

describe('the notification service', () => {
  let test: TestDatabase;
  let admin: Client;
  let smtp: SmtpDouble;
  let running: RunningService;

  beforeAll(async () => {
    test = await testDatabase('notification', notificationSchema);
    admin = new Client({ connectionString: test.adminUrl });
    await admin.connect();
    smtp = await smtpDouble();
    const settings = { PORT: 0, HOST: '127.0.0.1', LOG_LEVEL: 'error', AUTH_ISSUER: 'http://127.0.0.1:9' } as const;
    const config = { ...settings, DATABASE_URL: test.url, SMTP_URL: smtp.url };
    running = await run(service, Object.assign(new NotificationConfig(), config));
  });
  afterAll(async () => {
    await running.close();
    await smtp.close();
    await admin.end();
    await test.drop();
  });

  /** Puts facts on the log as the relays of other services do; this one may not speak for them. */
  async function state(...facts: SchedulingEvent[]): Promise<void> {
    for (const envelope of facts.map((fact) => seal(fact, new Date()))) {
      const { id, type, partitionkey } = envelope;
      await admin.query(
        'insert into bus.log (part, topic, key, type, event_id, envelope) values (0, $1, $2, $3, $4, $5)',
        [topicOf(type), partitionkey, type, id, envelope],
      );
    }
  }

  const person = (id: UserChanged['user_id'], name: string): UserChanged =>
    UserChanged.of<UserChanged>({
      user_id: id,
      version: 1,
      email: `${name}@example.org`,
      name,
      roles: ['student'],
      timezone: 'Europe/Kyiv',
      locale: 'en',
    });

  it('is healthy', async () => {
    expect((await fetch(`${running.url}/health/ready`)).status).toBe(200);
  });

  it('hears of all that becomes of a lesson', async () => {
    const booked = lesson({ start_at: '2098-03-01T12:00:00.000Z', end_at: '2098-03-01T13:00:00.000Z' });
    const offered = offer(booked, { expires_at: '2098-03-01T09:00:00.000Z' });
    const hold = held(booked, { expires_at: '2098-03-01T09:00:00.000Z' });
    const proposed = proposal(booked);
    await state(hold, awaited(booked), offered, failure(booked), proposed, answer(proposed), link(booked));
    await state(move(booked), completion(booked), noShow(booked), refund(booked, { version: 3 }));
    const kinds = 'select kind from messages where booking_id = $1 group by kind order by kind';
    const heard = async () => await test.source.query(kinds, [booked.booking_id]);
    await until('all of it is in the ledger', async () => (await heard()).length === 13);
    expect((await heard()).map(({ kind }: { kind: string }) => kind)).toEqual([
      'booking_completed',
      'booking_no_show',
      'booking_pending_payment',
      'booking_refunded',
      'booking_rescheduled',
      'hold_expiring',
      'lesson_link_ready',
      'lesson_soon',
      'lesson_tomorrow',
      'payment_failed',
      'proposal_answered',
      'proposal_made',
      'waitlist_offered',
    ]);
  });

  it('hears of a series', async () => {
    const made = series({ start_at: '2098-03-01T12:00:00.000Z' });
    await state(made, skipping(made));
    const kinds = 'select kind from messages where booking_id = $1 group by kind order by kind';
    await until('both are in the ledger', async () => (await test.source.query(kinds, [made.series_id])).length === 2);
    expect(await test.source.query(kinds, [made.series_id])).toEqual([
      { kind: 'series_booked' },
      { kind: 'series_dates_skipped' },
    ]);
  });

  it('hears of all that becomes of a calendar', async () => {
    const user_id = newId<PersonId>();
    const known_until = '2030-03-01T08:30:00.000Z';
    await state(
      CalendarConnected.of<CalendarConnected>({ user_id, version: 1 }),
      CalendarSyncFailed.of<CalendarSyncFailed>({ user_id, version: 2, code: 'reconnect_required', known_until }),
      CalendarSyncRecovered.of<CalendarSyncRecovered>({ user_id, version: 3 }),
      CalendarDisconnected.of<CalendarDisconnected>({ user_id, version: 4 }),
    );
    const heard = 'select version::int, is_connected from calendar_connections where user_id = $1';
    await until('the last of it', async () => (await test.source.query(heard, [user_id]))[0]?.version === 4);
    expect(await test.source.query(heard, [user_id])).toEqual([{ version: 4, is_connected: false }]);
    const asked = await test.source.query('select distinct kind, state from messages where booking_id = $1', [user_id]);
    expect(asked).toEqual([{ kind: 'calendar_reconnect', state: 'revoked' }]);
  });

  it('turns what the others state into mail for both people', async () => {
    // The service goes by the real clock, and tells nobody of what is over.
    const [start_at, end_at] = [48, 49].map((hours) => new Date(Date.now() + hours * 3_600_000).toISOString());
    const booked = lesson({ start_at: start_at!, end_at: end_at! });
    await state(booked, person(booked.student_id, 'sam'), person(booked.tutor_id, 'olena'));
    await until('both have mail', () => smtp.arrived.length === 2);
    await state(cancellation(booked));
    await until('both have heard of the cancellation', () => smtp.arrived.length === 4);
    expect(smtp.arrived.map(({ to }) => to).toSorted()).toEqual(
      ['olena', 'olena', 'sam', 'sam'].map((name) => `${name}@example.org`),
    );
  });
});
