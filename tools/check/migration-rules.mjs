// What a migration may not do to the version that runs beside it: block it, or take away what it uses. Each rule is given a statement as
// sql-statements.mjs writes it, and what is known of the schema before it; it answers whether the statement breaks it.
import { parts, statements } from './sql-statements.mjs';

const NAME = String.raw`(?:if exists |if not exists |only )*([\w.]+)`;
const TABLE_OF = [
  `alter table ${NAME}`,
  `create (?:unique )?index .*?\\bon ${NAME}`,
  `(?:update|delete from|truncate(?: table)?) ${NAME}`,
].map((start) => new RegExp(`^${start}`));
/** Changes of all rows are written anew, or differ from row to row: the default cannot be kept beside the table. */
const VOLATILE =
  /default [^,]*\b(random|gen_random_uuid|uuidv[47]|clock_timestamp|timeofday|nextval)\b|generated (always|by default) as|\w*serial\b/;
const OUTSIDE =
  /^(create (unique )?index concurrently if not exists|drop index concurrently if exists|alter table [\w.]+ validate constraint \w+$)/;

/** The parts of an `alter table`, such as `add column x int`. */
const changes = (statement) => parts(statement.match(/^alter table (?:if exists |only )*[\w.]+ (.*)$/)?.[1] ?? '');
const some = (pattern, unless) => (statement) =>
  changes(statement).some((one) => pattern.test(one) && !unless?.test(one));

/** By name: the rule's sentence, and what breaks it. All but the last few are about tables that were there before. */
const RULES = {
  'index-blocks': {
    says: 'an index over a table that is in use is made, and dropped, concurrently, in a StepByStep',
    isBroken: (statement, { isKnown }) =>
      /^create (unique )?index (?!concurrently)/.test(statement) ||
      (/^drop index (?!concurrently)/.test(statement) && !isKnown),
  },
  'constraint-scans': {
    says: 'a constraint is added `not valid`, and validated by a later StepByStep',
    isBroken: some(/^add (constraint \w+ )?(check|foreign key)\b/, /not valid$/),
  },
  'constraint-builds': {
    says: 'a unique or primary key takes an index that a StepByStep has made before (`using index`); an exclusion needs a table of its own',
    isBroken: some(/^add (constraint \w+ )?(unique|primary key|exclude)\b/, /using index/),
  },
  'validates-locked': {
    says: 'a constraint is validated outside a transaction: beside the statement that added it, its lock would be kept to the end',
    isBroken: (statement, { isAlone }) => !isAlone && some(/^validate constraint/)(statement),
  },
  'type-changes': {
    says: 'a column keeps its type: add another one, write both, and move the rows',
    isBroken: some(/^alter (column )?\w+ (set data )?type\b/),
  },
  'not-null-scans': {
    says: 'set not null needs a check (… is not null) that an earlier migration has validated',
    isBroken: (statement, { proven }) =>
      changes(statement)
        .map((one) => one.match(/^alter (?:column )?(\w+) set not null/)?.[1])
        .some((column) => column && !proven.has(column)),
  },
  'column-unfilled': {
    says: 'a column that may not be null has a default, or the version before could write no row',
    isBroken: some(
      /^add (column )?(?!constraint|check|foreign|unique|primary|exclude).*not null/,
      /\bdefault\b|generated/,
    ),
  },
  'column-rewrites': {
    says: 'a new column has no default that differs from row to row: the whole table would be written anew under lock',
    isBroken: (statement) => changes(statement).some((one) => isColumn(one) && VOLATILE.test(one)),
  },
  'column-constrained': {
    says: 'a new column carries no check, key or reference: each is added by itself, `not valid`',
    isBroken: (statement) =>
      changes(statement).some((one) => isColumn(one) && /\b(check|references|unique|primary key)\b/.test(one)),
  },
  'taken-away': {
    says: 'what the version before may use is not renamed, and dropped only under `-- contract: unused since <a release in tools/upgrade/released>`',
    isBroken: (statement, { isContract }) =>
      /^alter (table|type) .* rename\b|^alter table .* set schema\b/.test(statement) ||
      (!isContract &&
        (/^drop (table|view|type|schema|function|sequence)\b/.test(statement) ||
          some(/^drop (column )?(?!constraint\b|column\b)/)(statement))),
  },
  'table-locked': { says: 'a migration locks no table by hand', isBroken: (statement) => /^lock\b/.test(statement) },
  'rewrites-table': {
    says: 'no table is written anew while others wait',
    isBroken: (statement) =>
      /^(cluster|vacuum full|reindex (?!.*concurrently)|refresh materialized view (?!concurrently))/.test(statement) ||
      some(/^set (logged|unlogged|tablespace|access method)/)(statement),
  },
  'changes-rows': {
    says: 'rows are moved in portions by the service (a tick), not in one statement of a migration',
    isBroken: (statement) =>
      /^(update|delete from|truncate|with .*\b(update|delete from)\b|insert into .* select)\b/.test(statement),
  },
  unread: {
    says: 'no statement hides in a block (`do $$ … $$`), where these rules cannot read it',
    isBroken: (statement) => /^do\b/.test(statement),
    anyTable: true,
  },
  'own-bounds': {
    says: 'how long a statement may wait is libs/persistence/src/migrate.ts to say',
    isBroken: (statement) => /^set (local |session )?(lock_timeout|statement_timeout)\b/.test(statement),
    anyTable: true,
  },
  'alone-only': {
    says: 'a StepByStep only makes or drops indexes concurrently (if [not] exists) and validates constraints: each may run again',
    isBroken: (statement, { isAlone }) => isAlone && !OUTSIDE.test(statement),
    anyTable: true,
  },
};

/** What each rule's name says. */
export const SENTENCES = Object.fromEntries(Object.entries(RULES).map(([name, { says }]) => [name, says]));

/**
 * What one app's migrations break, in their order: `{ migration, rule, statement }` each. A migration is `{ name, sql, isAlone }`;
 * `released` holds the names of the releases that a contract step may lean on.
 */
export function brokenRules(migrations, released) {
  const proven = new Provable();
  return migrations.flatMap(({ name, sql, isAlone }) => {
    const all = statements(sql);
    const own = new Set(
      all.map((one) => one.match(new RegExp(`^create (?:unlogged )?table ${NAME}`))?.[1]).filter(Boolean),
    );
    const release = sql.match(/--\s*contract: unused since (\S+)/)?.[1];
    const found = all.flatMap((statement) => {
      const table = tableOf(statement);
      const known = {
        isKnown: own.has(table),
        isAlone,
        isContract: released.includes(release),
        proven: proven.of(table),
      };
      return Object.entries(RULES)
        .filter(([, { isBroken, anyTable }]) => (anyTable || !known.isKnown) && isBroken(statement, known))
        .map(([rule]) => ({ migration: name, rule, statement }));
    });
    all.forEach((statement) => proven.learn(tableOf(statement), changes(statement)));
    return found;
  });
}

const isColumn = (change) =>
  /^add (column )?(?!constraint\b|check\b|foreign\b|unique\b|primary\b|exclude\b)/.test(change);

function tableOf(statement) {
  for (const pattern of TABLE_OF) {
    const found = statement.match(pattern);
    if (found) return found[1];
  }
  return undefined;
}

/** The columns of which a validated constraint says that they are never null. */
class Provable {
  #checks = new Map();
  #columns = new Map();

  of(table) {
    return new Set(this.#columns.get(table) ?? []);
  }

  learn(table, changed) {
    for (const change of changed) {
      const [, name, column] = change.match(/^add constraint (\w+) check \((\w+) is not null\)/) ?? [];
      if (name) this.#checks.set(`${table} ${name}`, column);
      const validated = this.#checks.get(`${table} ${change.match(/^validate constraint (\w+)/)?.[1]}`);
      if (validated) this.#columns.set(table, [...(this.#columns.get(table) ?? []), validated]);
    }
  }
}
