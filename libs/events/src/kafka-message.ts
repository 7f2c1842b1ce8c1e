import { Logger } from '@nestjs/common';
import type { KafkaMessage } from 'kafkajs';
import type { Envelope } from './envelope.ts';

const logger = new Logger('kafka message');
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The envelope in a message; none in a tombstone, nor in what is no CloudEvent of ours, which is logged. */
export function envelopeIn(topic: string, partition: number, { value, offset }: KafkaMessage): Envelope | undefined {
  if (value === null) return undefined;
  const envelope = parsed(value);
  if (envelope) return envelope;
  logger.error({ message: 'A message is no CloudEvent and is passed over.', topic, partition, offset });
  return undefined;
}

function parsed(value: Buffer): Envelope | undefined {
  try {
    const content: Partial<Envelope> | null = JSON.parse(value.toString());
    const isOurs = typeof content?.type === 'string' && UUID.test(String(content.id));
    return isOurs ? (content as Envelope) : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
