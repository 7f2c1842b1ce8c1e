const CONSTRAINTS = `
  select conname as name, conrelid::regclass::text as "table", pg_get_constraintdef(oid) as definition
    from pg_constraint
   where contype in ('p', 'u', 'x', 'f') and (conrelid = any($1::regclass[]) or confrelid = any($1::regclass[]))
   order by contype in ('f') desc, conname`;
const INDEXES = `
  select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition
    from pg_index where indrelid = any($1::regclass[])`;

/** Fills tables while they have neither indexes nor constraints that need one, and builds them afterwards, as they were. */
export async function withoutIndexes(client, tables, work) {
  const { rows: constraints } = await client.query(CONSTRAINTS, [tables]);
  for (const { name, table } of constraints) await client.query(`alter table ${table} drop constraint ${name}`);
  const { rows: indexes } = await client.query(INDEXES, [tables]);
  for (const { name } of indexes) await client.query(`drop index ${name}`);
  await work();
  for (const { definition } of indexes) await client.query(definition);
  // Foreign keys went first and come last: they need the keys that they point to.
  for (const { name, table, definition } of constraints.toReversed())
    await client.query(`alter table ${table} add constraint ${name} ${definition}`);
}
