import { SlotReleased } from '@scheduling/contracts';
import { type HoldId, newId, type PersonId, type SlotId } from '@scheduling/domain';
import { Database, ownSchema } from '@scheduling/persistence';
import { type TestDatabase, testDatabase } from '@scheduling/testing';
import { announce } from './announce.ts';
import { outboxBacklog } from './backlog.store.ts';

describe('the backlog of an outbox', () => {
  let test: TestDatabase;
  let db: Database;
  beforeAll(async () => {
    test = await testDatabase('booking', (url) => ownSchema(url, 'booking', [], []));
    db = new Database(test.source);
  });
  afterAll(() => test.drop());
  const backlog = () => db.transaction((tx) => outboxBacklog(tx));

  it('is nothing where nothing waits', async () => {
    expect(await backlog()).toEqual({ waiting: 0, oldestAgeSeconds: 0 });
  });

  it('counts what waits, and says for how long the oldest has', async () => {
    const released = { tutor_id: newId<PersonId>(), hold_id: newId<HoldId>(), slot_id: newId<SlotId>() };
    for (let facts = 0; facts < 3; facts++)
      await db.transaction(async (tx) => announce(tx, SlotReleased.of<SlotReleased>(released)));
    await test.source.query(`
      update outbox set envelope = envelope || jsonb_build_object('time', now() - interval '1 hour')
       where id = (select min(id) from outbox)`);
    const { waiting, oldestAgeSeconds } = await backlog();
    expect([waiting, Math.floor(oldestAgeSeconds / 60)]).toEqual([3, 60]);
  });
});
