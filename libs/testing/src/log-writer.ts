import { randomUUID } from 'node:crypto';
import { type SchedulingEvent, type EventClass, metaOf, topicOf } from '@scheduling/contracts';
import { Client } from 'pg';

export interface LogWriter {
  /** Puts a fact into the log, as the relay of whoever states it would. */
  readonly say: (event: SchedulingEvent) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Writes into the PostgreSQL log of a test's database in other services' names. */
export async function logWriter(adminUrl: string): Promise<LogWriter> {
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  return {
    say: async (event) => {
      const { type, key } = metaOf(event.constructor as EventClass);
      const time = new Date().toISOString();
      const envelope = {
        specversion: '1.0',
        id: randomUUID(),
        source: topicOf(type),
        type,
        time,
        datacontenttype: 'application/json',
        partitionkey: key(event),
        data: event,
      };
      // Every group reads every part; which one it is matters to nobody here.
      await client.query(
        'insert into bus.log (part, topic, key, type, event_id, envelope) values (0, $1, $2, $3, $4, $5)',
        [topicOf(type), envelope.partitionkey, type, envelope.id, envelope],
      );
    },
    close: () => client.end(),
  };
}
