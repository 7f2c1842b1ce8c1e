import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { type Provider, ValidationPipe } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Malformed } from '@scheduling/contracts';
import { EventLog, type Events, openEvents } from '@scheduling/events';
import { Database } from '@scheduling/persistence';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { actForRequests } from './acting.ts';
import { DatabaseConfig, type ServiceConfig } from './config.ts';
import { JsonLogger, type LogLevel } from './logs/json-logger.ts';
import { Metrics } from './metrics/metrics.ts';
import { measureRequests } from './metrics/request-metrics.ts';
import { openApiOf } from './openapi/describe.ts';
import { Readiness } from './readiness.ts';
import { eventsOptions, RootModule } from './root.module.ts';
import { SERVER_OPTIONS } from './server-options.ts';
import { type RouteOf, type Service } from './service.ts';
import { traceRequests } from './tracing/trace-requests.ts';

/** A service that answers. */
export interface RunningService {
  readonly app: NestFastifyApplication;
  /** Where it listens, without a path. */
  readonly url: string;
  /** Is not ready any more, and serves so many milliseconds longer: whoever sends requests here goes elsewhere meanwhile. */
  readonly drain: (ms: number) => Promise<void>;
  /** Logs everything, or again what was asked for at the start; answers the level that holds now. */
  readonly toggleDebug: () => LogLevel;
  /** Lets requests and deliveries in flight finish, then gives everything back. */
  readonly close: () => Promise<void>;
}

const BODY_LIMIT = 100_000;
/** How long requests in flight may take once the service is told to end. */
const GRACE_MS = 5000;

/** Starts a service: build, dress, connect the log, listen. Its caller owns the signals. */
export async function run<C extends ServiceConfig>(
  service: Service<C>,
  config: C,
  overrides: Provider[] = [],
): Promise<RunningService> {
  if (new Date().getTimezoneOffset() !== 0) throw new Error('Set TZ=UTC: wall-clock arithmetic needs it.');
  // Both are large, and loaded where they are wanted.
  const reports = config.SENTRY_DSN
    ? new (await import('./logs/error-reports.ts')).ErrorReports(config.SENTRY_DSN, service.name)
    : null;
  const logger = new JsonLogger(service.name, config.LOG_LEVEL, reports);
  const endTracing =
    config.OTEL_EXPORTER_OTLP_ENDPOINT || config.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT
      ? (await import('./tracing/open-tracing.ts')).openTracing(service.name)
      : async () => {};
  const app = await create(service, config, { overrides, logger });
  const events = service.schema && config instanceof DatabaseConfig ? await connect(service.name, config, app) : null;
  try {
    await app.listen(config.PORT, config.HOST);
    await events?.startRelay();
  } catch (error) {
    await app.close();
    await events?.stop();
    await Promise.all([endTracing(), reports?.close()]);
    throw error;
  }
  return {
    app,
    url: (await app.getUrl()).replace('[::1]', 'localhost'),
    toggleDebug: () => logger.toggleDebug(),
    drain: async (ms) => {
      app.get(Readiness).stop();
      await pause(ms);
    },
    close: async () => {
      // Whoever does not read an answer must not keep the process from ending.
      const patience = setTimeout(() => app.getHttpServer().closeAllConnections(), GRACE_MS);
      await app.close();
      clearTimeout(patience);
      await events?.stop();
      await Promise.all([endTracing(), reports?.close()]);
    },
  };
}

async function create<C extends ServiceConfig>(
  service: Service<C>,
  config: C,
  { overrides, logger }: { overrides: Provider[]; logger: JsonLogger },
): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    ...SERVER_OPTIONS,
    bodyLimit: BODY_LIMIT,
    genReqId: requestId,
    forceCloseConnections: 'idle',
    frameworkErrors: unreadable,
  });
  const app = await NestFactory.create<NestFastifyApplication>(RootModule.of(service, config, overrides), adapter, {
    bodyParser: !service.rawBody,
    // What was parsed keeps its bytes beside it, as `rawBody` of the request: a webhook is signed byte for byte.
    rawBody: !service.rawBody,
    abortOnError: false,
    logger,
  });
  watchRequests(service, app, adapter.getInstance());
  if (service.rawBody) takeBodiesAsTheyCome(adapter.getInstance());
  else takeJsonObjects(adapter.getInstance());
  if (service.schema) actForRequests(adapter.getInstance());
  app.useGlobalPipes(
    new ValidationPipe({
      transform: true,
      whitelist: true,
      forbidNonWhitelisted: true,
      exceptionFactory: (errors) => new Malformed(errors),
    }),
  );
  if (!service.rawBody) describe(service.name, app);
  return app;
}

/** What belongs to every request, whatever it is about: its place in a trace, its measure, and a word to leave when we do. */
function watchRequests(
  service: Pick<Service, 'name' | 'routeOf'>,
  app: NestFastifyApplication,
  server: FastifyInstance,
): void {
  const routeOf: RouteOf = service.routeOf ?? ((request) => request.routeOptions.url ?? 'none');
  const readiness = app.get(Readiness);
  traceRequests(server, service.name, routeOf);
  measureRequests(server, app.get(Metrics), routeOf);
  server.addHook('onSend', (_request, reply, _body, done) => {
    // A connection that is kept might carry the next request just when it is closed.
    if (readiness.isStopping) reply.header('connection', 'close');
    done();
  });
}

/** Fastify's own parsers for JSON and text would win over one for all types, and change the bytes. */
function takeBodiesAsTheyCome(server: FastifyInstance): void {
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
}

/** A list, a text or a form would pass for an empty object where every field is optional, and be obeyed. */
function takeJsonObjects(server: FastifyInstance): void {
  server.addHook('preValidation', ({ body, headers }, reply, done) => {
    if (body === undefined) return done();
    if (!/^application\/([\w.-]+\+)?json\b/i.test(headers['content-type'] ?? '')) return refuse(reply, UNSUPPORTED);
    if (typeof body !== 'object' || body === null || Array.isArray(body)) return refuse(reply, MALFORMED);
    done();
  });
}

/** An address that Fastify cannot read never reaches Nest, nor its filter. */
const unreadable = (_error: unknown, _request: unknown, reply: FastifyReply): void => refuse(reply, MALFORMED);

const MALFORMED = { code: 'malformed_request', title: 'The request is not well-formed.', status: 400 };
const UNSUPPORTED = { code: 'media_type_unsupported', title: 'Bodies are JSON here.', status: 415 };

/** Refuses what does not come as far as the problem filter. */
function refuse(reply: FastifyReply, { code, title, status }: typeof MALFORMED): void {
  const problem = { type: `/problems/${code}`, title, status, code };
  void reply.status(status).type('application/problem+json').send(problem);
}

/** The gateway sends the id that it made; a service that is called directly makes its own. */
const requestId = (request: { headers: Record<string, unknown> }): string => {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && /^[\w-]{1,64}$/.test(given) ? given : randomUUID();
};

async function connect(service: string, config: DatabaseConfig, app: NestFastifyApplication): Promise<Events> {
  const events = await openEvents(eventsOptions(service, config, app.get(Database)), app.get(EventLog));
  app.connectMicroservice({ strategy: events.server }, { inheritAppConfig: true });
  await app.startAllMicroservices();
  return events;
}

/** Serves the description, made when it is first asked for. */
function describe(name: string, app: NestFastifyApplication): void {
  let document: object | undefined;
  app.getHttpAdapter().get('/openapi.json', (_request, reply) => {
    document ??= openApiOf(name, app);
    reply.send(document);
  });
}
