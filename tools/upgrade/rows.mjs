import { createHash } from 'node:crypto';

/** Rows that travel in one statement. */
const PORTION = 500;

const TABLES = `
  select relname as name from pg_class where relkind = 'r' and relnamespace = $1::regnamespace and relname <> 'migrations' order by relname`;

/** What a schema is made of, as text: two that say the same hold the same rows. */
const COLUMNS = `
  select table_name, column_name, udt_name, is_nullable, is_generated from information_schema.columns
   where table_schema = $1 order by table_name, column_name`;

const SEQUENCES = `
  select sequencename as name, last_value::text as value from pg_sequences
   where schemaname = $1 and last_value is not null and sequencename not like 'migrations%' order by sequencename`;

/** A hash over the columns of a schema. */
export async function shapeOf(client, schema) {
  const { rows } = await client.query(COLUMNS, [schema]);
  const text = rows
    .filter(({ table_name: table }) => table !== 'migrations')
    .map((row) => Object.values(row).join(' '))
    .join('\n');
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

/** The names of the steps that a schema has taken, the first first; none for one that nobody migrates. */
export async function stepsOf(client, schema) {
  const { rows: found } = await client.query('select to_regclass($1) as it', [`${schema}.migrations`]);
  if (!found[0].it) return [];
  const { rows } = await client.query(`select name from ${schema}.migrations order by timestamp, id`);
  return rows.map(({ name }) => name);
}

/** All rows of a schema: `{ tables: { <name>: <rows as JSON texts> }, sequences: { <name>: <value> } }`. */
export async function rowsOf(client, schema) {
  const tables = {};
  const { rows: names } = await client.query(TABLES, [schema]);
  for (const { name } of names) {
    const { rows } = await client.query(
      `select to_jsonb(t)::text as row from ${schema}.${name} t order by to_jsonb(t)::text`,
    );
    if (rows.length > 0) tables[name] = rows.map(({ row }) => row);
  }
  const { rows: sequences } = await client.query(SEQUENCES, [schema]);
  return { tables, sequences: Object.fromEntries(sequences.map(({ name, value }) => [name, value])) };
}

/** Puts the rows back as they were, ids included; neither triggers nor foreign keys look on meanwhile. */
export async function restoreRows(client, schema, { tables, sequences }) {
  await client.query('begin');
  await client.query('set local session_replication_role = replica');
  const { rows: names } = await client.query(TABLES, [schema]);
  for (const { name } of names) await client.query(`delete from ${schema}.${name}`); // what steps put there themselves
  for (const [table, rows] of Object.entries(tables)) await restoreTable(client, `${schema}.${table}`, rows);
  for (const [name, value] of Object.entries(sequences)) {
    await client.query('select setval($1::regclass, $2)', [`${schema}.${name}`, value]);
  }
  await client.query('commit');
}

async function restoreTable(client, table, rows) {
  const { rows: found } = await client.query(
    "select attname from pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = ''",
    [table],
  );
  const columns = found.map(({ attname }) => client.escapeIdentifier(attname)).join(', ');
  for (let at = 0; at < rows.length; at += PORTION) {
    await client.query(
      `insert into ${table} (${columns}) overriding system value
       select ${columns} from jsonb_populate_recordset(null::${table}, $1::jsonb)`,
      [`[${rows.slice(at, at + PORTION).join(',')}]`],
    );
  }
}
