// npm run prove: 200 students want one slot; services and brokers are killed while bookings run, and afterwards nothing may
// be lost or done twice.
// Reminders of lessons that all start at once are sent while one of two replicas is killed again and again.
// The booking service is compared with a simple model, calendars with what should stand in them after everything went wrong, and every kind
// of rule with python-dateutil, too.
//   npm run prove -- [--short] [--seed N] [--only race|crashes|leader|payments|model|racers|calendars|reminders|conformance]
import { build } from '../start/build.mjs';
import { Stopped, stopSignal } from '../start/stop-signal.mjs';
import { conformance } from './conformance.mjs';
import { canRunKafka } from './kafka-cluster.mjs';
import { payments } from './payments.mjs';
import { race } from './race.mjs';
import { reminders } from './reminders.mjs';
import { prove } from './run.mjs';
import { readOrder } from './sizes.mjs';
import { specs } from './specs.mjs';

/** Proofs that are tests of one service, at a larger size. */
const SPECS = {
  model: { names: ['model', 'concurrent'] },
  racers: { names: ['racers'] },
  calendars: { app: 'calendar-sync', names: ['convergence'] },
};

const stop = stopSignal();
const results = [];

try {
  const order = readOrder(process.argv.slice(2));
  console.log(`prove: ${order.isShort ? 'short' : 'full size'}, seed ${order.seed}`);
  await build(stop.signal);
  // First and alone: the others would cost it its speed.
  if (order.only.includes('race')) results.push(...(await race(order.seed, stop.signal)));
  await runAll(plan(order), order);
  if (order.only.includes('payments')) results.push(...(await payments(stop.signal)));
  if (order.only.includes('reminders'))
    results.push(...(await reminders(order.size.reminders, order.seed, stop.signal)));
  for (const [proof, spec] of Object.entries(SPECS)) {
    const size = { ...order.size[proof], MODEL_SEED: order.seed, CONVERGENCE_SEED: order.seed };
    if (order.only.includes(proof)) results.push(...(await specs(spec, size, stop.signal)));
  }
  if (order.only.includes('conformance')) results.push(...(await conformance(order.seed, stop.signal)));
} catch (error) {
  const reason = stop.signal.aborted ? stop.signal.reason : error;
  console.error(reason instanceof Stopped ? 'Stopped before the end.' : reason);
  results.push({ ok: false });
}
const passed = results.filter(({ ok }) => ok).length;
console.log(`${passed} passed, ${results.length - passed} failed`);
process.exit(passed === results.length && passed > 0 ? 0 : 1);

function plan({ only, size, seed }) {
  const hasKafka = canRunKafka();
  if (!hasKafka) console.log('\n*** KAFKA IS NOT PROVEN HERE: Java 17 and Maven are missing. ***\n');
  const { crashes, leader } = size;
  const all = [
    { of: 'crashes', name: 'postgres-log', nodes: 0, trouble: 'services', size: crashes, seed },
    { of: 'crashes', name: 'kafka-log', nodes: 1, trouble: 'services', size: crashes, seed: seed + 1000 },
    { of: 'leader', name: 'three-brokers', nodes: 3, trouble: 'leaders', size: leader, seed: seed + 2000 },
  ];
  return all.filter((run) => only.includes(run.of) && (hasKafka || run.nodes === 0));
}

/** One after the other; the short ones overlap: while one waits until all is quiet, the next one places its bookings. */
async function runAll(runs, { isShort }) {
  const running = [];
  for (const run of runs) {
    if (stop.signal.aborted) break;
    const { promise: loadOver, resolve: onLoadOver } = Promise.withResolvers();
    const proof = prove(run, stop.signal, onLoadOver).then((checks) => void results.push(...checks));
    proof.catch(stop.now); // ends the others too
    running.push(proof);
    await (isShort ? loadOver : Promise.allSettled([proof]));
  }
  await Promise.allSettled(running); // each has cleaned up behind itself by then
  stop.signal.throwIfAborted();
}
