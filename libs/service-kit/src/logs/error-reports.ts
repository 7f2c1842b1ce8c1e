import {
  createStackParser,
  createTransport,
  type Event,
  nodeStackLineParser,
  ServerRuntimeClient,
  type StackParser,
} from '@sentry/core';
import type { Loggable } from '@scheduling/domain';

/** How long reports on their way may take when the process ends. */
const FAREWELL_MS = 2000;
const parseStack: StackParser = createStackParser(nodeStackLineParser());

/** What a line of the log has that says where an error came from. */
const CONTEXT = ['context', 'request_id', 'trace_id', 'route', 'event_id', 'job', 'code', 'group'];

/** Tells a Sentry, or what speaks like one, of what is logged as an error: what the line says and no more, so nothing personal. */
export class ErrorReports {
  private readonly client: ServerRuntimeClient;

  constructor(
    dsn: string,
    private readonly service: string,
  ) {
    this.client = new ServerRuntimeClient({
      dsn,
      platform: 'node',
      runtime: { name: 'node', version: process.version },
      integrations: [],
      stackParser: parseStack,
      transport: (options) =>
        createTransport(options, async ({ body }) => {
          const answer = await fetch(options.url, {
            method: 'POST',
            body: body as string,
            headers: options.headers ?? {},
          });
          return { statusCode: answer.status };
        }),
    });
    this.client.init();
  }

  /** Reports a line; what cannot be delivered is lost, since it stands in the log. */
  report(line: Readonly<Record<string, unknown>>): void {
    const { msg, error, user } = line as { msg?: string; error?: Loggable; user?: string };
    const tags = CONTEXT.filter((name) => line[name] !== undefined).map((name) => [name, String(line[name])]);
    const event: Event = {
      level: 'error',
      logger: this.service,
      message: msg ?? error?.name ?? 'error',
      tags: { service: this.service, ...Object.fromEntries(tags) },
      ...(user && { user: { id: user } }),
      ...(error && { exception: { values: chain(error) } }),
    };
    this.client.captureEvent(event);
  }

  /** Waits a moment for what is on its way. */
  async close(): Promise<void> {
    await this.client.close(FAREWELL_MS);
  }
}

/** An error and its causes, the deepest first, as Sentry lists them. */
function chain({ name, message, stack, cause }: Loggable): NonNullable<NonNullable<Event['exception']>['values']> {
  const own = { type: name, value: message ?? '', stacktrace: { frames: parseStack(stack ?? '') } };
  return cause ? [...chain(cause), own] : [own];
}
