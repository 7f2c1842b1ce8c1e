import { type SchedulingEvent, topicOf, UserChanged } from '@scheduling/contracts';
import { seal } from '@scheduling/events';
import { run, type RunningService } from '@scheduling/service-kit';
import { type TestDatabase, testDatabase, until } from '@scheduling/testing';
import { Client } from 'pg';
import { NotificationConfig } from '../src/config.ts';
import { notificationSchema } from '../src/schema.ts';
import { service } from '../src/service.ts';
import { cancellation, failure, lesson, move, offer, refund } from './scenario.ts';
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
    await state(offered, failure(booked), move(booked), refund(booked, { version: 3 }));
    const kinds = 'select kind from messages where booking_id = $1 group by kind order by kind';
    const heard = async () => await test.source.query(kinds, [booked.booking_id]);
    await until('all four are in the ledger', async () => (await heard()).length === 4);
    expect((await heard()).map(({ kind }: { kind: string }) => kind)).toEqual([
      'booking_refunded',
      'booking_rescheduled',
      'payment_failed',
      'waitlist_offered',
    ]);
  });

  it('turns what the others state into mail for both people', async () => {
    const booked = lesson();
    await state(booked, person(booked.student_id, 'sam'), person(booked.tutor_id, 'olena'));
    await until('both have mail', () => smtp.arrived.length === 2);
    await state(cancellation(booked));
    await until('both have heard of the cancellation', () => smtp.arrived.length === 4);
    expect(smtp.arrived.map(({ to }) => to).toSorted()).toEqual(
      ['olena', 'olena', 'sam', 'sam'].map((name) => `${name}@example.org`),
    );
  });
});
