import { Logger } from '@nestjs/common';
import { BookingCanceled, BookingConfirmed, BookingRescheduled, UserChanged } from '@scheduling/contracts';
import { type BookingId, newId, type PersonId, type SlotId } from '@scheduling/domain';
import { Database } from '@scheduling/persistence';
import { run } from '@scheduling/service-kit';
import { testDatabase, testIssuer } from '@scheduling/testing';
import { CalendarSyncConfig } from '../src/config.ts';
import { PeopleConsumer } from '../src/people/people.consumer.ts';
import { calendarSyncSchema } from '../src/schema.ts';
import { service } from '../src/service.ts';
import { MeetingsConsumer } from '../src/video/meetings.consumer.ts';

// What is outside fails here on purpose, again and again.
Logger.overrideLogger(false);

const API = '/api/v1/scheduling/calendar';
const HOUR = 3_600_000;
/** In real time: the service runs by itself. */
const tomorrow = () => new Date(Math.ceil(Date.now() / HOUR) * HOUR + 24 * HOUR);

/** What a test sends; a body is written as JSON. */
interface Ask {
  readonly method?: string;
  readonly body?: object;
  readonly headers?: Record<string, string>;
}

/** A lesson as booking would tell of it: in a day, for an hour. */
export function lesson(more: Partial<BookingConfirmed> = {}): BookingConfirmed {
  const booking_id = newId<BookingId>();
  const start = tomorrow();
  return BookingConfirmed.of<BookingConfirmed>({
    booking_id,
    version: 1,
    slot_id: newId<SlotId>(),
    tutor_id: newId<PersonId>(),
    student_id: newId<PersonId>(),
    start_at: start.toISOString(),
    end_at: new Date(start.getTime() + HOUR).toISOString(),
    status: 'confirmed',
    price_cents: 2500,
    currency: 'USD',
    payment_method: 'credit',
    join_link: `https://meet.example.org/${booking_id}`,
    tutor_timezone: 'Europe/Kyiv',
    ...more,
  });
}

/** The same lesson, so many hours later. */
export function move(of: BookingConfirmed, hours: number): BookingRescheduled {
  const later = (instant: string) => new Date(Date.parse(instant) + hours * HOUR).toISOString();
  return BookingRescheduled.of<BookingRescheduled>({
    ...of,
    version: of.version + 1,
    slot_id: newId<SlotId>(),
    start_at: later(of.start_at),
    end_at: later(of.end_at),
    previous_slot_id: of.slot_id,
    previous_start_at: of.start_at,
    previous_end_at: of.end_at,
    rescheduled_by: of.student_id,
    reason: null,
  });
}

/** The same lesson, called off. */
export const cancellation = (of: BookingConfirmed | BookingRescheduled): BookingCanceled =>
  BookingCanceled.of<BookingCanceled>({
    ...of,
    version: of.version + 1,
    status: 'canceled',
    canceled_by: of.student_id,
    reason: null,
  });

/** Calendar-sync over HTTP with its loops at work, and the words for stories about rooms, feeds and calendar files. */
export async function scenario(settings: Partial<CalendarSyncConfig> = {}) {
  const issuer = await testIssuer();
  const test = await testDatabase('calendar_sync', calendarSyncSchema);
  const config = Object.assign(new CalendarSyncConfig(), {
    PORT: 0,
    HOST: '127.0.0.1',
    LOG_LEVEL: 'error',
    AUTH_ISSUER: issuer.url,
    DATABASE_URL: test.url,
    PUBLIC_URL: 'https://lessons.example.org',
    CALENDAR_TOKEN_KEYS: `test:${Buffer.alloc(32, 7).toString('base64')}`,
    ...settings,
  });
  const running = await run(service, config);
  const db = running.app.get(Database);

  const story = {
    url: running.url,
    db,
    source: test.source,
    get: running.app.get.bind(running.app),
    person: () => newId<PersonId>(),

    /** Asks the service as somebody, or as nobody; the path is below `/calendar`. */
    async ask(path: string, who?: PersonId, { method = 'GET', body, headers }: Ask = {}): Promise<Response> {
      return fetch(`${running.url}${API}${path}`, {
        method,
        headers: {
          ...(who && { authorization: `Bearer ${await issuer.token({ id: who, roles: ['tutor'] })}` }),
          ...(body && { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body && { body: JSON.stringify(body) }),
      });
    },

    /** The status and what matters of the answer. */
    async said(answer: Promise<Response>): Promise<Record<string, unknown> & { status: number }> {
      const response = await answer;
      const text = await response.text();
      return { ...(text && (JSON.parse(text) as Record<string, unknown>)), status: response.status };
    },

    /** Has booking tell of lessons, one after the other, to what gives them rooms. */
    async tell(...told: (BookingConfirmed | BookingRescheduled | BookingCanceled)[]): Promise<void> {
      const meetings = running.app.get(MeetingsConsumer);
      for (const event of told) {
        await db.transaction((tx) => {
          if (event instanceof BookingConfirmed) return meetings.confirmed(tx, event);
          if (event instanceof BookingRescheduled) return meetings.rescheduled(tx, event);
          return meetings.canceled(tx, event);
        });
      }
    },

    /** Has accounts tell of a person. */
    async meet(id: PersonId, name: string, timezone = 'UTC'): Promise<void> {
      const person = { user_id: id, version: 1, email: 'a@example.org', name, roles: [], timezone, locale: 'en' };
      const people = running.app.get(PeopleConsumer);
      await db.transaction((tx) => people.keep(tx, UserChanged.of<UserChanged>(person)));
    },

    /** The data of every event of a kind that was announced, wherever it is on its way, the oldest first. */
    async announced<Facts>(name: string): Promise<Facts[]> {
      const rows: { data: Facts }[] = await test.source.query(
        `select data from (
           select 1 as place, id, envelope -> 'data' as data, envelope ->> 'type' as type from outbox
            union all
           select 0 as place, pos as id, envelope -> 'data' as data, envelope ->> 'type' as type from bus.log
         ) as said where type = $1 order by place, id`,
        [`scheduling.calendar-sync.${name}.v1`],
      );
      return rows.map(({ data }) => data);
    },

    async end(): Promise<void> {
      await running.close();
      await test.drop();
      await issuer.close();
    },
  };
  return story;
}

export type Scenario = Awaited<ReturnType<typeof scenario>>;
