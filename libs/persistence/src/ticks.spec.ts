import { FrozenClock, type TestDatabase, testDatabase } from '@scheduling/testing';
import { acting } from './acting.ts';
import { Database } from './database.ts';
import { ownSchema } from './own-schema.ts';
import { dailyAt, everyMinutes, Ticks } from './ticks.ts';

describe('a tick', () => {
  const clock = new FrozenClock(new Date('2030-03-01T09:00:00Z'));
  let test: TestDatabase;
  let replicas: Ticks[];
  beforeAll(async () => {
    test = await testDatabase('clockwork', (url) => ownSchema(url, 'clockwork', [], []));
    replicas = Array.from({ length: 3 }, () => new Ticks(new Database(test.source, clock)));
  });
  afterAll(() => test.drop());

  const trigger = (job: string, work: () => Promise<void>) =>
    Promise.all(replicas.map((ticks) => ticks.once(job, everyMinutes(5), work)));

  it('runs on one replica of three, and again when it is due again', async () => {
    const work = jest.fn(async () => {});
    await trigger('greet', work);
    expect(work).toHaveBeenCalledTimes(1);
    clock.advance(4);
    await trigger('greet', work);
    expect(work).toHaveBeenCalledTimes(1);
    clock.advance(1);
    await trigger('greet', work);
    expect(work).toHaveBeenCalledTimes(2);
  });

  it('acts as the system, and says which job it is', async () => {
    const acted: unknown[] = [];
    await trigger('count', async () => void acted.push(acting()));
    expect(acted).toMatchObject([{ personId: null, roles: ['system'], requestId: null, cause: 'job count' }]);
  });
});

it.each([
  ['2030-03-01T01:59:59.900Z', '2030-03-01T02:00:00.000Z'],
  ['2030-03-01T02:00:00.000Z', '2030-03-02T02:00:00.000Z'],
  ['2030-03-01T12:00:00.000Z', '2030-03-02T02:00:00.000Z'],
])('the next two o’clock after %s is %s', (now, next) => {
  expect(dailyAt(2)(new Date(now)).toISOString()).toBe(next);
});
