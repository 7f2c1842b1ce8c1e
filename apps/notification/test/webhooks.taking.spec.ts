import { newId } from '@scheduling/domain';
import { Database } from '@scheduling/persistence';
import { FrozenClock, rush, type TestDatabase, testDatabase } from '@scheduling/testing';
import { notificationSchema } from '../src/schema.ts';
import { insertEndpoint } from '../src/webhooks/endpoints.store.ts';
import { insertFor } from '../src/webhooks/hearing.store.ts';
import { markDelivered, markFailed, type Taken, takeDeliveries } from '../src/webhooks/queue.store.ts';

const PORTION = { limit: 100, leaseSeconds: 60, beside: 4 };

describe('a worker that takes webhooks', () => {
  let test: TestDatabase;
  let db: Database;
  const clock = new FrozenClock(new Date('2030-03-01T09:00:00Z'));
  beforeAll(async () => {
    test = await testDatabase('notification', notificationSchema);
    db = new Database(test.source, clock);
  });
  afterAll(() => test.drop());
  beforeEach(() => test.source.query('delete from webhook_endpoints'));

  /** An endpoint as it is said to be, for which so many events wait. */
  const waiting = async (events: number, is = 'description = description'): Promise<void> => {
    const wish = { url: 'https://a.example/', eventTypes: ['*'], description: '' };
    const { id } = await db.transaction((tx) => insertEndpoint(tx, wish));
    for (let n = 0; n < events; n++) {
      const event = { id: newId(), name: 'SlotHeld', at: clock.now(), body: String(n) };
      await db.transaction((tx) => insertFor(tx, [id], event));
    }
    await test.source.query(`update webhook_endpoints set ${is} where id = $1`, [id]);
  };
  const take = (): Promise<Taken[]> => db.transaction((tx) => takeDeliveries(tx, PORTION));
  const texts = (taken: readonly Taken[]) => taken.map(({ body }) => body);

  it('gets four for an endpoint, the oldest first, though ten ask at once', async () => {
    await waiting(20);
    const { won } = await rush(10, () => take());
    expect(texts(won.flat()).toSorted()).toEqual(['0', '1', '2', '3']);
    const [first] = won.flat();
    await db.transaction((tx) => markDelivered(tx, first!, 200));
    expect(texts(await take())).toEqual(['4']);
  });

  it('gets none for an endpoint for which another is just taking some', async () => {
    await waiting(20);
    await db.transaction(async (tx) => {
      expect(await takeDeliveries(tx, PORTION)).toHaveLength(4);
      expect(await take()).toEqual([]);
    });
    expect(await take()).toEqual([]);
  });

  it.each([
    ['one after another where it is behind', 'is_behind = true', 1],
    ['nothing while it rests', "rests_until = '2030-03-01T09:10:00Z'", 0],
    ['four when it has rested', "rests_until = '2030-03-01T09:00:00Z'", 4],
    ['nothing while it is disabled', "is_enabled = false, disabled_reason = 'by an operator'", 0],
  ])('gets for an endpoint %s', async (_what, is, count) => {
    await waiting(6, is);
    expect(await take()).toHaveLength(count);
  });

  it('gets again what another died with, who can no longer say that it failed', async () => {
    await waiting(1);
    const [dead] = await take();
    expect(await take()).toEqual([]);
    clock.advance(1);
    const [again] = await take();
    expect(again).toMatchObject({ id: dead!.id, attempts: 2 });
    const failed = { status: null, error: 'timeout', again: null, restsUntil: clock.now() };
    await db.transaction((tx) => markFailed(tx, dead!, failed));
    const states = 'select state, attempts from webhook_deliveries';
    expect(await test.source.query(states)).toEqual([{ state: 'working', attempts: 2 }]);
    await db.transaction((tx) => markDelivered(tx, dead!, 200));
    expect(await test.source.query(states)).toEqual([{ state: 'delivered', attempts: 2 }]);
    await db.transaction((tx) => markFailed(tx, again!, failed));
    expect(await test.source.query(states)).toEqual([{ state: 'delivered', attempts: 2 }]);
  });
});
