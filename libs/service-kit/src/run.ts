import { randomUUID } from 'node:crypto';
import { ConsoleLogger, type Provider, ValidationPipe } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { Malformed } from '@scheduling/contracts';
import { EventLog, type Events, openEvents } from '@scheduling/events';
import { Database } from '@scheduling/persistence';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { DatabaseConfig, type ServiceConfig } from './config.ts';
import { eventsOptions, RootModule } from './root.module.ts';
import type { Service } from './service.ts';

/** A service that answers. */
export interface RunningService {
  readonly app: NestFastifyApplication;
  /** Where it listens, without a path. */
  readonly url: string;
  /** Lets requests and deliveries in flight finish, then gives everything back. */
  readonly close: () => Promise<void>;
}

const BODY_LIMIT = 100_000;
/** How long requests in flight may take once the service is told to end. */
const GRACE_MS = 5000;
const SEVERITIES = ['error', 'warn', 'log', 'debug'] as const;

/** Starts a service: build, dress, connect the log, listen. Its caller owns the signals. */
export async function run<C extends ServiceConfig>(
  service: Service<C>,
  config: C,
  overrides: Provider[] = [],
): Promise<RunningService> {
  if (new Date().getTimezoneOffset() !== 0) throw new Error('Set TZ=UTC: wall-clock arithmetic needs it.');
  const app = await create(service, config, overrides);
  const events = service.schema && config instanceof DatabaseConfig ? await connect(service.name, config, app) : null;
  try {
    await app.listen(config.PORT, config.HOST);
    await events?.startRelay();
  } catch (error) {
    await app.close();
    await events?.stop();
    throw error;
  }
  return {
    app,
    url: (await app.getUrl()).replace('[::1]', 'localhost'),
    close: async () => {
      // Whoever does not read an answer must not keep the process from ending.
      const patience = setTimeout(() => app.getHttpServer().closeAllConnections(), GRACE_MS);
      await app.close();
      clearTimeout(patience);
      await events?.stop();
    },
  };
}

async function create<C extends ServiceConfig>(
  service: Service<C>,
  config: C,
  overrides: Provider[],
): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
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
    logger: new ConsoleLogger(service.name, {
      json: true,
      logLevels: SEVERITIES.slice(0, SEVERITIES.indexOf(config.LOG_LEVEL) + 1),
    }),
  });
  if (service.rawBody) takeBodiesAsTheyCome(adapter.getInstance());
  else takeJsonObjects(adapter.getInstance());
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

/** Serves the service's own part of the public API's description, made when it is first asked for. */
function describe(name: string, app: NestFastifyApplication): void {
  let document: OpenAPIObject | undefined;
  app.getHttpAdapter().get('/openapi.json', (_request, reply) => {
    document ??= SwaggerModule.createDocument(app, new DocumentBuilder().setTitle(name).addBearerAuth().build());
    reply.send(document);
  });
}
