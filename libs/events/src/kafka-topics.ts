import { setTimeout as pause } from 'node:timers/promises';
import { type Admin, KafkaJSError } from 'kafkajs';

/** Partitions of a topic; never changed, since a key must stay in its partition. */
const PARTITIONS = 12;

/** Its events carry a person's whole state, and the last of each person is kept for good. */
export const COMPACTED = 'scheduling.accounts';

/** The topic of all that a service states. */
export const topicOfService = (service: string): string => `scheduling.${service}`;

const MOST_TRIES = 10;
const REST_MS = 200;

/** Makes the topics that are missing; those that are there stay as they are. */
export async function ensureTopics(admin: Admin, topics: readonly string[]): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await makeMissing(admin, topics);
    } catch (error) {
      // The broker that is asked may not have heard yet of a topic that was just made, and kafkajs gives up at once.
      if (!(error instanceof KafkaJSError) || !error.retriable || tries === MOST_TRIES) throw error;
      await pause(REST_MS);
    }
  }
}

async function makeMissing(admin: Admin, topics: readonly string[]): Promise<void> {
  const existing = new Set(await admin.listTopics());
  const missing = topics.filter((topic) => !existing.has(topic));
  if (missing.length === 0) return;

  const { brokers } = await admin.describeCluster();
  const replicationFactor = Math.min(3, brokers.length);
  await admin.createTopics({
    topics: missing.map((topic) => ({
      topic,
      numPartitions: PARTITIONS,
      replicationFactor,
      configEntries: [
        ...(replicationFactor === 3 ? [{ name: 'min.insync.replicas', value: '2' }] : []),
        ...(topic === COMPACTED ? [{ name: 'cleanup.policy', value: 'compact' }] : []),
      ],
    })),
  });
}
