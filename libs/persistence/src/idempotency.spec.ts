import { newId, type PersonId } from '@scheduling/domain';
import { rush, type TestDatabase, testDatabase } from '@scheduling/testing';
import { Database } from './database.ts';
import { KeyReused, once, type Repeatable, StillInFlight } from './idempotency.ts';
import { ownSchema } from './own-schema.ts';

describe('a request with an Idempotency-Key', () => {
  let test: TestDatabase;
  let db: Database;
  beforeAll(async () => {
    test = await testDatabase('shop', (url) => ownSchema(url, 'shop', [], []));
    db = new Database(test.source);
  });
  afterAll(() => test.drop());

  const request = (): Repeatable => ({ personId: newId<PersonId>(), key: 'k1', content: 'POST /order {"n":1}' });
  const order = (from: Repeatable, work: () => Promise<object>) => db.transaction((tx) => once(tx, from, work));

  it('has its effect once, and the repeat gets the same answer', async () => {
    const [from, at] = [request(), new Date('2030-03-01T12:00:00Z')];
    const work = jest.fn(async () => ({ order: 7, at }));
    const first = await order(from, work);
    expect(await order(from, work)).toEqual(first);
    expect(work).toHaveBeenCalledTimes(1);
  });

  it('has its effect once when it comes ten times at once', async () => {
    const [from, work] = [request(), jest.fn(async () => ({ order: 8 }))];
    const { won, refusals } = await rush(10, () => order(from, work));
    expect(work).toHaveBeenCalledTimes(1);
    expect(won.length + refusals.filter((refusal) => refusal instanceof StillInFlight).length).toBe(10);
  });

  it('is refused under a key that came with another request', async () => {
    const from = request();
    await order(from, async () => ({}));
    await expect(order({ ...from, content: 'POST /order {"n":2}' }, async () => ({}))).rejects.toThrow(KeyReused);
  });

  it('may be tried again after a failure', async () => {
    const from = request();
    await expect(order(from, () => Promise.reject(new Error('sold out')))).rejects.toThrow('sold out');
    expect(await order(from, async () => ({ order: 9 }))).toEqual({ order: 9 });
  });
});
