// Asks every route of docs/openapi.json tens of thousands of times, as each role, with what the document allows and what it does not:
// no answer may be a fault of ours, and each must be one that the document declares.
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { issuerOf } from '../access/people.mjs';
import { startHouse } from '../prove/house.mjs';
import { doubles } from '../start/doubles.mjs';
import { Opened } from '../start/opened.mjs';
import { ROOT } from '../start/settings.mjs';
import { fuzz, schemathesis } from './schemathesis.mjs';

const require = createRequire(join(ROOT, 'package.json'));
const { Client } = require('pg');

const ROLES = ['student', 'tutor', 'admin', 'service'];
const EXAMPLES = 60;
/** What ends the asker, or never ends by itself. */
const LEFT_OUT = ['DELETE /api/v1/accounts/me', 'GET /api/v1/scheduling/realtime/events'];

/** Methods that a route does not have are left alone: one that was left out above would be among them. */
const CONFIG = '[phases.coverage]\nunexpected-methods = []\n';

/** Fuzzes; answers a check for each role, and one for the number of requests. */
export async function fuzzing(seed, signal) {
  const opened = new Opened();
  const say = (what) => console.log(`[fuzz] ${what}`);
  try {
    const program = await schemathesis();
    if (!program) {
      say('*** NOT FUZZED HERE: schemathesis cannot be had from PyPI. ***');
      return [];
    }
    const more = (gateway, dataDir) => doubles({}, gateway, dataDir);
    const house = await startHouse({ name: 'fuzz', say, more, beforeServices: () => undefined }, opened, signal);
    const database = new Client({ connectionString: house.adminUrl });
    await database.connect();
    opened.add('a connection', () => database.end());
    const issuer = await issuerOf(database, `${house.gateway}/api/v1/accounts`);
    const document = join(house.folder, 'openapi.json');
    writeFileSync(
      document,
      JSON.stringify(withoutLeftOut(JSON.parse(readFileSync(join(ROOT, 'docs/openapi.json'), 'utf8')))),
    );
    const config = join(house.folder, 'schemathesis.toml');
    writeFileSync(config, CONFIG);
    return await asEachRole({ config, house, issuer, program, document, seed, say, signal });
  } finally {
    await opened.close();
  }
}

async function asEachRole({ config, house, issuer, program, document, seed, say, signal }) {
  const checks = [];
  const seen = new Map();
  for (const role of ROLES) {
    const { tokens } = await issuer.person(`fuzzing ${role}`, [role]);
    const report = join(house.folder, `${role}.har`);
    const order = {
      program,
      config,
      document,
      url: house.gateway,
      token: tokens[role],
      seed,
      examples: EXAMPLES,
      report,
      signal,
    };
    const { ok, said } = await fuzz(order);
    const asked = statusesIn(report);
    rmSync(report, { force: true });
    for (const [status, times] of asked) seen.set(status, (seen.get(status) ?? 0) + times);
    checks.push({ name: `fuzz: as a ${role}`, ok, said: said.slice(-4000) });
    if (!ok) say(said.slice(-12_000));
    say(`as a ${role}: ${sum(asked)} requests`);
  }
  const [all, faults] = [sum(seen), sum(new Map([...seen].filter(([status]) => status >= 500)))];
  say(
    [...seen]
      .toSorted(([a], [b]) => a - b)
      .map(([status, times]) => `${status}: ${times}`)
      .join(', '),
  );
  checks.push({ name: 'fuzz: at least 20,000 requests', ok: all >= 20_000, said: String(all) });
  checks.push({ name: 'fuzz: no fault of ours', ok: faults === 0, said: String(faults) });
  return checks;
}

function withoutLeftOut(document) {
  for (const route of LEFT_OUT) {
    const [method, path] = route.split(' ');
    delete document.paths[path][method.toLowerCase()];
  }
  return document;
}

function statusesIn(report) {
  const { log } = JSON.parse(readFileSync(report, 'utf8'));
  return new Map(
    [...Map.groupBy(log.entries, ({ response }) => response.status)].map(([status, all]) => [status, all.length]),
  );
}

const sum = (counts) => [...counts.values()].reduce((total, times) => total + times, 0);
