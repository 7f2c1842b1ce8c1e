import { Injectable, Logger } from '@nestjs/common';
import { Database, type Tx } from '@scheduling/persistence';
import { announceOutcome } from '../ledger/outcomes.ts';
import { insertOptOut } from './opt-outs.store.ts';
import { type TextStatus, useOf } from './statuses.policy.ts';
import { findStatus, keepStatus, lockText, type TextMessage, takeStatuses, writeOutcome } from './statuses.store.ts';

/** Twilio's number for a phone that has sent STOP. */
export const STOPPED = 21_610;

/** Word of a text, and whose it is. */
export interface StatusReport extends TextStatus {
  /** The message in the ledger. */
  readonly messageId: string;
  /** Where the text went. */
  readonly phone: string;
}

/** Follows texts on their way: what Twilio tells of them comes late, twice, in any order, and sometimes before its own answer. */
@Injectable()
export class StatusesService {
  private readonly logger = new Logger(StatusesService.name);

  constructor(private readonly db: Database) {}

  /** Heeds what Twilio tells of a text. */
  async hear({ messageId, phone, ...status }: StatusReport): Promise<void> {
    await this.db.transaction(async (tx) => {
      const message = await lockText(tx, messageId);
      if (!message) return;
      if (status.errorCode === STOPPED) await insertOptOut(tx, phone);
      const use = useOf(message, status);
      if (use === 'keep') await keepStatus(tx, messageId, status);
      if (use === 'write') await this.write(tx, message, status);
      if (message.providerId !== null && message.providerId !== status.sid)
        this.logger.warn({
          message: messageId,
          sid: status.sid,
          text: 'Twilio tells of another text than the ledger.',
        });
    });
  }

  /** What Twilio has told of a message's text since it was handed over; undefined if nothing. */
  told(messageId: string, since: Date): Promise<TextStatus | undefined> {
    return this.db.transaction((tx) => findStatus(tx, messageId, since));
  }

  /** Writes down what is known of a text that the ledger has just got to know. */
  async settle(tx: Tx, messageId: string, known: TextStatus): Promise<void> {
    const kept = (await takeStatuses(tx, messageId)).filter(({ sid }) => sid === known.sid);
    const last = [...kept, known].find(({ outcome }) => outcome !== 'sent');
    const message = last && (await lockText(tx, messageId));
    if (message && useOf(message, last) === 'write') await this.write(tx, message, last);
  }

  private async write(tx: Tx, message: TextMessage, status: TextStatus): Promise<void> {
    await writeOutcome(tx, message.id, status);
    if (status.outcome !== 'sent') announceOutcome(tx, message, status.outcome);
  }
}
