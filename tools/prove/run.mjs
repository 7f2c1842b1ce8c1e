import { Opened } from '../start/opened.mjs';
import { Api } from './api.mjs';
import { followTrails } from './checks-of-audit.mjs';
import { runChecks } from './checks.mjs';
import { gatherEvidence } from './evidence.mjs';
import { startHouse } from './house.mjs';
import { startKafka } from './kafka-cluster.mjs';
import { KafkaReader } from './kafka-reader.mjs';
import { killAtRandom } from './killer.mjs';
import { endLeaders } from './leaders.mjs';
import { placeAll } from './load.mjs';
import { populate } from './population.mjs';
import { connect, makeProofSchema } from './proof-schema.mjs';
import { untilQuiet } from './quiet.mjs';
import { Random } from './random.mjs';
import { restartAll } from './restarts.mjs';
import { tell, tellComplaints } from './report.mjs';

/**
 * Runs one proof from nothing to its checks: a house of its own, the bookings beside the trouble, quiet, the comparison.
 * `trouble` is 'services' or 'leaders', `nodes` how many Kafka nodes, none for the PostgreSQL log. Calls `onLoadOver` when
 * the bookings are placed: from there on it mostly waits. Answers its check results.
 */
export async function prove({ name, nodes, trouble, size, seed, replicas }, signal, onLoadOver) {
  const opened = new Opened();
  const began = performance.now();
  const say = (what) =>
    console.log(`[${name} ${((performance.now() - began) / 1000).toFixed(1).padStart(5)} s] ${what}`);
  let scene;
  try {
    scene = await setScene({ name, nodes, say, seed, replicas }, opened, signal);
    const { api, database, house, kafka } = scene;
    const orders = await populate(api, size);
    // From then on everybody knows whose calendar is connected.
    await untilQuiet(database, kafka, signal);
    say(`${size.tutors} tutors, ${size.students} students, all with calendars; ${orders.length} bookings begin`);

    const loadBegan = performance.now();
    const load = placeAll(api, orders, size);
    const troubles = { services: killServices, leaders: troubleLeaders, restarts: rollingUpdate }[trouble](
      scene,
      { size, seed, say, signal },
      load,
    );
    const [results, ended] = await Promise.all([load, troubles]);
    const loadSeconds = (performance.now() - loadBegan) / 1000;
    say(`${results.filter((one) => one.booking_id).length} bookings are confirmed; waiting until all is quiet`);
    onLoadOver();

    const quiet = await untilQuiet(database, kafka, signal);
    await gatherEvidence({ database, house, results, kafka });
    const checks = await runChecks(database, !kafka);
    checks.push(await followTrails(database));
    checks.push({ name: 'all was quiet in time', ok: !quiet.waiting, said: JSON.stringify(quiet.waiting) });
    if (trouble === 'leaders') checks.push(inMidBatch(ended));
    if (trouble === 'restarts') checks.push(...uninterrupted(ended, api, results));
    await tell({ name, database, house, api, loadSeconds, quiet, ended: trouble === 'leaders' ? ended : null, checks });
    return checks;
  } catch (error) {
    if (signal.aborted) throw error;
    say(`did not come to its checks: ${error.stack}`);
    if (scene) tellComplaints(scene.house);
    throw error;
  } finally {
    onLoadOver();
    await opened.close();
  }
}

async function setScene({ name, nodes, say, seed, replicas }, opened, signal) {
  const cluster = nodes > 0 ? await startKafka(nodes, opened, signal) : null;
  const kafka = cluster && new KafkaReader(cluster.brokers);
  if (kafka) {
    await kafka.open();
    opened.add('a Kafka client', () => kafka.close());
  }
  const house = await startHouse(
    { name, say, brokers: cluster?.brokers, beforeServices: makeProofSchema, replicas, more: () => DRAINING },
    opened,
    signal,
  );
  const database = await connect(house.adminUrl);
  opened.add('a connection', () => database.end());
  const api = new Api(house.gateway, new Random(seed + 1), signal);
  return { cluster, kafka, house, database, api };
}

function killServices({ house, database }, { size, seed, say, signal }, load) {
  const random = new Random(seed);
  const { every, kills: least } = size;
  return killAtRandom({ services: house.services, database, random, every, least, say, signal }, load);
}

function troubleLeaders({ kafka, cluster, database }, { size, seed, say, signal }, load) {
  const random = new Random(seed);
  return endLeaders({ admin: kafka.admin, cluster, database, random, rounds: size.rounds, say, signal }, load);
}

/** As long as a replica serves on after it was told to end: many times what the balancers take to notice. */
const DRAINING = { DRAIN_SECONDS: '1' };

const rollingUpdate = ({ house, api }, { say, signal }, load) => restartAll({ house, api }, { say, signal }, load);

/** Nobody may notice that every process was replaced. */
function uninterrupted({ restarts, memory, reads }, api, results) {
  const refused = results.filter(({ refusal }) => refusal);
  const wrong = restarts.filter(({ code }) => code !== 0);
  const longest = Math.max(...restarts.map(({ seconds }) => seconds));
  console.log(
    `  ${restarts.length} restarts, the longest stop ${longest.toFixed(1)} s; ${reads} reads beside the bookings`,
  );
  for (const [name, { idle, loaded }] of Object.entries(memory))
    console.log(`  memory of ${name}: ${idle} MB at first${loaded ? `, ${loaded} MB under load` : ''}`);
  return [
    {
      name: 'no request failed',
      ok: api.repeats === 0,
      said: `${api.repeats} were sent again: ${api.troubles.join('; ')}`,
    },
    { name: 'every booking was made', ok: refused.length === 0, said: JSON.stringify(refused.slice(0, 3)) },
    { name: 'every process ended with 0', ok: wrong.length === 0, said: JSON.stringify(wrong.slice(0, 5)) },
  ];
}

/** What was not in mid-batch proves little. */
function inMidBatch(ended) {
  const met = ['stopped', 'killed'].filter((what) => ended.some((one) => one.what === what && one.inBatch));
  return { name: 'a leader was stopped and one was killed in mid-batch', ok: met.length === 2, said: `only ${met}` };
}
