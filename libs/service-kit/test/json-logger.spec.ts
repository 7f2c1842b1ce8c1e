import { newId, type PersonId } from '@scheduling/domain';
import { actAs, actAsSystem } from '@scheduling/persistence';
import { JsonLogger } from '../src/logs/json-logger.ts';

describe('a line of the log', () => {
  const lines: Record<string, unknown>[] = [];
  beforeEach(() => {
    lines.length = 0;
    jest.spyOn(process.stdout, 'write').mockImplementation((line) => Boolean(lines.push(JSON.parse(String(line)))));
  });
  afterEach(() => jest.restoreAllMocks());
  const personId = newId<PersonId>();
  const request = {
    personId,
    roles: ['student'],
    requestId: 'r-1',
    address: '203.0.113.9',
    cause: 'POST /orders',
    why: 'my car',
  };

  it('says when, how severe, by whom and what', () => {
    new JsonLogger('shop', 'log').log('open', 'Door');
    expect(lines).toEqual([
      { level: 'info', time: expect.stringMatching(/^\d{4}-.*Z$/), service: 'shop', context: 'Door', msg: 'open' },
    ]);
  });

  it('puts the facts of an object beside what it says', () => {
    new JsonLogger('shop', 'log').warn(
      { message: 'A try failed.', attempt: 3, error: { name: 'Error', stack: 'at x' } },
      'Till',
    );
    expect(lines[0]).toMatchObject({ level: 'warn', msg: 'A try failed.', attempt: 3, error: { name: 'Error' } });
  });

  it('names the request, and the person only so that nobody learns who it is', () => {
    const logger = new JsonLogger('shop', 'log');
    actAs(request, () => logger.log('sold', 'Till'));
    actAs(request, () => logger.log('sold again', 'Till'));
    expect(lines[0]).toMatchObject({ request_id: 'r-1', user: expect.stringMatching(/^[\w-]{16}$/) });
    expect(lines[1]!['user']).toBe(lines[0]!['user']);
    expect(JSON.stringify(lines)).not.toContain(personId);
    expect(JSON.stringify(lines)).not.toMatch(/203\.0|my car/);
  });

  it('names the event or the job that set it off', () => {
    const logger = new JsonLogger('shop', 'log');
    actAsSystem('event 42', () => logger.log('heard'));
    actAsSystem('job audit.seal', () => logger.log('sealed'));
    expect(lines).toEqual([
      expect.objectContaining({ event_id: '42' }),
      expect.objectContaining({ job: 'audit.seal' }),
    ]);
  });

  it('keeps to itself what a stack says of somebody', () => {
    new JsonLogger('shop', 'log').error('failed', 'Error: no such mailbox mary@example.org\n    at x', 'Till');
    expect(lines[0]).toMatchObject({
      context: 'Till',
      stack: expect.stringMatching(/^Error: no such mailbox \S+\n    at x$/),
    });
    expect(JSON.stringify(lines)).not.toContain('mary@example.org');
  });

  it('tells of an error what may be told', () => {
    const error = Object.assign(new Error('row of mary@example.org'), { severity: 'ERROR', code: '23505' });
    new JsonLogger('shop', 'log').error(error, undefined, 'Till');
    expect(lines[0]).toMatchObject({ level: 'error', msg: 'Error', error: { code: '23505' } });
    expect(JSON.stringify(lines)).not.toContain('mary');
  });

  it.each([
    ['an address', 'to mary@example.org', 'to [email]'],
    ['a telephone', 'call +380 44 123 45 67', 'call [phone]'],
  ])('does not tell %s', (_, said, told) => {
    new JsonLogger('shop', 'log').log(said);
    expect(lines[0]!['msg']).toBe(told);
  });

  it('is written at the level that holds now', () => {
    const logger = new JsonLogger('shop', 'warn');
    logger.log('quiet');
    expect(logger.toggleDebug()).toBe('debug');
    logger.debug('loud');
    expect(logger.toggleDebug()).toBe('warn');
    logger.log('quiet again');
    expect(lines.map(({ msg }) => msg)).toEqual(['loud']);
  });
});
