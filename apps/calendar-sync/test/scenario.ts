import { createServer, type AddressInfo } from 'node:net';
import { randomBytes } from 'node:crypto';
import { Logger, type Type } from '@nestjs/common';
import {
  BookingCanceled,
  BookingConfirmed,
  BookingRescheduled,
  type EventClass,
  LessonLinkReady,
  metaOf,
  ProposalAnswered,
  type SchedulingEvent,
  UserChanged,
} from '@scheduling/contracts';
import { type BookingId, newId, type PersonId, type SlotId } from '@scheduling/domain';
import { Database, FROZEN_CLOCK, type Tx } from '@scheduling/persistence';
import { readConfig, run, type RunningService } from '@scheduling/service-kit';
import { FrozenClock, testDatabase, testIssuer, until } from '@scheduling/testing';
import { GoogleDouble } from '../../sandbox/src/google/google-double.ts';
import { CalendarSyncConfig } from '../src/config.ts';
import { LessonsConsumer } from '../src/lessons/lessons.consumer.ts';
import { PeopleConsumer } from '../src/people/people.consumer.ts';
import { calendarSyncSchema } from '../src/schema.ts';
import { service } from '../src/service.ts';

// What is outside fails here on purpose, again and again.
Logger.overrideLogger(false);

const API = '/api/v1/scheduling';
const HOUR = 3_600_000;

/** Keys of a ring: random, as every installation has its own. */
export const someKeys = (...ids: string[]): string =>
  ids.map((id) => `${id}:${randomBytes(32).toString('base64')}`).join(',');

/** Somebody with an account at Google. */
export interface Someone {
  readonly id: PersonId;
  readonly email: string;
  readonly token: string;
}

/** Consumers by the events that a test says. */
const CONSUMERS = new Map<EventClass, (app: { get: <T>(type: Type<T>) => T }, tx: Tx, event: never) => Promise<void>>([
  [UserChanged, (app, tx, event) => app.get(PeopleConsumer).keep(tx, event)],
  [BookingConfirmed, (app, tx, event) => app.get(LessonsConsumer).confirmed(tx, event)],
  [BookingRescheduled, (app, tx, event) => app.get(LessonsConsumer).rescheduled(tx, event)],
  [BookingCanceled, (app, tx, event) => app.get(LessonsConsumer).canceled(tx, event)],
  [LessonLinkReady, (app, tx, event) => app.get(LessonsConsumer).linked(tx, event)],
  [ProposalAnswered, (app, tx, event) => app.get(LessonsConsumer).answered(tx, event)],
]);

/** How a scenario differs from the usual one. */
export interface Settings {
  /** With one, transactions go by this clock; else by the real one. */
  readonly clock?: FrozenClock;
  readonly replicas?: number;
  readonly config?: Partial<Record<keyof CalendarSyncConfig, string>>;
}

/** Calendar-sync with its database, a Google, and people who have calendars there. */
export async function scenario({ clock, replicas = 1, config = {} }: Settings = {}) {
  const test = await testDatabase('calendar_sync', calendarSyncSchema);
  const issuer = await testIssuer();
  const google = await GoogleDouble.listen();
  const port = await freePort();
  const publicUrl = `http://127.0.0.1:${port}`;
  const env = {
    HOST: '127.0.0.1',
    LOG_LEVEL: 'error',
    DATABASE_URL: test.url,
    AUTH_ISSUER: issuer.url,
    PUBLIC_URL: publicUrl,
    GOOGLE_CLIENT_ID: 'sandbox',
    GOOGLE_CLIENT_SECRET: 'sandbox-secret',
    GOOGLE_REDIRECT_URI: `${publicUrl}${API}/auth/google/callback`,
    GOOGLE_API_URL: google.url,
    CALENDAR_TOKEN_KEYS: someKeys('k1'),
    ...config,
  };
  const overrides = clock ? [{ provide: FROZEN_CLOCK, useValue: clock }] : [];
  const running: RunningService[] = [];
  for (let n = 0; n < replicas; n++)
    running.push(
      await run(service, readConfig(CalendarSyncConfig, { ...env, PORT: n === 0 ? String(port) : '0' }), overrides),
    );
  const { app } = running[0]!;
  const db = new Database(test.source, clock);

  const ask = async (
    path: string,
    { as, method = 'GET', body }: { as?: Someone; method?: string; body?: object } = {},
  ) => {
    const answer = await fetch(`${publicUrl}${API}${path}`, {
      method,
      redirect: 'manual',
      headers: {
        ...(as && { authorization: `Bearer ${as.token}` }),
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    const isJson = /json/.test(answer.headers.get('content-type') ?? '');
    return { status: answer.status, headers: answer.headers, body: isJson ? JSON.parse(text) : text };
  };

  const s = {
    db,
    app,
    google,
    env,
    test,
    source: test.source,
    publicUrl,
    ask,
    get: <T>(type: Type<T>, replica = 0): T => running[replica]!.app.get(type, { strict: false }),

    /** Somebody whom accounts has told of, with an account at Google. */
    async person(name = 'Sam', timezone = 'UTC'): Promise<Someone> {
      const id = newId<PersonId>();
      const email = `${name.toLowerCase()}.${id.slice(0, 8)}@example.org`;
      google.addPerson(email, timezone);
      const told = { user_id: id, version: 1, email, name, roles: [], timezone, locale: 'en' };
      await s.say(UserChanged.of<UserChanged>(told));
      return { id, email, token: await issuer.token({ id, roles: ['tutor', 'student'] }) };
    },

    /** Has a person's calendar connected, as a browser does it, and read for the first time. */
    async connect(person: Someone): Promise<void> {
      const { body } = await ask('/calendar/auth-url', { as: person });
      const code = google.consent(body.url, person.email);
      const state = new URL(body.url).searchParams.get('state');
      const answer = await ask('/calendar/connect', { as: person, method: 'POST', body: { code, state } });
      if (answer.status !== 200) throw new Error(`${answer.status} ${JSON.stringify(answer.body)}`);
      await until('the calendar to be read', async () => (await s.status(person)).last_sync_at !== null);
    },

    /** Somebody new, connected. */
    async connected(name?: string, timezone?: string): Promise<Someone> {
      const person = await s.person(name, timezone);
      await s.connect(person);
      return person;
    },

    status: async (person: Someone) => (await ask('/calendar/status', { as: person })).body,

    /** Delivers a fact to whoever hears it here. */
    say: <E extends SchedulingEvent>(event: E): Promise<void> =>
      db.transaction((tx) => CONSUMERS.get(event.constructor as EventClass)!(app, tx, event as never)),

    /** What was stated of this kind, in order. */
    async heard<E extends SchedulingEvent>(type: EventClass<E>): Promise<E[]> {
      const rows: { data: E }[] = await test.source.query(
        `select envelope -> 'data' as data from (
           select envelope, 0 as part, pos as n from bus.log where type = $1
           union all select envelope, 1, id from outbox where type = $1) as said
         order by part, n`,
        [metaOf(type).type],
      );
      return rows.map(({ data }) => data);
    },

    /** Waits until there is nothing more to read or to write. */
    async settle(): Promise<void> {
      await google.pushesSettled();
      await until('nothing to be due', async () => {
        const [{ due }] = await test.source.query(
          `select (select count(*) from watched_calendars where state = 'working' or state = 'planned' and next_attempt_at <= now() + interval '1 second')
                + (select count(*) from lesson_events where state <> 'idle') as due`,
        );
        return Number(due) === 0;
      });
    },

    async end(): Promise<void> {
      await google.close();
      for (const { close } of running) await close();
      await issuer.close();
      await test.drop();
    },
  };
  return s;
}

export type Scenario = Awaited<ReturnType<typeof scenario>>;

/** A lesson as booking would tell of it: in so many days from now, for an hour. */
export function lesson(
  tutor: { id: PersonId },
  student: { id: PersonId },
  more: Partial<BookingConfirmed> = {},
): BookingConfirmed {
  const start = Math.ceil(Date.now() / HOUR) * HOUR + 48 * HOUR;
  const booking_id = newId<BookingId>();
  return BookingConfirmed.of<BookingConfirmed>({
    booking_id,
    version: 1,
    slot_id: newId<SlotId>(),
    tutor_id: tutor.id,
    student_id: student.id,
    start_at: new Date(start).toISOString(),
    end_at: new Date(start + HOUR).toISOString(),
    status: 'confirmed',
    price_cents: 2500,
    currency: 'USD',
    payment_method: 'credit',
    join_link: `https://meet.example.org/${booking_id}`,
    tutor_timezone: 'Europe/Kyiv',
    ...more,
  });
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => void server.close(done));
  return port;
}
