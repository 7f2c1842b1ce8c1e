// npm run backup:rehearse [-- --kafka]: books lessons, takes a base backup meanwhile, notes an instant, goes on booking, loses a table and the disk, and
// restores the database to the instant from the backup and the archived log of changes. Then everything that was answered before the
// instant has to be there and nothing of what came after, and the services have to go on from there.
// With --kafka the log of events is a Kafka, which a restored database is behind of: a new one is filled with what was sent by then.
// docs/runbooks/restoring-a-backup.md is the same with CloudNativePG or pgBackRest.
import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { build } from '../start/build.mjs';
import { Opened } from '../start/opened.mjs';
import { Stopped, stopSignal } from '../start/stop-signal.mjs';
import { rehearse } from './rehearse.mjs';

const { values } = parseArgs({ options: { kafka: { type: 'boolean', default: false } } });
const stop = stopSignal();
const opened = new Opened();
let checks;
try {
  await build(stop.signal);
  checks = await rehearse({ seed: randomInt(1e9), withKafka: values.kafka }, opened, stop.signal);
} catch (error) {
  const reason = stop.signal.aborted ? stop.signal.reason : error;
  console.error(reason instanceof Stopped ? 'Stopped before the end.' : reason);
  checks = [{ ok: false }];
} finally {
  await opened.close();
}
for (const { name, ok, said } of checks.filter(({ name }) => name))
  console.log(`${ok ? 'ok    ' : 'FAILED'} ${name}${ok || !said ? '' : `\n       ${said}`}`);
const passed = checks.filter(({ ok }) => ok).length;
console.log(`${passed} passed, ${checks.length - passed} failed`);
process.exit(passed === checks.length && passed > 0 ? 0 : 1);
