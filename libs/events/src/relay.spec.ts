import { Logger } from '@nestjs/common';
import { SlotReleased } from '@scheduling/contracts';
import { type HoldId, newId, type PersonId, type SlotId } from '@scheduling/domain';
import { Database, ownSchema } from '@scheduling/persistence';
import { type TestDatabase, testDatabase, until } from '@scheduling/testing';
import { announce } from './announce.ts';
import { PostgresSink } from './postgres-sink.ts';
import { Relay } from './relay.ts';
import type { Sink } from './sink.ts';

describe('a relay', () => {
  let test: TestDatabase;
  let db: Database;
  const relays: Relay[] = [];
  beforeAll(async () => {
    Logger.overrideLogger(false);
    test = await testDatabase('booking', (url) => ownSchema(url, 'booking', [], []));
    db = new Database(test.source);
  });
  afterEach(() => Promise.all(relays.splice(0).map((relay) => relay.stop())));
  afterAll(() => test.drop());

  const begin = (sink: Sink = new PostgresSink()) => {
    const relay = new Relay(test.url, 'booking', sink);
    relay.start();
    relays.push(relay);
  };
  const lapsed = (tutor_id = newId<PersonId>()) =>
    SlotReleased.of({ tutor_id, hold_id: newId<HoldId>(), slot_id: newId<SlotId>() });
  const state = (event = lapsed()) => db.transaction(async (tx) => announce(tx, event)).then(() => event.tutor_id);
  const isLogged = async (tutor: string) =>
    (await test.source.query('select 1 from bus.log where key = $1', [tutor])).length > 0;
  const leaders = async (): Promise<number[]> => {
    const rows = await test.source.query(`
      select a.pid from pg_stat_activity as a join pg_locks as l on l.pid = a.pid
       where a.datname = current_database() and application_name = 'booking relay'
         and locktype = 'advisory' and granted`);
    return rows.map(({ pid }: { pid: number }) => pid);
  };
  const kill = (pid: number) => test.source.query('select pg_terminate_backend($1)', [pid]);

  it('moves nothing while another leads', async () => {
    const moves = [0, 0];
    const counting = (place: number): Sink => ({ move: async () => (moves[place]! += 1) * 0, close: async () => {} });
    begin(counting(0));
    begin(counting(1));
    await until('one has looked ten times', () => Math.max(...moves) >= 10);
    expect(Math.min(...moves)).toBe(0);
  });

  it('takes over when the one that leads dies', async () => {
    begin();
    begin();
    await until('one leads', async () => (await leaders()).length === 1);
    const [first] = await leaders();
    await kill(first!);
    const tutor = await state();
    await until('the fact is in the log', () => isLogged(tutor));
    expect(await leaders()).not.toContain(first);
  });

  it('comes back by itself after its connection was lost', async () => {
    begin();
    for (let deaths = 0; deaths < 3; deaths++) {
      await until('it leads', async () => (await leaders()).length === 1);
      await kill((await leaders())[0]!);
      const tutor = await state();
      await until('the fact is in the log', () => isLogged(tutor));
    }
  });

  it('does not skip a fact that commits later than one with a higher number', async () => {
    begin();
    const [isNumbered, mayCommit, early] = [Promise.withResolvers<void>(), Promise.withResolvers<void>(), lapsed()];
    const slow = db.transaction(async (tx) => {
      announce(tx, early);
      tx.beforeCommit(() => {
        isNumbered.resolve();
        return mayCommit.promise;
      });
    });
    await isNumbered.promise;
    const late = await state();
    await until('the later number is in the log', () => isLogged(late));
    expect(await isLogged(early.tutor_id)).toBe(false);
    mayCommit.resolve();
    await slow;
    await until('the earlier number is in the log', () => isLogged(early.tutor_id));
  });

  it('leaves nothing in the outbox of what it moved, and moves it once', async () => {
    const tutors = await Promise.all(Array.from({ length: 40 }, () => state()));
    begin();
    begin();
    await until('all are in the log', async () => (await Promise.all(tutors.map(isLogged))).every(Boolean));
    expect(await test.source.query('select * from outbox')).toEqual([]);
  });
});
