import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Logger } from '@nestjs/common';
import { type SchedulingEvent, topicOf } from '@scheduling/contracts';
import { newId, type PersonId, type Role } from '@scheduling/domain';
import { type Envelope, seal } from '@scheduling/events';
import { Database } from '@scheduling/persistence';
import { run, type RunningService } from '@scheduling/service-kit';
import { testDatabase, testIssuer, until } from '@scheduling/testing';
import { Client } from 'pg';
import { NotificationConfig } from '../src/config.ts';
import { notificationSchema } from '../src/schema.ts';
import { service } from '../src/service.ts';
import { WebhooksConsumer } from '../src/webhooks/webhooks.consumer.ts';

// What is refused here is refused on purpose.
Logger.overrideLogger(false);

const API = '/api/v1/scheduling/webhook-endpoints';

/** How a receiver answers one request. */
export type Answering = (request: IncomingMessage, response: ServerResponse) => void;

/** A webhook as it arrived. */
export interface Arrival {
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: string;
}

/** A platform's server, which answers each path as a test says, else 204. */
async function receiver() {
  const arrived: Arrival[] = [];
  const answers = new Map<string, Answering>();
  const server = createServer((request, response) => {
    response.on('error', () => undefined);
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const path = request.url!;
      const body = Buffer.concat(chunks).toString();
      arrived.push({ path, headers: request.headers as Record<string, string>, body });
      const answering = answers.get(path);
      if (answering) answering(request, response);
      else response.writeHead(204).end();
    });
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** What has arrived at a path, repeats included. */
    at: (path: string) => arrived.filter((one) => one.path === path),
    /** Answers a path like this from now on; decently without a way. */
    answer: (path: string, answering?: Answering) =>
      void (answering ? answers.set(path, answering) : answers.delete(path)),
    async close(): Promise<void> {
      const closed = new Promise<void>((done) => server.close(() => done()));
      server.closeAllConnections();
      await closed;
    },
  };
}

/** Notification over HTTP with its loops at work, a platform that hears from it, and the words for stories about them. */
export async function scenario(replicas = 1) {
  const issuer = await testIssuer();
  const test = await testDatabase('notification', notificationSchema);
  const admin = new Client({ connectionString: test.adminUrl });
  await admin.connect();
  const platform = await receiver();
  const running: RunningService[] = [];
  for (let n = 0; n < replicas; n++) {
    const settings = { PORT: 0, HOST: '127.0.0.1', LOG_LEVEL: 'error', AUTH_ISSUER: issuer.url } as const;
    const more = { DATABASE_URL: test.url, WEBHOOK_TRUSTED_ORIGIN: platform.origin };
    running.push(await run(service, Object.assign(new NotificationConfig(), settings, more)));
  }
  const { app } = running[0]!;
  const db = app.get(Database);
  let paths = 0;

  const story = {
    platform,
    source: test.source,
    app,

    /** Asks the service in a role; the path is below `/webhook-endpoints`. */
    async ask(path: string, { method = 'GET', body, roles = ['admin'], headers = {} }: Ask = {}): Promise<Response> {
      return fetch(`${running[0]!.url}${API}${path}`, {
        method,
        headers: {
          ...(roles.length > 0 && { authorization: `Bearer ${await issuer.token({ id: story.who, roles })}` }),
          ...(body && { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body && { body: JSON.stringify(body) }),
      });
    },
    who: newId<PersonId>(),

    /** The status and what matters of the answer. */
    // Tests look into answers of many shapes.
    // eslint-disable-next-line @typescript-eslint/no-explicit-any
    async said(path: string, ask: Ask = {}): Promise<Record<string, any> & { status: number }> {
      const response = await story.ask(path, ask);
      const text = await response.text();
      return { ...(text && (JSON.parse(text) as Record<string, unknown>)), status: response.status };
    },

    /** Has a platform listen at a path of its own. */
    async open(event_types: readonly string[] = ['*'], answering?: Answering): Promise<Opened> {
      const path = `/hook-${++paths}`;
      platform.answer(path, answering);
      const body = { url: `${platform.origin}${path}`, event_types };
      const { endpoint_id: id, secret } = await story.said('', { method: 'POST', body });
      return { id: id as string, secret: secret as string, path };
    },

    /** Changes an endpoint. */
    change: ({ id }: Opened, body: object) => story.said(`/${id}`, { method: 'PATCH', body }),

    /** Puts facts on the log as the relays of other services do, and answers how they stand there. */
    async state(...facts: SchedulingEvent[]): Promise<Envelope[]> {
      const envelopes = facts.map((fact) => seal(fact, new Date()));
      for (const envelope of envelopes) {
        const { id, type, partitionkey } = envelope;
        await admin.query(
          'insert into bus.log (part, topic, key, type, event_id, envelope) values (0, $1, $2, $3, $4, $5)',
          [topicOf(type), partitionkey, type, id, envelope],
        );
      }
      return envelopes;
    },

    /** Hears a fact once more, as where an operator has the log read again. */
    hear: (fact: SchedulingEvent, envelope: Envelope) =>
      db.transaction((tx) => app.get(WebhooksConsumer).hear(tx, fact, envelope)),

    /** Waits until so many webhooks have arrived at an endpoint, and gives them. */
    async arrivals({ path }: Opened, count: number): Promise<Arrival[]> {
      await until(`${count} arrivals at ${path}`, () => platform.at(path).length >= count);
      return platform.at(path);
    },

    /** An endpoint's log, the oldest first. */
    async log({ id }: Opened): Promise<Logged[]> {
      const { items } = await story.said(`/${id}/deliveries?limit=100`);
      return (items as Logged[]).toReversed();
    },

    /** Waits until each delivery of an endpoint is in the state, and gives them. */
    async all(endpoint: Opened, state: string, count = 1): Promise<Logged[]> {
      const are = async () => (await story.log(endpoint)).filter((one) => one.state === state).length >= count;
      await until(`${count} deliveries are ${state}`, are);
      return story.log(endpoint);
    },

    /** Lets the time pass until all that waits for an endpoint is due, and its rest is over. */
    async hurry({ id }: Opened): Promise<void> {
      await test.source.query('update webhook_endpoints set rests_until = null where id = $1', [id]);
      await test.source.query(
        "update webhook_deliveries set next_attempt_at = now() where endpoint_id = $1 and state = 'planned'",
        [id],
      );
    },

    async end(): Promise<void> {
      await platform.close();
      for (const { close } of running) await close();
      await admin.end();
      await test.drop();
      await issuer.close();
    },
  };
  return story;
}

/** What a test asks for. */
interface Ask {
  readonly method?: string;
  readonly body?: object;
  readonly roles?: Role[];
  readonly headers?: Record<string, string>;
}

/** An endpoint of the platform's. */
export interface Opened {
  readonly id: string;
  readonly secret: string;
  readonly path: string;
}

/** A delivery as the log shows it. */
export interface Logged {
  readonly delivery_id: string;
  readonly event_id: string;
  readonly webhook_id: string;
  readonly event_type: string;
  readonly state: string;
  readonly attempts: number;
  readonly last_status: number | null;
  readonly last_error: string | null;
  readonly next_attempt_at: string | null;
}

export type Scenario = Awaited<ReturnType<typeof scenario>>;
