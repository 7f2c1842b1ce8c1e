import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { inside, isCluster, outside } from '../postgres/place.mjs';
import { Api } from '../prove/api.mjs';
import { followTrails } from '../prove/checks-of-audit.mjs';
import { eventually } from '../prove/eventually.mjs';
import { gatherEvidence } from '../prove/evidence.mjs';
import { MORTAL, startHouse } from '../prove/house.mjs';
import { startKafka } from '../prove/kafka-cluster.mjs';
import { KafkaReader } from '../prove/kafka-reader.mjs';
import { populate } from '../prove/population.mjs';
import { connect, makeProofSchema } from '../prove/proof-schema.mjs';
import { untilQuiet } from '../prove/quiet.mjs';
import { Random } from '../prove/random.mjs';
import { archiving, baseBackup, makeArchive } from './archive.mjs';
import { loseTheDisk, nameInstant, restore } from './disaster.mjs';
import { headsHold, headsOf } from './heads.mjs';
import { copyLog } from './log-as-of.mjs';
import { judgeOutside, outsideNow } from './outside.mjs';
import { asAfterAnyProof, asOf, keptOf } from './restored.mjs';
import { place, Writers } from './writers.mjs';

const SIZE = { tutors: 6, students: 30, bookings: 480 };
const AT_ONCE = 6;
/** How many bookings are made before the backup, by its end, and between the instant and the disaster. */
const BOOKINGS = { before: 30, until: 80, after: 40 };
const DISASTER = 'drop table booking.bookings cascade';
const SECONDS = 120;

/** Plays it all, and answers the checks. */
export async function rehearse({ seed, withKafka }, opened, signal) {
  const began = performance.now();
  const say = (what) => console.log(`[${((performance.now() - began) / 1000).toFixed(1).padStart(5)} s] ${what}`);
  const scene = await setScene({ seed, withKafka, say }, opened, signal);
  const { house, api, orders } = scene;
  const heads = await headsOf(scene.database, house.adminUrl, signal);
  const writers = new Writers(api, orders, AT_ONCE);
  const booked = async (many) => {
    if (!(await eventually(() => writers.confirmed >= many, { seconds: SECONDS, signal })))
      throw new Error(`Only ${writers.confirmed} bookings came through: ${JSON.stringify(writers.results.at(-1))}`);
  };

  await booked(BOOKINGS.before);
  const copied = performance.now();
  const { bytes } = await baseBackup(scene.database, scene.cluster, scene.backup);
  say(`base backup: ${(bytes / 1e6).toFixed(0)} MB in ${seconds(copied)}, ${writers.confirmed} bookings by its end`);
  await booked(BOOKINGS.until);
  const instant = await nameInstant(scene.database);
  say(`the instant is ${instant.name}, with ${writers.confirmed} bookings`);
  await booked(writers.confirmed + BOOKINGS.after);

  await scene.database.query(DISASTER);
  say(`disaster: ${DISASTER}; ${writers.confirmed} bookings were confirmed`);
  await writers.stop();
  await loseTheDisk(scene, instant, say, signal);
  const seen = await outsideNow(house);

  const restoring = performance.now();
  const restored = await restore(scene, instant, opened, signal);
  say(`restored to the instant in ${seconds(restoring)}`);
  const checks = await asOf(restored.database, instant.at, writers.results, DISASTER);
  checks.push({ ...(await followTrails(restored.database)), name: 'no audit trail is broken as of the instant' });
  checks.push(await headsHold(restored.adminUrl, heads));
  const kept = await keptOf(restored.database, instant.at, writers.results);
  const held = await heldOf(restored.database);

  const kafka = await logAsOf(scene, instant, say, opened, signal);
  await bringBack(scene, { ...restored, kafka }, say);
  const fresh = await goOn({ scene, restored, kept, held, results: writers.results });
  const quiet = await untilQuiet(restored.database, kafka, signal);
  say(
    `${held.size} holds of then were confirmed, ${fresh.length - held.size} lessons booked anew; quiet ${quiet.seconds.toFixed(1)} s later`,
  );
  checks.push({ name: 'all was quiet in time', ok: !quiet.waiting, said: JSON.stringify(quiet.waiting) });
  await gatherEvidence({ database: restored.database, house, results: [...kept, ...fresh].map(asOrder), kafka });
  checks.push(...(await asAfterAnyProof(restored.database, !kafka)));
  checks.push(...(await judgeOutside({ house, seen, database: restored.database, say })));
  return checks;
}

async function setScene({ seed, withKafka, say }, opened, signal) {
  const old = withKafka ? await openKafka(opened, signal) : null;
  let archive;
  const server = (folder) => archiving((archive = makeArchive(folder)));
  const house = await startHouse(
    { name: 'backup', say, brokers: old?.brokers, beforeServices: makeProofSchema, server },
    opened,
    signal,
  );
  const cluster = [inside(house.dataDir), outside(house.dataDir)].find((one) => existsSync(one) && isCluster(one));
  const database = await connect(house.adminUrl);
  database.on('error', () => undefined); // the disk goes, and with it the connection
  opened.add('a connection', () => database.end().catch(() => undefined));
  const api = new Api(house.gateway, new Random(seed), signal);
  const orders = await populate(api, SIZE);
  await untilQuiet(database, old, signal);
  say(`${SIZE.tutors} tutors and ${SIZE.students} students; ${AT_ONCE} at once go on booking`);
  return { house, archive, cluster, backup: join(house.folder, 'backup'), database, api, orders, old };
}

/** A Kafka of one node, and a reader of it that knows where it is. */
async function openKafka(opened, signal) {
  const { brokers } = await startKafka(1, opened, signal);
  const reader = new KafkaReader(brokers);
  await reader.open();
  opened.add('a Kafka client', () => reader.close());
  return Object.assign(reader, { brokers });
}

/** The log of events as it was at the instant; where PostgreSQL keeps it, it was restored with the rest. */
async function logAsOf({ old }, { at }, say, opened, signal) {
  if (!old) return null;
  const fresh = await openKafka(opened, signal);
  const { copied, left } = await copyLog({ from: old.brokers, to: fresh.brokers, instant: Math.floor(at), signal });
  say(`a new Kafka has the ${copied} messages sent before the instant; ${left} came after it`);
  return fresh;
}

/** Starts the services on what was restored, by their own roles and passwords, which are in it. */
async function bringBack({ house }, { port, kafka }, say) {
  for (const name of MORTAL) {
    const service = house.services[name];
    const url =
      service.env.DATABASE_URL && Object.assign(new URL(service.env.DATABASE_URL), { port: String(port) }).href;
    Object.assign(service.env, { DATABASE_URL: url ?? '', KAFKA_BROKERS: kafka?.brokers.join() ?? '' });
    service.start();
  }
  for (const name of MORTAL) await house.ready(house.services[name]);
  say('every service answers again');
}

/** Slots that students held at the instant: they still want them. */
async function heldOf(database) {
  const { rows } = await database.query(
    "select slot_id from booking.holds where status = 'held' and expires_at > now()",
  );
  return new Set(rows.map(({ slot_id: slot }) => slot));
}

/** Whoever held something books it, and a few of those whose booking is gone book again. */
async function goOn({ scene: { api, orders }, kept, held, results }) {
  const has = new Set(kept.map(({ slot_id: slot }) => slot));
  const gone = new Set(results.filter(({ slot_id: slot }) => !has.has(slot)).map(({ slot_id: slot }) => slot));
  const wanted = orders.filter(({ slotId }) => held.has(slotId) || gone.has(slotId));
  const fresh = [];
  for (const order of wanted) fresh.push(await place(api, order));
  return fresh;
}

const asOrder = ({ n, slot_id, student_id, booking_id }) => ({ n, slot_id, student_id, booking_id, refusal: null });

const seconds = (since) => `${((performance.now() - since) / 1000).toFixed(1)} s`;
