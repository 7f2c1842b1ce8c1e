import { Logger } from '@nestjs/common';
import type { Envelope } from './envelope.ts';
import type { Watcher } from './event-log.ts';
import { describeFailure, whereThrown } from './failure.ts';

const logger = new Logger('tail');

/** Shows an event to a watcher; one that it cannot take is logged and passed over. */
export async function watch(watcher: Watcher, envelope: Envelope): Promise<void> {
  try {
    await watcher(envelope);
  } catch (error) {
    logger.error({
      message: 'A watcher could not take an event.',
      type: envelope.type,
      event_id: envelope.id,
      error: describeFailure(error),
      stack: whereThrown(error),
    });
  }
}
