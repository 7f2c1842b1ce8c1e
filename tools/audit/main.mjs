// npm run audit:verify [-- --head <schema>:<day>:<position>:<hash> …]: follows the audit trail of each service and says what was
// tampered with. A head is what a line `audit sealed` said: with one, an end that was cut off is found too.
// It reads in the first of these places that the environment names: ADMIN_DATABASE_URL, <APP>_DATABASE_URL of each app, the embedded
// database while it runs.
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { CannotStart } from '../postgres/cannot-start.mjs';
import { runningUrl } from '../postgres/running-url.mjs';
import { capitals, loadKeepers, schemaOf } from '../start/apps.mjs';
import { build } from '../start/build.mjs';
import { complain } from '../start/progress.mjs';
import { DATABASE, dataDir, ROOT } from '../start/settings.mjs';
import { stopSignal } from '../start/stop-signal.mjs';
import { readHeads } from './heads.mjs';
import { verify } from './verify.mjs';

try {
  const heads = readHeads(process.argv.slice(2));
  await build(stopSignal().signal);
  const trails = places(loadKeepers());
  const strange = heads.find((head) => !trails.some(({ schema }) => schema === head.schema));
  if (strange) throw new CannotStart(`No trail of ${strange.schema} is read here, so that its head cannot be found.`);
  let faults = 0;
  for (const trail of trails) faults += await follow(trail, heads);
  console.log(faults === 0 ? 'Every trail is as it was written.' : `Tampered with: ${faults} faults.`);
  process.exitCode = faults === 0 ? 0 : 1;
} catch (error) {
  complain(error);
  process.exitCode = 1;
}
process.exit();

/** Follows one service's trail and says how it is; answers how many faults it has. */
async function follow({ schema, url }, heads) {
  const { verifyTrail, writtenAs } = createRequire(join(ROOT, 'package.json'))('@scheduling/persistence');
  const own = heads.filter((head) => head.schema === schema);
  const { sealed, waiting, head, faults } = await verify(verifyTrail, { schema, url, heads: own });
  const end = head ? `the head is ${schema}:${writtenAs(head)}` : 'nothing is sealed yet';
  console.log(`${schema}: ${sealed} entries are sealed, ${waiting} wait for their seal; ${end}`);
  for (const fault of faults) console.log(`  ${fault}`);
  return faults.length;
}

function places(services) {
  const { env } = process;
  const everywhere = (url) => services.map((service) => ({ schema: schemaOf(service), url }));
  if (env.ADMIN_DATABASE_URL) return everywhere(env.ADMIN_DATABASE_URL);
  const addressed = services.map((service) => ({
    schema: schemaOf(service),
    url: env[`${capitals(service.name)}_DATABASE_URL`],
  }));
  if (addressed.some(({ url }) => url)) return addressed.filter(({ url }) => url);
  const running = existsSync(dataDir()) && runningUrl(dataDir(), DATABASE);
  if (running) return everywhere(running);
  throw new CannotStart(
    'Set ADMIN_DATABASE_URL, or the <APP>_DATABASE_URL of each app, or start the embedded system with npm start.',
  );
}
