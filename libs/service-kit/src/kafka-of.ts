import type { KafkaCluster } from '@scheduling/events';
import type { LogConfig } from './config.ts';

/** The cluster that a process hears, and how it gets in; null where the event log is in PostgreSQL. */
export function kafkaOf(config: LogConfig): KafkaCluster | null {
  const { KAFKA_BROKERS: brokers, KAFKA_CA: ca, KAFKA_USERNAME: username, KAFKA_PASSWORD: password } = config;
  if (brokers.length === 0) return null;
  return {
    brokers,
    ...(config.KAFKA_TLS === 'on' && { tls: { ...(ca !== undefined && { ca }) } }),
    ...(username !== undefined &&
      password !== undefined && { user: { mechanism: config.KAFKA_SASL_MECHANISM, username, password } }),
  };
}
