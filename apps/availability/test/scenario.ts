import { type OpeningsPublished, type SchedulingEvent, topicOf } from '@scheduling/contracts';
import { newId, type PersonId, type Role } from '@scheduling/domain';
import { EventLog, seal } from '@scheduling/events';
import { FROZEN_CLOCK } from '@scheduling/persistence';
import { readConfig, run, type RunningService } from '@scheduling/service-kit';
import { FrozenClock, testDatabase, testIssuer, until } from '@scheduling/testing';
import { Client } from 'pg';
import { ConnectionsCron } from '../src/busy/connections.cron.ts';
import { ConnectionsService } from '../src/busy/connections.service.ts';
import { AvailabilityConfig } from '../src/config.ts';
import { HorizonCron } from '../src/openings/horizon.cron.ts';
import { availabilitySchema } from '../src/schema.ts';
import { service } from '../src/service.ts';

/** The availability service's part of the public address. */
export const API = '/api/v1/scheduling/availability';

/** Monday and Wednesday at 16, 17 and 18 o'clock in Kyiv, from Monday, 4 March 2030. */
export const RULE = {
  start_at: '2030-03-04T16:00:00+02:00',
  end_at: '2030-03-04T17:00:00+02:00',
  is_recurring: true,
  rrule_string: 'FREQ=WEEKLY;BYDAY=MO,WE;BYHOUR=16,17,18',
  timezone: 'Europe/Kyiv',
};

/** Every Monday of March 2030 and on, from 16 to 18 o'clock in Kyiv. */
export const MONDAYS = {
  start_at: '2030-03-04T16:00:00+02:00',
  end_at: '2030-03-04T18:00:00+02:00',
  is_recurring: true,
  rrule_string: 'FREQ=WEEKLY;COUNT=4',
  timezone: 'Europe/Kyiv',
};

/** Time that comes once, between two hours of a day of March 2030, in UTC. */
export const onDay = (day: number, from: number, until: number) => ({
  start_at: instant(day, from),
  end_at: instant(day, until),
});

/** An instant on a day of March 2030, at a full hour of UTC. */
export const instant = (day: number, hour: number): string => new Date(Date.UTC(2030, 2, day, hour)).toISOString();

/** Instants on a day of March 2030, at full hours of UTC. */
export const hoursOf = (day: number, ...hours: number[]): string[] => hours.map((hour) => instant(day, hour));

/** What the tests read of answers, whichever it is. */
export interface Answer {
  readonly availability_id: string;
  readonly time_off_id: string;
  readonly override_id: string;
  readonly timezone: string;
  readonly timezone_source: string;
  readonly lesson_minutes: number;
  readonly slots: { readonly count: number; readonly first_start_at: string; readonly last_start_at: string };
  readonly conflicts: { readonly kind: string; readonly id: string; readonly start_at: string }[];
  readonly items: { readonly availability_id?: string; readonly time_off_id?: string }[];
  readonly code: string;
  readonly limit?: number;
  readonly per?: string;
  readonly field?: string;
  readonly current_version?: number;
  readonly fields?: Readonly<Record<string, string[]>>;
}

/** An answer as it came. */
export interface Answered {
  readonly status: number;
  readonly type: string | null;
  readonly etag: string | null;
  readonly text: string;
  readonly body: Answer;
}

/** Somebody with a token, and the calls that they can make. */
export type Tutor = Awaited<ReturnType<Scenario['tutor']>>;

/** An availability service on a real port at nine o'clock on 1 March 2030, and the words to tell a story about it. */
export async function scenario() {
  const [test, issuer] = await Promise.all([testDatabase('availability', availabilitySchema), testIssuer()]);
  const admin = new Client({ connectionString: test.adminUrl });
  await admin.connect();
  const clock = new FrozenClock(new Date('2030-03-01T09:00:00Z'));
  const env = { PORT: '0', HOST: '127.0.0.1', DATABASE_URL: test.url, AUTH_ISSUER: issuer.url, LOG_LEVEL: 'error' };
  const open: RunningService[] = [];

  /** One more replica. */
  const replica = async (): Promise<RunningService> => {
    const overrides = [{ provide: FROZEN_CLOCK, useValue: clock }];
    const running = await run(service, readConfig(AvailabilityConfig, env), overrides);
    open.push(running);
    return running;
  };
  const { url, app } = await replica();

  const call = async (
    method: string,
    path: string,
    headers: Record<string, string>,
    body?: unknown,
  ): Promise<Answered> => {
    const answer = await fetch(url + path, {
      method,
      headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await answer.text();
    const read = (text === '' ? {} : JSON.parse(text)) as Answer;
    const { headers: told, status } = answer;
    return { status, type: told.get('content-type'), etag: told.get('etag'), text, body: read };
  };

  const story = {
    clock,
    call,
    token: issuer.token,
    source: test.source,
    /** Where the service's own role signs in. */
    url: test.url,
    log: app.get(EventLog, { strict: false }),

    /** Somebody who signs in, a tutor unless other roles are given, with a zone in their token if one is named. */
    async tutor({ roles = ['tutor'], zone }: { roles?: Role[]; zone?: string } = {}) {
      const id = newId<PersonId>();
      const token = await issuer.token({ id, roles, claims: zone === undefined ? {} : { zoneinfo: zone } });
      const authorization = `Bearer ${token}`;
      return {
        id,
        offer: (body: unknown = RULE, more: Record<string, string> = {}) =>
          call('POST', API, { authorization, ...more }, body),
        blocks: () => call('GET', API, { authorization }),
        block: (block: string) => call('GET', `${API}/${block}`, { authorization }),
        edit: (block: string, body: unknown, more: Record<string, string> = {}) =>
          call('PATCH', `${API}/${block}`, { authorization, ...more }, body),
        withdraw: (block: string, scope = '', more: Record<string, string> = {}) =>
          call('DELETE', `${API}/${block}${scope}`, { authorization, ...more }),
        override: (date: string, body: unknown) => call('PUT', `${API}/overrides/${date}`, { authorization }, body),
        overrides: (date = '') => call('GET', `${API}/overrides${date}`, { authorization }),
        forget: (date: string) => call('DELETE', `${API}/overrides/${date}`, { authorization }),
        conflicts: () => call('GET', `${API}/conflicts`, { authorization }),
        takeOff: (body: unknown, more: Record<string, string> = {}) =>
          call('POST', `${API}/time-off`, { authorization, ...more }, body),
        timeOff: () => call('GET', `${API}/time-off`, { authorization }),
        comeBack: (timeOff: string) => call('DELETE', `${API}/time-off/${timeOff}`, { authorization }),
        settings: () => call('GET', `${API}/settings`, { authorization }),
        change: (body: unknown, more: Record<string, string> = {}) =>
          call('PUT', `${API}/settings`, { authorization, ...more }, body),
        explain: (of: string, query: string) => call('GET', `${API}/${of}/explain?${query}`, { authorization }),
        preview: (body: unknown) => call('POST', `${API}/preview`, { authorization }, body),
      };
    },

    /** All that was published of a tutor, the oldest first: what waits in the outbox, and what has reached the log. */
    async published(of: PersonId): Promise<OpeningsPublished[]> {
      const told = `select envelope -> 'data' as data, (envelope -> 'data' ->> 'schedule_version')::int as version
                      from (select key, type, envelope from outbox union all select key, type, envelope from bus.log) as told
                     where type like '%.OpeningsPublished.v1' and key = $1 order by version`;
      const rows: { data: OpeningsPublished }[] = await test.source.query(told, [of]);
      return rows.map(({ data }) => data);
    },

    /** What was published of a tutor last; fails without any. */
    async last(of: PersonId): Promise<OpeningsPublished> {
      return (await story.published(of)).at(-1)!;
    },

    /** The starts that were published of a tutor last. */
    starts: async (of: PersonId): Promise<string[]> => (await story.last(of)).openings.flatMap(({ starts }) => starts),

    /** Has booking and calendars state facts, and waits until the service has heard them. */
    async hear(...facts: SchedulingEvent[]): Promise<void> {
      const events = await story.state(...facts);
      await until('the service has heard of it', async () => {
        const heard = 'select distinct event_id from inbox where event_id = any($1)';
        return (await test.source.query(heard, [events])).length === facts.length;
      });
    },

    /** Has booking and calendars state facts, and answers their ids. */
    async state(...facts: SchedulingEvent[]): Promise<string[]> {
      const envelopes = facts.map((fact) => seal(fact, clock.now()));
      for (const envelope of envelopes) {
        const { id, type, partitionkey } = envelope;
        // As relays do: whoever writes to the log holds its lock, so that positions become visible in their order.
        await admin.query("begin; select pg_advisory_xact_lock(hashtextextended('bus', 0))");
        await admin.query(
          `insert into bus.log (part, topic, key, type, event_id, envelope)
           values ((hashtext($2) & 2147483647) % 16, $1, $2, $3, $4, $5)`,
          [topicOf(type), partitionkey, type, id, envelope],
        );
        await admin.query('commit');
      }
      return envelopes.map(({ id }) => id);
    },

    /** All that anybody has entered, and all that was said of it, in figures. */
    async everything(): Promise<Record<string, number>> {
      const [all] = await test.source.query(`
        select (select count(*)::int from availability_blocks) as blocks,
               (select count(*)::int from availability_blocks where deleted_at is not null) as gone,
               (select count(*)::int from time_off_blocks where deleted_at is null) as "timeOff",
               (select count(*)::int from date_overrides where deleted_at is null) as overrides,
               (select count(*)::int from tutor_settings) as settings,
               (select coalesce(sum(version), 0)::int from schedules) as versions,
               (select count(*)::int from idempotency) as answers,
               (select count(*)::int from outbox) + (select count(*)::int from bus.log) as events`);
      return all;
    },

    /** The nightly job of one more replica, as its schedule would call it. */
    nightlyJob: async (): Promise<HorizonCron> => (await replica()).app.get(HorizonCron, { strict: false }),

    /** One more replica's look after calendars that cannot be read: as its schedule would call it, and without asking who else looks. */
    async connectionsOf() {
      const { app } = await replica();
      const [cron, service] = [
        app.get(ConnectionsCron, { strict: false }),
        app.get(ConnectionsService, { strict: false }),
      ];
      return { look: () => cron.lapse(), run: () => service.lapse() };
    },

    async end(): Promise<void> {
      for (const running of open) await running.close();
      await issuer.close();
      await admin.end();
      await test.drop();
    },
  };
  return story;
}

export type Scenario = Awaited<ReturnType<typeof scenario>>;
