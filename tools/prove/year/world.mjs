import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../postgres/server.mjs';
import { startPostgres } from '../../postgres/start-postgres.mjs';
import { KEEPERS, loadServices, publicUrl, startServices } from '../../start/apps.mjs';
import { prepareDatabase } from '../../start/database.mjs';
import { DATABASE, ROOT } from '../../start/settings.mjs';
import { eventually } from '../eventually.mjs';

const require = createRequire(join(ROOT, 'package.json'));
const { Client } = require('pg');

/** Long after the database's own clock: what bears that one's time is thereby known. */
export const BEGINNING = new Date('2030-01-01T09:00:00Z');
export const DAY = 86_400_000;
const QUIET_SECONDS = 120;

/** Columns that take the time from the database itself, which does not know of our year. */
const OWN_TIME = [
  ['bus.log', 'logged_at'],
  ...['accounts', 'availability', 'booking', 'calendar_sync', 'notification'].flatMap((schema) => [
    [`${schema}.inbox`, 'received_at'],
    [`${schema}.dead_letters`, 'died_at'],
  ]),
];
const SCHEMAS = ['accounts', 'availability', 'booking', 'calendar_sync', 'notification'];
const WAITING = `select
  ${SCHEMAS.map((schema) => `(select count(*)::int from ${schema}.outbox)`).join(' + ')} +
  (select count(*)::int from bus.offsets o join bus.log l on l.part = o.part and l.pos > o.pos) as events,
  (select count(*)::int from notification.messages where state in ('planned', 'working') and next_attempt_at <= $1) as messages,
  (select count(*)::int from calendar_sync.lesson_events where state <> 'idle' and next_attempt_at <= $1) as lessons`;

/** Every service in this process, on a database of its own, by a clock that stands until it is set. */
export class World {
  at = BEGINNING;

  static async open(opened, signal) {
    const world = new World();
    const folder = mkdtempSync(join(tmpdir(), 'scheduling-prove-year-'));
    chmodSync(folder, 0o711); // PostgreSQL's own user passes through it when we are root
    opened.add('the folder of a proof', async () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
    const dataDir = join(folder, 'data');
    const postgres = await startPostgres({ dataDir, log: () => undefined, signal });
    opened.add('PostgreSQL', postgres.stop);
    const services = loadServices();
    const databases = await prepareDatabase(postgres.url, dataDir, services, () => undefined);
    world.signal = signal;
    world.database = new Client({
      connectionString: Object.assign(new URL(postgres.url), { pathname: `/${DATABASE}` }).href,
    });
    await world.database.connect();
    opened.add('a connection', () => world.database.end());

    const port = await freePort();
    world.running = [];
    opened.add('the services', () => Promise.all(world.running.map(({ close }) => close())));
    const env = { ...process.env, RATE_LIMITS: 'off', LOG_LEVEL: 'error' };
    const place = { services, env, dataDir, databases, port, host: '127.0.0.1', signal, overrides: world.#clock() };
    await startServices(place, world.running);
    world.gateway = publicUrl(port, '127.0.0.1');
    return world;
  }

  /** Does every periodic job of every service as of an instant, one after the other, as one replica would. */
  async tick(at) {
    this.at = at;
    await this.date();
    const { SchedulerRegistry } = require('@nestjs/schedule');
    for (const { app } of this.running.filter(({ name }) => KEEPERS.includes(name))) {
      const registry = app.get(SchedulerRegistry, { strict: false });
      for (const job of registry.getCronJobs().values()) await job.fireOnTick();
    }
  }

  /** Gives what bears the database's own time that of our year. */
  async date() {
    for (const [table, column] of OWN_TIME)
      await this.database.query(`update ${table} set ${column} = $1 where ${column} < $2`, [
        this.at,
        new Date(BEGINNING.getTime() - 30 * DAY),
      ]);
  }

  /** Waits until nothing is on its way any more. */
  async settle() {
    let left;
    const isQuiet = async () => {
      const { rows } = await this.database.query(WAITING, [this.at]);
      left = rows[0];
      return Object.values(left).every((some) => some === 0);
    };
    if (!(await eventually(isQuiet, { seconds: QUIET_SECONDS, every: 50, signal: this.signal })))
      throw new Error(`not quiet: ${JSON.stringify(left)}`);
  }

  #clock() {
    const { FROZEN_CLOCK } = require('@scheduling/persistence');
    const { Clock } = require('@scheduling/domain');
    const clock = { now: () => this.at };
    return [
      { provide: FROZEN_CLOCK, useValue: clock },
      { provide: Clock, useValue: clock },
    ];
  }
}
