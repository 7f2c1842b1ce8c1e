// Each way in which a migration would block or break the version that runs beside it, tried once; and beside it the way that does not.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { judge } from './migration-exemptions.mjs';
import { brokenRules, SENTENCES } from './migration-rules.mjs';
import { statements } from './sql-statements.mjs';

const LATER = 1900000000000;
const inTransaction = (sql, n = 0) => ({ name: `Step${LATER + n}`, sql, isAlone: false });
const alone = (sql, n = 0) => ({ name: `Step${LATER + n}`, sql, isAlone: true });
const broken = (...steps) => brokenRules(steps, ['issue-5']).map(({ rule }) => rule);

const CONTRACT = '-- contract: unused since issue-5\n';
const CHECKED = [
  inTransaction('alter table slots add constraint slots_priced check (cents is not null) not valid'),
  alone('alter table slots validate constraint slots_priced', 1),
];

const LAWS = [
  [
    'index-blocks',
    'create index slots_by_end on slots (end_at)',
    'create table slots (id int); create index i on slots (id)',
  ],
  ['index-blocks', 'drop index slots_by_end', alone('drop index concurrently if exists slots_by_end')],
  [
    'constraint-scans',
    'alter table slots add constraint c check (seat > 0)',
    'alter table slots add constraint c check (seat > 0) not valid',
  ],
  [
    'constraint-scans',
    'alter table slots add foreign key (tutor_id) references tutors',
    'alter table slots add constraint c foreign key (tutor_id, day) references days on delete cascade not valid',
  ],
  [
    'constraint-builds',
    'alter table slots add constraint u unique (a, b)',
    'alter table slots add constraint u unique using index slots_u',
  ],
  [
    'constraint-builds',
    'alter table slots add exclude using gist (span with &&)',
    'create table s (span tstzrange); alter table s add exclude using gist (span with &&)',
  ],
  [
    'validates-locked',
    'alter table slots add constraint c check (seat > 0) not valid; alter table slots validate constraint c',
    alone('alter table slots validate constraint c'),
  ],
  ['type-changes', 'alter table slots alter seat type int', 'alter table slots alter seat set default 1'],
  ['type-changes', 'alter table slots alter column seat set data type int', 'alter table slots add column type text'],
  [
    'not-null-scans',
    'alter table slots alter cents set not null',
    [...CHECKED, inTransaction('alter table slots alter column cents set not null', 2)],
  ],
  [
    'not-null-scans',
    [CHECKED[0], inTransaction('alter table slots alter cents set not null', 1)],
    'alter table slots alter cents drop not null',
  ],
  [
    'column-unfilled',
    'alter table slots add column seats int not null',
    'alter table slots add column seats int not null default 1, add held_at timestamptz',
  ],
  [
    'column-rewrites',
    'alter table slots add column token uuid default gen_random_uuid()',
    'alter table slots add column seen_at timestamptz not null default now()',
  ],
  [
    'column-rewrites',
    'alter table slots add n bigint generated always as identity',
    "alter table slots add column since timestamptz not null default '-infinity'",
  ],
  ['column-constrained', 'alter table slots add seat int check (seat > 0)', 'alter table slots add seat int'],
  [
    'column-constrained',
    'alter table slots add a int, add policy_id uuid references policies',
    'create table slots (policy_id uuid references policies)',
  ],
  ['taken-away', 'alter table slots drop column seat', `${CONTRACT}alter table slots drop column seat`],
  ['taken-away', '-- contract: unused since nobody-knows\ndrop table slots', `${CONTRACT}drop table if exists slots`],
  [
    'taken-away',
    `${CONTRACT}alter table slots rename column seat to place`,
    'alter table slots drop constraint slots_check',
  ],
  ['taken-away', `${CONTRACT}alter table slots rename to places`, `${CONTRACT}alter table slots drop seat`],
  ['table-locked', 'lock table slots in exclusive mode', "select 'lock table slots'"],
  ['rewrites-table', 'vacuum full slots', 'analyze slots'],
  ['rewrites-table', 'alter table slots set unlogged', 'alter table slots set (autovacuum_enabled = false)'],
  ['changes-rows', 'update slots set seat = 1 where seat is null', "comment on table slots is 'update slots set'"],
  ['changes-rows', 'insert into places (id) select id from slots', "insert into jobs values ('purge')"],
  ['changes-rows', 'with gone as (select 1) delete from slots', 'create table t (id int); delete from t'],
  ['unread', 'do $$ begin execute 1; end $$', 'create function f() returns int return 1'],
  ['own-bounds', "set local lock_timeout = '1h'; alter table slots add a int", 'alter table slots add a int'],
  [
    'alone-only',
    alone('create index concurrently slots_by_end on slots (end_at)'),
    alone('create unique index concurrently if not exists i on slots (end_at)'),
  ],
  ['alone-only', alone('alter table slots add a int'), inTransaction('alter table slots add a int')],
];

describe('a migration', () => {
  const steps = (given) => [given].flat().map((one) => (typeof one === 'string' ? inTransaction(one) : one));
  for (const [rule, bad, good] of LAWS) {
    const what = steps(bad).at(-1).sql.replaceAll('\n', ' ');
    it(`may not say “${what}” (${rule})`, () => {
      assert.deepEqual([...new Set(broken(...steps(bad)))], [rule]);
      assert.deepEqual(broken(...steps(good)), []);
    });
  }

  it('is held against every rule here', () => {
    assert.deepEqual(Object.keys(SENTENCES).toSorted(), [...new Set(LAWS.map(([rule]) => rule))].toSorted());
  });

  it('is read without what only looks like SQL', () => {
    const sql = `-- drop table a;\n/* drop table b; */ select 'drop; table c''d', "e;f", $x$ drop table g; $x$; do $$ begin; end $$`;
    assert.deepEqual(
      statements(sql),
      [`select '', e;f, $$`, 'do $$']
        .join(';')
        .split(';')
        .map((part) => part.trim()),
    );
  });
});

describe('an exemption', () => {
  const frozen = [{ name: 'Old1795000000000', sql: 'lock slots', isAlone: false }];
  const exempt = { Old1795000000000: { 'table-locked': 'why' } };

  it('excuses what is frozen', () => {
    assert.equal(judge([frozen], {}, []).length, 1);
    assert.deepEqual(judge([frozen], exempt, []), []);
  });

  it('goes when nothing needs it', () => {
    assert.match(judge([], exempt, [])[0], /does not break table-locked/);
  });

  it('is not for what may still be changed', () => {
    const late = judge([[inTransaction('lock slots')]], { [`Step${LATER}`]: { 'table-locked': 'why' } }, []);
    assert.match(late[0], /is not frozen/);
  });
});
