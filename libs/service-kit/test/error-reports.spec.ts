import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { actAs } from '@scheduling/persistence';
import { ErrorReports } from '../src/logs/error-reports.ts';
import { JsonLogger } from '../src/logs/json-logger.ts';

describe('a report of an error', () => {
  const bodies: string[] = [];
  let sentry: Server;
  let reports: ErrorReports;
  beforeAll(async () => {
    sentry = createServer((request, response) => {
      void text(request).then((body) => {
        bodies.push(body);
        response.end('{}');
      });
    });
    await new Promise<void>((ready) => sentry.listen(0, '127.0.0.1', ready));
    const { port } = sentry.address() as AddressInfo;
    reports = new ErrorReports(`http://key@127.0.0.1:${port}/42`, 'shop');
    jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  });
  afterAll(() => {
    jest.restoreAllMocks();
    sentry.close();
  });

  it('tells what the line of the log tells, once, and nothing of anybody', async () => {
    const logger = new JsonLogger('shop', 'log', reports);
    const error = new Error('the till of mary@example.org is stuck', { cause: new Error('coins') });
    const request = { personId: null, roles: [], requestId: 'r-1', address: '203.0.113.9', cause: null, why: 'my car' };
    logger.warn('not this');
    actAs(request, () => logger.error(error, undefined, 'Till'));
    await reports.close();
    expect(bodies).toHaveLength(1);
    const [, , event] = bodies[0]!.split('\n').map((line) => JSON.parse(line));
    expect(event).toMatchObject({
      level: 'error',
      platform: 'node',
      message: 'Error',
      tags: { service: 'shop', context: 'Till', request_id: 'r-1' },
      exception: { values: [{ value: 'coins' }, { value: 'the till of [email] is stuck' }] },
    });
    expect(event.exception.values[1].stacktrace.frames.at(-1)).toMatchObject({
      filename: expect.stringContaining('error-reports.spec.ts'),
    });
    expect(bodies[0]).not.toMatch(/mary|203\.0|my car/);
  });
});
