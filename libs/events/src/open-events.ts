import type { CustomTransportStrategy } from '@nestjs/microservices';
import type { Database } from '@scheduling/persistence';
import { EventLogServer } from './event-log.server.ts';
import type { EventLog } from './event-log.ts';
import { type Patience, PATIENCE } from './failure.ts';
import { Inbox } from './inbox.ts';
import { type KafkaCluster, kafkaClient } from './kafka-client.ts';
import { KafkaLog } from './kafka-log.ts';
import { KafkaSink } from './kafka-sink.ts';
import { topicOfService } from './kafka-topics.ts';
import { PostgresLog } from './postgres-log.ts';
import { PostgresSink } from './postgres-sink.ts';
import { Relay } from './relay.ts';
import type { Sink } from './sink.ts';

/** Where a service's events come from and go to. */
export interface EventsOptions {
  /** The service's name: its groups and its topic carry it, and its schema with `_` for `-`. */
  readonly service: string;
  readonly database: Database;
  /** The same database, for the relay's own connection. */
  readonly databaseUrl: string;
  /** Null means that the log is in PostgreSQL. */
  readonly kafka: KafkaCluster | null;
}

/** A service's two ends of the event log. */
export interface Events {
  /** What Nest connects, so that consumers get their events. */
  readonly server: CustomTransportStrategy;
  readonly log: EventLog;
  /** Begins to move the service's own facts to the log, or to stand by. */
  startRelay(): Promise<void>;
  /** Ends the relay, and the log if Nest has not; consumers stop first. */
  stop(): Promise<void>;
}

/** Opens both ends of a service's event log: Kafka where one is named, else the one in PostgreSQL. */
export async function openEvents(options: EventsOptions, log = openLog(options)): Promise<Events> {
  const { service, databaseUrl } = options;
  const relay = new Relay(databaseUrl, service.replaceAll('-', '_'), openSink(options));
  return {
    server: new EventLogServer(log, service),
    log,
    startRelay: async () => relay.start(),
    stop: async () => {
      await log.stop();
      await relay.stop();
    },
  };
}

/** The log as consumers see it. */
export function openLog({ service, database, kafka }: EventsOptions, patience: Patience = PATIENCE): EventLog {
  const inbox = new Inbox(patience);
  return kafka
    ? new KafkaLog(database, inbox, kafkaClient(service, kafka), topicOfService(service))
    : new PostgresLog(database, inbox, topicOfService(service));
}

/** The log as the relay sees it. */
export function openSink({ service, kafka }: EventsOptions): Sink {
  return kafka ? new KafkaSink(kafkaClient(service, kafka), topicOfService(service)) : new PostgresSink();
}
