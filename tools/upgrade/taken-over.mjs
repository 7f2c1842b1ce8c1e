import { createRequire } from 'node:module';
import { join } from 'node:path';
import { createDatabase, migrateService, provision, READERS } from '../start/database.mjs';
import { KEEPERS, schemaOf } from '../start/apps.mjs';
import { DATABASE, ROOT } from '../start/settings.mjs';
import { restoreRows, rowsOf, shapeOf, stepsOf } from './rows.mjs';

const { Client } = createRequire(join(ROOT, 'package.json'))('pg');

/** Rows that today's start may change before anybody looks: whoever takes a job first moves its row. */
const MOVING = ['ticks'];

/**
 * Puts what a release left into an empty database: its own steps, then its rows, then today's steps. Answers what was seen as checks.
 */
export async function takeOver({ release, adminUrl, services }) {
  await createDatabase(adminUrl);
  const url = Object.assign(new URL(adminUrl), { pathname: `/${DATABASE}` }).href;
  const owners = KEEPERS.map((name) => ({ schema: schemaOf({ name }) }));
  await provision(
    url,
    owners,
    READERS.map((role) => ({ role })),
  );
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const checks = [];
    for (const service of services) checks.push(await asReleased(client, url, service, release));
    await restoreRows(client, 'bus', release.schemas.bus);
    const began = performance.now();
    let steps = 0;
    for (const service of services) steps += await migrateService(service, url, schemaOf(service));
    const ms = Math.round(performance.now() - began);
    checks.push({ name: `today's ${steps} steps are taken`, ok: true, detail: `${ms} ms` });
    for (const schema of Object.keys(release.schemas)) checks.push(await sameRows(client, schema, release));
    return checks;
  } finally {
    await client.end();
  }
}

/** Takes the steps that the release had taken, no more, and puts its rows back. */
async function asReleased(client, url, service, release) {
  const schema = schemaOf(service);
  const kept = release.schemas[schema];
  if (!kept) return { name: `${schema} is younger`, ok: true };
  const then = {
    ...service,
    schema: (...args) => {
      const options = service.schema(...args);
      return { ...options, migrations: options.migrations.filter((Step) => kept.steps.includes(Step.name)) };
    },
  };
  await migrateService(then, url, schema);
  const lacking = kept.steps.filter((step) => !known(service, url).includes(step));
  const [steps, shape] = [await stepsOf(client, schema), await shapeOf(client, schema)];
  await restoreRows(client, schema, kept);
  const ok = lacking.length === 0 && steps.length === kept.steps.length && shape === kept.shape;
  const detail = ok ? '' : `its steps are ${lacking.join(', ') || 'there'}, its shape is ${shape}`;
  return { name: `${schema}: the ${kept.steps.length} steps of then still make what they made`, ok, detail };
}

const known = (service, url) => service.schema(url).migrations.map((Step) => Step.name);

/** Whether each row is still there, with every value that it had. */
async function sameRows(client, schema, release) {
  const { tables } = await rowsOf(client, schema);
  const lost = [];
  let many = 0;
  for (const [table, rows] of Object.entries(release.schemas[schema].tables)) {
    if (MOVING.includes(table)) continue;
    const now = (tables[table] ?? []).map((row) => JSON.parse(row));
    for (const row of rows.map((text) => JSON.parse(text))) {
      many += 1;
      if (!now.some((one) => holds(one, row))) lost.push(`${table} ${JSON.stringify(row).slice(0, 200)}`);
    }
  }
  return {
    name: `${schema}: ${many} rows have every value that they had`,
    ok: lost.length === 0,
    detail: lost[0] ?? '',
  };
}

const holds = (now, then) =>
  Object.entries(then).every(([column, value]) => JSON.stringify(now[column]) === JSON.stringify(value));
