import { SlotReleased, SlotsChanged, UserChanged } from '@scheduling/contracts';
import { type HoldId, newId, type PersonId, type SlotId } from '@scheduling/domain';
import { actAs, Database, ownSchema, type Tx } from '@scheduling/persistence';
import { FrozenClock, type TestDatabase, testDatabase, until } from '@scheduling/testing';
import { announce } from './announce.ts';
import type { Envelope } from './envelope.ts';
import { NotOursToState } from './event-log.errors.ts';
import { hearOwn } from './own-facts.ts';

const noon = new Date('2030-03-01T12:00:00Z');
const lapsed = (tutor_id = newId<PersonId>()) =>
  SlotReleased.of({ tutor_id, hold_id: newId<HoldId>(), slot_id: newId<SlotId>() });

describe('an announcement', () => {
  let test: TestDatabase;
  let db: Database;
  beforeAll(async () => {
    test = await testDatabase('booking', (url) => ownSchema(url, 'booking', [], []));
    db = new Database(test.source, new FrozenClock(noon));
  });
  afterAll(() => test.drop());

  const isWaiting = async () =>
    (await test.source.query("select 1 from pg_locks where locktype = 'advisory' and not granted")).length > 0;
  const said = async (...tutors: string[]): Promise<Envelope[]> => {
    const rows = await test.source.query('select envelope from outbox where key = any($1) order by id', [tutors]);
    return rows.map(({ envelope }: { envelope: Envelope }) => envelope);
  };

  it('is heard in this process once it is committed, and only by those of the same database', async () => {
    const heard: string[] = [];
    const own = new Database(test.source, new FrozenClock(noon));
    hearOwn(own, ({ partitionkey }) => heard.push(partitionkey));
    const [kept, lost, foreign] = [lapsed(), lapsed(), lapsed()];
    await own.transaction(async (tx) => {
      announce(tx, kept);
      expect(heard).toEqual([]);
    });
    const failing = own.transaction(async (tx) => {
      announce(tx, lost);
      tx.beforeCommit(() => Promise.reject(new Error('no')));
    });
    await expect(failing).rejects.toThrow('no');
    await db.transaction(async (tx) => announce(tx, foreign));
    expect(heard).toEqual([kept.tutor_id]);
  });

  it('commits with what made it true, as a CloudEvent of that instant', async () => {
    const event = lapsed();
    await db.transaction(async (tx) => announce(tx, event));
    expect(await said(event.tutor_id)).toEqual([
      {
        specversion: '1.0',
        id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7/),
        source: '/services/booking',
        type: 'scheduling.booking.SlotReleased.v1',
        time: '2030-03-01T12:00:00.000Z',
        datacontenttype: 'application/json',
        partitionkey: event.tutor_id,
        data: { ...event },
      },
    ]);
  });

  const subjects = async (...tutors: string[]) => {
    const entries = await test.source.query(
      'select action, subject_kind, subject_id, actor from audit_trail order by id',
    );
    return entries.filter(({ actor }: { actor: string }) => tutors.includes(actor));
  };

  it('stands in the audit trail where a request makes it, as what it is about', async () => {
    const [event, person, tutor_id] = [lapsed(), newId<PersonId>(), newId<PersonId>()];
    const slots = SlotsChanged.of({ tutor_id, schedule_version: 1 });
    const request = { personId: person, roles: ['student'], address: null, cause: 'POST /x', why: null };
    const state = () => db.transaction(async (tx) => announce(tx, event, slots));
    await actAs({ ...request, requestId: null }, state);
    expect(await subjects(person)).toEqual([]);
    await actAs({ ...request, requestId: 'r1' }, state);
    expect(await subjects(person)).toEqual([
      { action: 'SlotReleased', subject_kind: 'hold', subject_id: event.hold_id, actor: person },
      { action: 'SlotsChanged', subject_kind: 'person', subject_id: tutor_id, actor: person },
    ]);
  });

  it('waits for the one before it about the same tutor to commit', async () => {
    const order: string[] = [];
    const tutor = newId<PersonId>();
    // Another transaction has said something about the tutor, and is about to commit.
    const earlier = test.source.createQueryRunner();
    await earlier.startTransaction();
    const key = `select pg_advisory_xact_lock(hashtextextended('outbox ' || current_schema() || ' ' || $1, 0))`;
    await earlier.query(key, [tutor]);

    const second = db.transaction(async (tx) => announce(tx, lapsed(tutor))).then(() => order.push('second'));
    await until('the second waits', async () => order.length > 0 || (await isWaiting()));
    order.push('first');
    await earlier.commitTransaction();
    await earlier.release();
    await second;

    expect(order).toEqual(['first', 'second']);
  });

  it('is unsaid when its transaction fails', async () => {
    const event = lapsed();
    const work = async (tx: Tx) => {
      announce(tx, event);
      throw new Error('no');
    };
    await expect(db.transaction(work)).rejects.toThrow('no');
    expect(await said(event.tutor_id)).toEqual([]);
  });

  it('may be made early and often: one tutor’s facts keep their order, and all say their tutors in one order', async () => {
    const [ann, bob] = [newId<PersonId>(), newId<PersonId>()].toSorted() as [PersonId, PersonId];
    const events = [bob, ann, bob, ann].map((tutor) => lapsed(tutor));
    await db.transaction(async (tx) => {
      for (const event of events) announce(tx, event);
    });
    const order = (await said(ann, bob)).map(({ data }) => Object(data).hold_id);
    expect(order).toEqual([1, 3, 0, 2].map((place) => events[place]!.hold_id));
  });

  it('is refused when it is malformed or of another service', async () => {
    const state = (event: SlotReleased | UserChanged) => db.transaction(async (tx) => announce(tx, event));
    await expect(state(lapsed('nobody' as PersonId))).rejects.toMatchObject({ code: 'malformed_request' });
    const user = { user_id: newId<PersonId>(), version: 1, email: null, roles: [], timezone: 'UTC', locale: 'uk' };
    await expect(state(UserChanged.of({ ...user, name: 'Olena' }))).rejects.toThrow(NotOursToState);
  });

  it('compiles only in a transaction, and with each id in its place', () => {
    const attempts = (slotId: SlotId) => [
      // @ts-expect-error a data source is no transaction
      () => announce(test.source, lapsed()),
      // @ts-expect-error a slot's id is not a person's
      () => lapsed(slotId),
    ];
    expect(attempts(newId<SlotId>())).toHaveLength(2);
  });
});
