import { type EventClass, metaOf, parse, type SchedulingEvent, topicOf } from '@scheduling/contracts';
import { traceparent } from '@scheduling/persistence';
import { v7 } from 'uuid';
import { EventTooLarge } from './event-log.errors.ts';

/** A CloudEvents 1.0 envelope in structured JSON: what travels, and what the outbox and the log keep. */
export interface Envelope {
  readonly specversion: '1.0';
  /** A UUIDv7; receipts are kept by it. */
  readonly id: string;
  readonly source: string;
  readonly type: string;
  /** ISO 8601, in UTC. */
  readonly time: string;
  readonly datacontenttype: 'application/json';
  /** Facts with one key keep their order. */
  readonly partitionkey: string;
  /** The W3C trace that it was stated in (CloudEvents' distributed tracing extension), where it was traced. */
  readonly traceparent?: string;
  readonly data: unknown;
}

/** In bytes of JSON; Kafka takes messages of up to 1 MiB, and a record needs room beside its value. */
const LIMIT = 512_000;

/** Seals an event for the wire; a malformed or too large one is the stating service's bug and goes no further. */
export function seal(event: SchedulingEvent, at: Date): Envelope {
  const shape = event.constructor as EventClass;
  const { type, key } = metaOf(shape);
  const trace = traceparent();
  const envelope: Envelope = {
    specversion: '1.0',
    id: v7(),
    source: `/services/${topicOf(type).split('.')[1]}`,
    type,
    time: at.toISOString(),
    datacontenttype: 'application/json',
    partitionkey: key(event),
    ...(trace !== null && { traceparent: trace }),
    data: parse(shape, event),
  };
  if (Buffer.byteLength(JSON.stringify(envelope)) > LIMIT) throw new EventTooLarge(type, LIMIT);
  return envelope;
}
