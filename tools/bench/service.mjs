// One of our services in a process of its own, from its dist: what dist/main.js runs, except that crons rest: they come at
// their own times, and would do the night's work beside the bench or disturb a measurement.
//   service.mjs <app> [<instant>]: with an instant, that is what the clock of its transactions shows, until told otherwise.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { ROOT } from '../start/settings.mjs';
import { answering } from './answering.mjs';

const require = createRequire(join(ROOT, 'package.json'));
const { FROZEN_CLOCK, Ticks } = require('@scheduling/persistence');
const { readConfig, run } = require('@scheduling/service-kit');

const [app, instant] = process.argv.slice(2);
const { service } = require(join(ROOT, 'apps', app, 'dist', 'service.js'));

const clock = { at: new Date(instant), now: () => clock.at };
const overrides = [{ provide: Ticks, useValue: { once: async () => undefined } }];
if (instant) overrides.push({ provide: FROZEN_CLOCK, useValue: clock });
const running = await run(service, readConfig(service.config), overrides);

let overheard = [];
const clients = new Map();
const numberOf = (client) => clients.get(client) ?? clients.set(client, clients.size).get(client);

answering(
  { origin: running.url },
  {
    /** Writes down from now on what goes to the database, and answers what was said since it was last asked. */
    overhear: () => {
      const { prototype } = require('pg').Client;
      prototype.spoken ??= prototype.query;
      const said = overheard;
      overheard = [];
      prototype.query = function query(...args) {
        const [{ text = args[0], values = args[1] }] = args;
        if (typeof text === 'string') overheard.push({ by: numberOf(this), text, values });
        return this.spoken(...args);
      };
      return said;
    },
    setClock: (at) => void (clock.at = new Date(at)),
    /** Calls a method of one of the service's own parts, named by the file of dist that exports its class. */
    call: async ({ file, name, method }) => {
      const part = running.app.get(require(join(ROOT, 'apps', app, 'dist', file))[name], { strict: false });
      return part[method]();
    },
  },
);
