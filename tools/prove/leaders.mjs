import { setTimeout as pause } from 'node:timers/promises';
import { eventually } from './eventually.mjs';

const TOPIC = 'scheduling.booking';
const HEALED_SECONDS = 60;
const BATCH_SECONDS = 10;

/**
 * Ends the leader of a random partition while facts wait for it, by turns cleanly and with kill -9, brings it back, and
 * goes on when every partition has all its replicas again; `rounds` of both, as long as the load lasts. Answers what it did.
 */
export async function endLeaders({ admin, cluster, database, random, rounds, say, signal }, load) {
  let isOver = false;
  load.finally(() => (isOver = true)).catch(() => undefined); // whoever waits for the load hears of it
  const done = [];
  for (const how of Array.from({ length: rounds }, () => ['SIGTERM', 'SIGKILL']).flat()) {
    if (isOver) break;
    const partition = random.pick(await partitions(admin));
    const node = cluster.node(partition.leader);
    await pause(random.between(100, 900), undefined, { signal });
    const inBatch = await eventually(() => hasWaiting(database), { seconds: BATCH_SECONDS, every: 1, signal });
    const what = how === 'SIGTERM' ? 'stopped' : 'killed';
    say(
      `node ${node.id} is ${what}, the leader of ${TOPIC}/${partition.partitionId}${inBatch ? ', in mid-batch' : ''}`,
    );
    await node.end(how);
    await pause(random.between(1500, 3000), undefined, { signal });
    await node.start(signal);
    const healed = await eventually(() => isWhole(admin), { seconds: HEALED_SECONDS, every: 250, signal });
    done.push({ what, inBatch: Boolean(inBatch) });
    if (!healed)
      throw new Error(`The cluster was not whole again ${HEALED_SECONDS} s after node ${node.id} came back.`);
  }
  return done;
}

async function partitions(admin) {
  const { topics } = await admin.fetchTopicMetadata({ topics: [TOPIC] });
  return topics[0].partitions;
}

/** Whether facts stand in the outbox: the relay is about to send them, or just sending. */
async function hasWaiting(database) {
  const { rows } = await database.query('select 1 from booking.outbox limit 1');
  return rows.length > 0;
}

/** A cluster whose coordinator is moving refuses to say: that is no yes. */
const isWhole = (admin) =>
  partitions(admin).then(
    (all) => all.every(({ isr, replicas, leader }) => leader > 0 && isr.length === replicas.length),
    () => false,
  );
