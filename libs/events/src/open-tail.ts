import { openReader } from '@scheduling/persistence';
import type { Watcher } from './event-log.ts';
import { type KafkaCluster, kafkaClient } from './kafka-client.ts';
import { KafkaTail } from './kafka-tail.ts';
import { ensureTopics, topicOfService } from './kafka-topics.ts';
import { PostgresTail } from './postgres-tail.ts';

/** Where a process that only watches finds the event log. */
export interface TailOptions {
  /** The process's name: a member of Kafka is called by it. */
  readonly service: string;
  /** Where its role signs in, if the log is in PostgreSQL. */
  readonly databaseUrl: string | undefined;
  /** Null means that the log is in PostgreSQL. */
  readonly kafka: KafkaCluster | null;
}

/** Watches topics from now on, as `EventLog.tail` does, for a process that owns no schema and hears nothing else. Gives the way to stop. */
export async function openTail(
  options: TailOptions,
  topics: readonly string[],
  watcher: Watcher,
): Promise<() => Promise<void>> {
  return options.kafka
    ? watchKafka(options.service, options.kafka, topics, watcher)
    : watchPostgres(options, topics, watcher);
}

async function watchPostgres({ service, databaseUrl }: TailOptions, topics: readonly string[], watcher: Watcher) {
  if (databaseUrl === undefined) throw new Error('Neither a database nor a broker is named that would have the log.');
  const { database, close } = await openReader(databaseUrl, service);
  const tail = new PostgresTail(database, topics, watcher);
  try {
    await tail.start();
  } catch (error) {
    await close();
    throw error;
  }
  return async () => {
    await tail.stop();
    await close();
  };
}

async function watchKafka(service: string, cluster: KafkaCluster, topics: readonly string[], watcher: Watcher) {
  const kafka = kafkaClient(service, cluster);
  const admin = kafka.admin();
  await admin.connect();
  try {
    await ensureTopics(admin, topics);
    const tail = new KafkaTail(kafka, `${topicOfService(service)}.tail`, topics, watcher);
    await tail.start(admin);
    return () => tail.stop();
  } finally {
    await admin.disconnect();
  }
}
