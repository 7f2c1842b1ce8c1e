import type { PersonId } from '@scheduling/domain';
import { FrozenClock, rush, type TestDatabase, testDatabase } from '@scheduling/testing';
import { type Acting, actAs, actAsSystem, actingIs } from './acting.ts';
import { audit, type Deed } from './audit.ts';
import { forgetPrivateOf, letPrivateGo } from './audit-forgetting.ts';
import { sealTrail } from './audit-sealing.ts';
import { verifyTrail } from './audit-verifying.ts';
import { Database, type Tx } from './database.ts';
import { ownSchema } from './own-schema.ts';

const ANN = '0a1d2f6e-7d43-4d0c-8f0a-5b0f1b8f2c02';
const request = (): Acting => ({
  personId: null,
  roles: ['public'],
  requestId: 'r1',
  address: '192.0.2.7',
  cause: 'POST /orders',
  why: null,
});
const deed = (id: string): Deed => ({ action: 'OrderPlaced', subject: ['order', id] });

describe('the audit trail', () => {
  let test: TestDatabase;
  let db: Database;
  // At noon: half an hour later is the same day.
  const clock = new FrozenClock(new Date('2030-03-01T12:00:00Z'));
  beforeEach(async () => {
    test = await testDatabase('shop', (url) => ownSchema(url, 'shop', [], []));
    db = new Database(test.source, clock);
  });
  afterEach(() => test.drop());

  const rows = (sql: string) => test.source.query(sql);
  const verify = (...heads: Parameters<typeof verifyTrail>[1] & object[]) =>
    verifyTrail((text, values) => test.source.query(text, [...values]), heads);
  const place = (id: string) =>
    actAs(request(), () => {
      actingIs(ANN, ['student', 'tutor']);
      return db.transaction(async (tx) => audit(tx, deed(id)));
    });

  it('says who did what, when, from where and why', async () => {
    await actAs({ ...request(), why: 'ill' }, () => {
      actingIs(ANN, ['student', 'tutor']);
      return db.transaction(async (tx) => audit(tx, deed('7')));
    });
    expect(await rows('select * from audit_trail join audit_private on id = entry_id')).toMatchObject([
      { at: clock.now(), actor: ANN, acting_as: 'student+tutor', action: 'OrderPlaced', subject_kind: 'order' },
    ]);
    expect(await rows('select subject_id, request_id, cause, address, why from audit_trail, audit_private')).toEqual([
      { subject_id: '7', request_id: 'r1', cause: 'POST /orders', address: '192.0.2.7', why: 'ill' },
    ]);
  });

  it('keeps a reason that is no whole text, and stands', async () => {
    await actAs({ ...request(), why: 'a\0b \ud83d' }, () => db.transaction(async (tx) => audit(tx, deed('7'))));
    await sealTrail(db);
    expect(await rows('select why from audit_private')).toEqual([{ why: 'ab \ufffd' }]);
    expect(await verify()).toMatchObject({ sealed: 1, faults: [] });
  });

  it('names the system and the cause where no person asked', async () => {
    await actAsSystem('job orders.sweep', () => db.transaction(async (tx) => audit(tx, deed('1'))));
    await db.transaction(async (tx) => audit(tx, deed('2')));
    expect(await rows('select actor, acting_as, cause from audit_trail order by id')).toEqual([
      { actor: null, acting_as: 'system', cause: 'job orders.sweep' },
      { actor: null, acting_as: 'system', cause: null },
    ]);
  });

  it('keeps apart who acts at the same time', async () => {
    const people = Array.from({ length: 20 }, (_, i) => `00000000-0000-4000-8000-0000000000${10 + i}`);
    await Promise.all(
      people.map((person) =>
        actAs(request(), async () => {
          actingIs(person, ['student']);
          await db.transaction(async (tx) => audit(tx, deed(person)));
        }),
      ),
    );
    expect(await rows('select count(*)::int as n from audit_trail where actor::text = subject_id')).toEqual([
      { n: 20 },
    ]);
  });

  it('commits with the deed, or not at all', async () => {
    const failing = db.transaction(async (tx) => {
      audit(tx, deed('1'), deed('2'));
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    await db.transaction(async (tx) => audit(tx, deed('3'), deed('4')));
    expect(await rows('select subject_id from audit_trail order by id')).toEqual([
      { subject_id: '3' },
      { subject_id: '4' },
    ]);
  });

  it.each([
    ['an entry', "update audit_trail set action = 'x'"],
    ['the want of an entry', 'delete from audit_trail'],
    ['the want of all', 'truncate audit_trail'],
    ['a seal', "update audit_seals set hash = ''"],
    ['a personal part', "update audit_private set why = 'x'"],
  ])('refuses a change of %s', async (_, change) => {
    await place('1');
    await expect(rows(change)).rejects.toMatchObject({ driverError: { code: '23001' } });
  });

  it('seals what late transactions wrote behind what others wrote since', async () => {
    const [begun, ended] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const late = db.transaction(async (tx: Tx) => {
      await tx.sql`insert into audit_trail (at, acting_as, action, subject_kind, subject_id, commitment)
                   values (${tx.now}, 'system', 'OrderPlaced', 'order', 'late', '')`;
      begun.resolve();
      await ended.promise;
    });
    await begun.promise;
    await place('quick');
    const first = await sealTrail(db);
    ended.resolve();
    await late;
    const second = await sealTrail(db);
    expect([first?.position, second?.position]).toEqual([1, 2]);
    expect(await verify(first!, second!)).toMatchObject({ sealed: 2, waiting: 0, faults: [] });
  });

  it('is sealed once, and in one chain, by many at once', async () => {
    for (let i = 0; i < 5; i++) await place(String(i));
    const { won, refusals } = await rush(8, () => sealTrail(db));
    expect(refusals).toEqual([]);
    expect(won.filter(Boolean)).toHaveLength(1);
    expect(await verify()).toMatchObject({ sealed: 5, faults: [] });
  });

  it('is sealed to its end, however much there is, and from where the last run ended', async () => {
    const many = (count: number) =>
      rows(`insert into audit_trail (at, acting_as, action, subject_kind, subject_id, commitment)
            select now(), 'system', 'OrderPlaced', 'order', n::text, '' from generate_series(1, ${count}) as n`);
    await many(2500);
    expect(await sealTrail(db)).toMatchObject({ position: 2500 });
    clock.advance(30);
    await many(1);
    const head = await sealTrail(db);
    expect(head).toMatchObject({ position: 2501 });
    expect(await verify(head!)).toMatchObject({ sealed: 2501, waiting: 0, faults: [] });
    clock.advance(-30);
  });

  it('continues its chain on the next day, and when a clock was set back', async () => {
    await place('1');
    const today = await sealTrail(db);
    clock.advance(24 * 60);
    await place('2');
    const tomorrow = await sealTrail(db);
    clock.advance(-24 * 60);
    await place('3');
    const back = await sealTrail(db);
    expect(tomorrow).toMatchObject({ position: 1 });
    expect(back).toMatchObject({ day: tomorrow!.day, position: 2 });
    expect(await verify(today!, tomorrow!, back!)).toMatchObject({ sealed: 3, faults: [] });
  });

  it('stands without its personal parts, which go when they are old', async () => {
    await place('1');
    const head = await sealTrail(db);
    expect(await letPrivateGo(db, 90)).toBe(0);
    clock.advance(92 * 24 * 60);
    await place('2');
    await sealTrail(db);
    expect(await letPrivateGo(db, 90)).toBe(1);
    expect(await verify(head!)).toMatchObject({ sealed: 2, faults: [] });
    clock.advance(-92 * 24 * 60);
  });

  it('forgets from where and why a person did what they did, and nothing else', async () => {
    await place('1');
    await db.transaction(async (tx) => audit(tx, deed('2')));
    const head = await sealTrail(db);
    await db.transaction((tx) => forgetPrivateOf(tx, ANN as PersonId));
    expect(
      await rows(
        'select subject_id, salt is null as gone from audit_trail left join audit_private on entry_id = id order by id',
      ),
    ).toEqual([
      { subject_id: '1', gone: true },
      { subject_id: '2', gone: false },
    ]);
    expect(await verify(head!)).toMatchObject({ sealed: 2, faults: [] });
  });
});
