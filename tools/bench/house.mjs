import { chmodSync, mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres } from '../postgres/start-postgres.mjs';
import { schemaOf } from '../start/apps.mjs';
import { migrateService, READERS } from '../start/database.mjs';
import { ROOT } from '../start/settings.mjs';

const require = createRequire(join(ROOT, 'package.json'));

/** As PostgreSQL comes, where the embedded one is made smaller; but for building indexes, which is not measured. */
const SETTINGS = { shared_buffers: '128MB', max_wal_size: '1GB', maintenance_work_mem: '512MB' };
const PASSWORD = 'bench';
/** Ten million slots with their indexes, a night's work, and room to sort. */
const NEEDED_GB = 12;

/** Starts PostgreSQL in a folder of its own and an issuer of tokens: where services can live. */
export async function openHouse(opened, signal) {
  const folder = mkdtempSync(join(tmpdir(), 'scheduling-bench-'));
  chmodSync(folder, 0o711); // PostgreSQL's own user passes through it when we are root
  opened.add('the folder of a bench', async () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
  refuseFullDisk(folder);
  const dataDir = join(folder, 'data');
  const postgres = await startPostgres({ dataDir, log: () => undefined, settings: SETTINGS, signal });
  opened.add('PostgreSQL', postgres.stop);
  const issuer = await require('@scheduling/testing').testIssuer();
  opened.add('the issuer', issuer.close);
  return new House(folder, postgres.url, issuer);
}

class House {
  #made = 0;
  #once = new Map();

  constructor(folder, adminUrl, issuer) {
    Object.assign(this, { folder, adminUrl, issuer });
  }

  /** Makes what several parts need when the first one asks for it. */
  once(name, make) {
    if (!this.#once.has(name)) this.#once.set(name, make());
    return this.#once.get(name);
  }

  /** Makes a database with the schemas of some services, migrated: where the administrator and each service sign in. */
  async database(...names) {
    const name = `bench_${(this.#made += 1)}`;
    await this.query(`create database ${name}`);
    const adminUrl = Object.assign(new URL(this.adminUrl), { pathname: `/${name}` }).href;
    const services = names.map((app) => require(join(ROOT, 'apps', app, 'dist', 'service.js')).service);
    const owners = services.map((service) => ({ schema: schemaOf(service), password: PASSWORD }));
    const readers = READERS.map((role) => ({ role, password: PASSWORD }));
    await require('@scheduling/persistence').provision(adminUrl, owners, readers);
    const signIn = (role) => Object.assign(new URL(adminUrl), { username: role, password: PASSWORD }).href;
    const urls = Object.fromEntries(READERS.map((role) => [role, signIn(role)]));
    for (const service of services) {
      urls[service.name] = signIn(schemaOf(service));
      await migrateService(service, urls[service.name]);
    }
    return { name, adminUrl, urls };
  }

  /** Asks the server one thing, as the administrator. */
  async query(text) {
    const { Client } = require('pg');
    const admin = new Client({ connectionString: this.adminUrl });
    await admin.connect();
    try {
      return await admin.query(text);
    } finally {
      await admin.end();
    }
  }

  /** A connection of the administrator's, who looks into one schema first; it ends with the bench. */
  async connect({ adminUrl }, schema, opened) {
    const { Client } = require('pg');
    const client = new Client({ connectionString: adminUrl, options: `-c search_path=${schema},public` });
    client.on('error', () => undefined); // the next query meets it
    await client.connect();
    opened.add('a connection', () => client.end());
    return client;
  }
}

function refuseFullDisk(folder) {
  const { bavail, bsize } = statfsSync(folder);
  if (bavail * bsize < NEEDED_GB * 1e9) throw new Error(`${folder} needs ${NEEDED_GB} GB free.`);
}
