// npm run prove: 200 students want one slot; services and brokers are killed while bookings run, and afterwards nothing may
// be lost or done twice.
// Reminders of lessons that all start at once are sent while one of two replicas is killed again and again.
// Every route is asked as every role, and answers as docs/access.md says; and with anything at all, and answers as docs/openapi.json says.
// A year of small traffic is lived, and no table may grow from which housekeeping takes.
// The booking service is compared with a simple model, calendars with what should stand in them after everything went wrong, and every kind
// of rule with python-dateutil, too. What each release left behind is taken over by this version.
//   npm run prove -- [--short] [--seed N] [--only race|crashes|leader|rolling|payments|model|racers|calendars|reminders|year|access|observed|fuzz|conformance|upgrade]
import { access } from '../access/walk.mjs';
import { fuzzing } from '../fuzz/run.mjs';
import { observed } from '../observe/run.mjs';
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
import { year } from './year.mjs';
import { upgrade } from './upgrade.mjs';

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
  await runWithKills(order);
  if (order.only.includes('year')) results.push(...(await year(order.seed, stop.signal)));
  if (order.only.includes('observed')) results.push(...(await observed(stop.signal)));
  if (order.only.includes('fuzz')) results.push(...(await fuzzing(order.seed, stop.signal)));
  for (const [proof, spec] of Object.entries(SPECS)) {
    const size = { ...order.size[proof], MODEL_SEED: order.seed, CONVERGENCE_SEED: order.seed };
    if (order.only.includes(proof)) results.push(...(await specs(spec, size, stop.signal)));
  }
  if (order.only.includes('conformance')) results.push(...(await conformance(order.seed, stop.signal)));
  if (order.only.includes('upgrade')) results.push(...(await upgrade(stop.signal)));
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
  const { crashes, leader, rolling } = size;
  const all = [
    { of: 'crashes', name: 'postgres-log', nodes: 0, trouble: 'services', size: crashes, seed },
    { of: 'crashes', name: 'kafka-log', nodes: 1, trouble: 'services', size: crashes, seed: seed + 1000 },
    { of: 'rolling', name: 'rolling', nodes: 0, trouble: 'restarts', size: rolling, seed: seed + 3000, replicas: 2 },
    {
      of: 'rolling',
      name: 'rolling-kafka',
      nodes: 1,
      trouble: 'restarts',
      size: rolling,
      seed: seed + 4000,
      replicas: 2,
    },
    { of: 'leader', name: 'three-brokers', nodes: 3, trouble: 'leaders', size: leader, seed: seed + 2000 },
  ];
  return all.filter((run) => only.includes(run.of) && (hasKafka || run.nodes === 0));
}

/**
 * One after the other; the short ones overlap: while one waits for what a dead process had in its hands, or until all is quiet,
 * the next ones have the machine.
 */
async function runWithKills({ only, size, seed, isShort }) {
  const running = [];
  const start = (proof) => {
    running.push(proof.then((checks) => void results.push(...checks)));
    running.at(-1).catch(stop.now); // ends the others too
  };
  if (only.includes('payments')) start(payments(stop.signal));
  for (const run of plan({ only, size, seed })) {
    if (!isShort) await Promise.allSettled(running);
    if (stop.signal.aborted) break;
    const { promise: loadOver, resolve: onLoadOver } = Promise.withResolvers();
    start(prove(run, stop.signal, onLoadOver));
    if (isShort) await loadOver;
  }
  if (!isShort) await Promise.allSettled(running);
  start(remindersThenAccess({ only, size, seed }));
  await Promise.allSettled(running); // each has cleaned up behind itself by then
  stop.signal.throwIfAborted();
}

async function remindersThenAccess({ only, size, seed }) {
  const checks = [];
  if (only.includes('reminders')) checks.push(...(await reminders(size.reminders, seed, stop.signal)));
  if (only.includes('access')) checks.push(...(await access(stop.signal)));
  return checks;
}
