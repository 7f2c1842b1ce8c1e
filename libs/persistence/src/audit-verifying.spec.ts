import { type TestDatabase, testDatabase } from '@scheduling/testing';
import { actAs } from './acting.ts';
import { audit } from './audit.ts';
import { sealTrail } from './audit-sealing.ts';
import { verifyTrail } from './audit-verifying.ts';
import { Database } from './database.ts';
import { ownSchema } from './own-schema.ts';

const ANN = { personId: '0a1d2f6e-7d43-4d0c-8f0a-5b0f1b8f2c02', roles: ['student'], requestId: 'r1' };
const ORDER = { address: '192.0.2.7', cause: 'POST /orders', why: null };

describe('an audit trail that somebody tampered with', () => {
  let test: TestDatabase;
  let db: Database;
  beforeEach(async () => {
    test = await testDatabase('shop', (url) => ownSchema(url, 'shop', [], []));
    db = new Database(test.source);
  });
  afterEach(() => test.drop());

  const rows = (sql: string) => test.source.query(sql);
  const verify = (...heads: Parameters<typeof verifyTrail>[1] & object[]) =>
    verifyTrail((text, values) => test.source.query(text, [...values]), heads);
  const place = (id: string) =>
    actAs({ ...ANN, ...ORDER }, () =>
      db.transaction(async (tx) => audit(tx, { action: 'OrderPlaced', subject: ['order', id] })),
    );
  /** As the server's administrator may: past the triggers. */
  const tamper = (sql: string) =>
    rows(
      `begin; set local enable_seqscan = on; ${['trail', 'seals', 'private'].map((table) => `alter table audit_${table} disable trigger user`).join('; ')}; ${sql}; commit`,
    );

  it('is found out by a head that was seen, where it was cut off and has grown again', async () => {
    for (const id of ['1', '2', '3']) await place(id);
    const head = await sealTrail(db);
    await tamper('delete from audit_seals where position = 3; delete from audit_trail where id = 3');
    await place('4');
    await sealTrail(db);
    expect(await verify()).toMatchObject({ sealed: 3, faults: [] });
    expect((await verify(head!)).faults).toEqual([expect.stringContaining('cut or written anew')]);
  });

  it.each([
    [
      'an altered entry',
      "update audit_trail set actor = null where subject_id = '3'",
      'entry 3 or its seal was changed',
    ],
    [
      'an instant moved by a microsecond',
      "update audit_trail set at = at + interval '1 microsecond' where id = 3",
      'entry 3 or its seal was changed',
    ],
    ['a deleted entry', 'delete from audit_trail where id = 3', 'entry 3 is gone'],
    [
      'a deleted entry with its seal',
      'delete from audit_trail where id = 3; delete from audit_seals where position = 3',
      'seals from',
    ],
    [
      'two that changed places',
      'update audit_seals set position = position + 100 where position in (2, 3); update audit_seals set entry_id = entry_id + 100 where position = 102; update audit_seals set entry_id = 2 where position = 103; update audit_seals set entry_id = 3 where position = 102; update audit_seals set position = position - 100 where position > 100',
      'entry 3 or its seal was changed',
    ],
    [
      'an entry put in afterwards',
      "insert into audit_trail (id, at, acting_as, action, subject_kind, subject_id, commitment) overriding system value values (-1, now() - interval '2 hours', 'system', 'x', 'x', 'x', '')",
      'Entry -1 was never sealed',
    ],
    [
      'an entry put in with a seal',
      "insert into audit_trail (id, at, acting_as, action, subject_kind, subject_id, commitment) overriding system value values (99, now(), 'system', 'x', 'x', 'x', ''); insert into audit_seals select day, position + 1, 99, sealed_at, hash from audit_seals where position = 5",
      'entry 99 or its seal was changed',
    ],
    [
      'a personal part put in the place of another',
      "update audit_private set address = '198.51.100.1' where entry_id = 3",
      'personal part of entry 3',
    ],
    [
      'a forged personal part with a salt of its own',
      "update audit_private set salt = 'x', why = 'because' where entry_id = 3",
      'personal part of entry 3',
    ],
    [
      'an end that was cut off',
      'delete from audit_seals where position > 3; delete from audit_trail where id > 3',
      'cut or written anew',
    ],
    ['a chain that was taken away', 'delete from audit_seals; delete from audit_trail', 'cut or written anew'],
  ])('is found out: %s', async (_, change, fault) => {
    for (const id of ['1', '2', '3', '4', '5']) await place(id);
    const head = await sealTrail(db);
    expect(await verify(head!)).toMatchObject({ sealed: 5, faults: [] });
    await tamper(change);
    const { faults } = await verify(head!);
    expect(faults.join('\n')).toContain(fault);
  });
});
