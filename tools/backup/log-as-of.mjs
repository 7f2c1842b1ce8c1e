// node tools/with-node.mjs tools/backup/log-as-of.mjs --from <brokers> --to <brokers> --instant <ISO time>: after the databases were
// restored to an instant, copies what Kafka held by then into an empty Kafka, for the services to start with instead of the old one.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { KafkaReader } from '../prove/kafka-reader.mjs';
import { SCHEMAS } from '../prove/proof-schema.mjs';
import { eventually } from '../prove/eventually.mjs';
import { ROOT } from '../start/settings.mjs';

const TOPICS = SCHEMAS.map((schema) => `scheduling.${schema.replaceAll('_', '-')}`);
const READ_SECONDS = 3600;

/**
 * Copies every message that was sent before `instant` (milliseconds), each to its own partition and in its order; answers how many were
 * copied and how many left out. A service sends only what it has committed, so what was sent before the instant is true in the restored
 * databases; and what they have committed and not sent by then is still in their outboxes.
 */
export async function copyLog({ from, to, instant, signal }) {
  const [old, fresh] = [new KafkaReader(from), new KafkaReader(to)];
  await Promise.all([old.open(), fresh.open()]);
  const producer = fresh.kafka.producer({ idempotent: true, maxInFlightRequests: 1 });
  await producer.connect();
  try {
    const { ensureTopics } = createRequire(join(ROOT, 'package.json'))(
      join(ROOT, 'libs', 'events', 'dist', 'kafka-topics.js'),
    );
    await ensureTopics(fresh.admin, TOPICS);
    if ((await endsOf(fresh.admin)).size > 0) throw new Error('The new Kafka is not empty: make another one.');
    return await copy(old, producer, { instant, signal });
  } finally {
    await producer.disconnect();
    await Promise.all([old.close(), fresh.close()]);
  }
}

async function copy(old, producer, { instant, signal }) {
  const ends = await endsOf(old.admin);
  const seen = { copied: 0, left: 0 };
  const consumer = old.kafka.consumer({ groupId: `as-of-${process.pid}-${Date.now()}`, maxWaitTimeInMs: 250 });
  let crash;
  consumer.on(consumer.events.CRASH, ({ payload }) => (crash = payload.error));
  await consumer.connect();
  try {
    await consumer.subscribe({ topics: TOPICS, fromBeginning: true });
    await consumer.run({
      autoCommit: false,
      eachBatch: async ({ batch }) => {
        const { topic, partition, messages } = batch;
        const wanted = messages.filter(({ timestamp }) => Number(timestamp) < instant);
        const sent = wanted.map(({ key, value, headers, timestamp }) => ({
          key,
          value,
          headers,
          timestamp,
          partition,
        }));
        if (sent.length > 0) await producer.send({ topic, messages: sent, acks: -1 });
        seen.copied += sent.length;
        seen.left += messages.length - sent.length;
        const place = `${topic}/${partition}`;
        if (Number(batch.lastOffset()) + 1 >= ends.get(place)) ends.delete(place);
      },
    });
    await eventually(() => ends.size === 0 || crash, { seconds: READ_SECONDS, signal });
  } finally {
    await consumer.disconnect();
  }
  if (crash) throw crash;
  if (ends.size > 0) throw new Error(`Not read to the end: ${[...ends.keys()].join(', ')}`);
  return seen;
}

/** Where each partition that holds something ends; asked again while a new topic has no leader yet. */
async function endsOf(admin) {
  const ends = new Map();
  for (const topic of TOPICS) {
    const ask = () => admin.fetchTopicOffsets(topic).catch((error) => (error.retriable ? null : Promise.reject(error)));
    const found = await eventually(ask, { seconds: 60, every: 250 });
    if (!found) throw new Error(`Kafka does not say where ${topic} ends.`);
    for (const { partition, low, high } of found)
      if (Number(high) > Number(low)) ends.set(`${topic}/${partition}`, Number(high));
  }
  return ends;
}

if (process.argv[1] === import.meta.filename) {
  const { from, to, instant } = parseArgs({
    options: { from: { type: 'string' }, to: { type: 'string' }, instant: { type: 'string' } },
  }).values;
  const at = Date.parse(instant ?? '');
  if (!from || !to || Number.isNaN(at)) throw new Error('Say --from <brokers> --to <brokers> --instant <ISO time>.');
  const { copied, left } = await copyLog({ from: from.split(','), to: to.split(','), instant: at });
  console.log(`${copied} messages were copied, ${left} came after the instant`);
}
