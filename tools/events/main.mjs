// npm run events -- <command>: what an operator does about the event log.
//   lag                             how far each consumer group is behind, and which are paused
//   dead [group]                    what was given up and nobody has dealt with
//   show <group> <event_id>         one of these: what it says, why it failed
//   redeliver <group> <event_id>    hands it to its group once more; --all for all of the group
//   pause <group>, resume <group>   on every replica; after pause none of its deliveries is under way
//   replay <group> <instant>        sets a paused group back to what reached the log then, or `earliest`: all effects happen again
// It reads and writes in the first of these places that the environment names: ADMIN_DATABASE_URL, <APP>_DATABASE_URL of each app, the
// embedded database while it runs. What it asks for, a replica of the service carries out: one has to be running.
import { build } from '../start/build.mjs';
import { complain } from '../start/progress.mjs';
import { stopSignal } from '../start/stop-signal.mjs';
import { ask } from './ask.mjs';
import { dead, lag, show } from './look.mjs';
import { readOrder } from './order.mjs';
import { openPlaces } from './places.mjs';

const { signal } = stopSignal();
const DOES = { lag, dead, show, redeliver: ask, pause: ask, resume: ask, replay: ask };

try {
  const order = readOrder(process.argv.slice(2));
  await build(signal);
  const places = await openPlaces(order.group);
  try {
    process.exitCode = (await DOES[order.command](places, order, signal)) ? 0 : 1;
  } finally {
    await Promise.all(places.map(({ client }) => client.end()));
  }
} catch (error) {
  complain(error);
  process.exitCode = 1;
}
process.exit();
