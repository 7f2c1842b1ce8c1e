import { Logger } from '@nestjs/common';
import { UserChanged } from '@scheduling/contracts';
import { newId, type PersonId, type Role } from '@scheduling/domain';
import { Database } from '@scheduling/persistence';
import { run } from '@scheduling/service-kit';
import { testDatabase, testIssuer } from '@scheduling/testing';
import { NotificationConfig } from '../src/config.ts';
import { RecipientsConsumer } from '../src/recipients/recipients.consumer.ts';
import { notificationSchema } from '../src/schema.ts';
import { service } from '../src/service.ts';

// What is refused here is refused on purpose.
Logger.overrideLogger(false);

const API = '/api/v1/scheduling/notifications';

/** What a test sends; a body is written as JSON. */
interface Ask {
  readonly method?: string;
  readonly body?: object;
  readonly headers?: Record<string, string>;
  readonly roles?: Role[];
}

/** A message as a test writes it into the ledger. */
interface Planned {
  readonly id?: string;
  readonly recipient_id: PersonId;
  readonly booking_id?: string;
  readonly channel?: string;
  readonly kind?: string;
  readonly state?: string;
  readonly at?: Date;
}

/** Notification over HTTP with its loops at work, and the words for stories about what people choose and read. */
export async function scenario(settings: Partial<NotificationConfig> = {}) {
  const issuer = await testIssuer();
  const test = await testDatabase('notification', notificationSchema);
  const config = Object.assign(new NotificationConfig(), {
    PORT: 0,
    HOST: '127.0.0.1',
    LOG_LEVEL: 'error',
    AUTH_ISSUER: issuer.url,
    DATABASE_URL: test.url,
    PUBLIC_URL: 'https://lessons.example.org',
    ...settings,
  });
  const running = await run(service, config);
  const db = running.app.get(Database);

  return {
    url: running.url,
    db,
    source: test.source,
    get: running.app.get.bind(running.app),
    person: () => newId<PersonId>(),

    /** Asks the service as somebody, or as nobody; the path is below `/notifications`. */
    async ask(
      path: string,
      who?: PersonId,
      { method = 'GET', body, headers, roles = [] }: Ask = {},
    ): Promise<Response> {
      return fetch(`${running.url}${API}${path}`, {
        method,
        headers: {
          ...(who && { authorization: `Bearer ${await issuer.token({ id: who, roles })}` }),
          ...(body && { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body && { body: JSON.stringify(body) }),
      });
    },

    /** The status and what matters of the answer. */
    // Tests look into answers of many shapes.
    // eslint-disable-next-line @typescript-eslint/no-explicit-any
    async said(answer: Promise<Response>): Promise<Record<string, any> & { status: number }> {
      const response = await answer;
      const text = await response.text();
      return { ...(text && (JSON.parse(text) as Record<string, unknown>)), status: response.status };
    },

    /** Has accounts tell of a person. */
    async meet(id: PersonId, more: Partial<UserChanged> = {}): Promise<void> {
      const person = { version: 1, email: 'sam@example.org', name: 'Sam', roles: [], timezone: 'UTC', locale: 'en' };
      const told = UserChanged.of<UserChanged>({ ...person, user_id: id, ...more });
      await db.transaction((tx) => running.app.get(RecipientsConsumer).keep(tx, told));
    },

    /** Writes a message into the ledger, and answers its id; it has ended unless it is said to be due. */
    async write({ id = newId(), state = 'skipped', at = new Date(), ...more }: Planned): Promise<string> {
      const row = { booking_id: newId(), channel: 'email', kind: 'booking_confirmed', ...more };
      const times = { start_at: '2090-01-01T12:00:00.000Z', end_at: '2090-01-01T13:00:00.000Z' };
      const people = { student_id: row.recipient_id, tutor_id: newId() };
      const event = { ...times, ...people, booking_id: row.booking_id, version: 1 };
      await test.source.query(
        `insert into messages (id, booking_id, booking_version, recipient_id, channel, kind, event, state, next_attempt_at,
                               message_id, created_at, sent_at, delivered_at)
         values ($1, $2, 1, $3, $4, $5, $10, $6, $7, $8, $7, $9, $9)`,
        [
          id,
          row.booking_id,
          row.recipient_id,
          row.channel,
          row.kind,
          state,
          at,
          `<${id}@test>`,
          /sent|deliv/.test(state) ? at : null,
          event,
        ],
      );
      return id;
    },

    /** The data of every event of a kind that was announced, the oldest first. */
    async announced<Facts>(name: string): Promise<Facts[]> {
      const rows: { data: Facts }[] = await test.source.query(
        `select data from (
           select 1 as place, id, envelope -> 'data' as data, envelope ->> 'type' as type from outbox
            union all
           select 0 as place, pos as id, envelope -> 'data' as data, envelope ->> 'type' as type from bus.log
         ) as said where type = $1 order by place, id`,
        [`scheduling.notification.${name}.v1`],
      );
      return rows.map(({ data }) => data);
    },

    async end(): Promise<void> {
      await running.close();
      await test.drop();
      await issuer.close();
    },
  };
}

export type Scenario = Awaited<ReturnType<typeof scenario>>;
