import { createRequire } from 'node:module';
import { join } from 'node:path';
import { ROOT } from '../start/settings.mjs';
import { eventually } from './eventually.mjs';
import { SCHEMAS } from './proof-schema.mjs';

const READ_SECONDS = 60;

/** Reads a Kafka from outside. */
export class KafkaReader {
  constructor(brokers) {
    const require = createRequire(join(ROOT, 'package.json'));
    require('@nestjs/common').Logger.overrideLogger(['error', 'fatal']); // brokers come and go here
    const { kafkaClient } = require(join(ROOT, 'libs', 'events', 'dist', 'kafka-client.js'));
    this.kafka = kafkaClient('proof', { brokers });
    this.admin = this.kafka.admin();
  }

  /** Connects. */
  open() {
    return this.admin.connect();
  }

  /** Lets go. */
  close() {
    return this.admin.disconnect();
  }

  /** How many messages groups have not committed yet, in the topics that they hear. */
  async behind(hearing) {
    const behind = hearing.map(async ({ group, topics }) => {
      const committed = await this.admin.fetchOffsets({ groupId: group, topics });
      const at = new Map(
        committed.flatMap(({ topic, partitions }) =>
          partitions.map(({ partition, offset }) => [`${topic}/${partition}`, Math.max(0, Number(offset))]),
        ),
      );
      const ends = await this.#ends(topics);
      return sum(ends.map(({ place, high }) => high - (at.get(place) ?? 0)));
    });
    return sum(await Promise.all(behind));
  }

  /** All envelopes that the topics hold, each partition in its order. */
  async readAll() {
    const topics = SCHEMAS.map((schema) => `scheduling.${schema.replaceAll('_', '-')}`);
    const ends = await this.#ends(topics);
    const wanted = new Map(ends.filter(({ high }) => high > 0).map(({ place, high }) => [place, high]));
    const consumer = this.kafka.consumer({ groupId: `proof-${process.pid}-${Date.now()}`, maxWaitTimeInMs: 250 });
    const found = [];
    await consumer.connect();
    try {
      await consumer.subscribe({ topics, fromBeginning: true });
      await consumer.run({
        autoCommit: false,
        eachMessage: async ({ topic, partition, message }) => {
          found.push(JSON.parse(message.value));
          const place = `${topic}/${partition}`;
          if (Number(message.offset) + 1 >= wanted.get(place)) wanted.delete(place);
        },
      });
      await eventually(() => wanted.size === 0, { seconds: READ_SECONDS });
    } finally {
      await consumer.disconnect();
    }
    if (wanted.size > 0) throw new Error(`Not read to the end: ${[...wanted.keys()].join(', ')}`);
    return found;
  }

  /** Where each partition ends; asked again while leaders move. */
  async #ends(topics) {
    const ask = (topic) => this.admin.fetchTopicOffsets(topic).catch(() => null);
    const ends = topics.map(async (topic) => {
      const offsets = await eventually(() => ask(topic), { seconds: READ_SECONDS, every: 500 });
      return offsets.map(({ partition, high }) => ({ place: `${topic}/${partition}`, high: Number(high) }));
    });
    return (await Promise.all(ends)).flat();
  }
}

const sum = (numbers) => numbers.reduce((a, b) => a + b, 0);
