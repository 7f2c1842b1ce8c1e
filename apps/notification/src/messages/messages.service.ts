import { Injectable } from '@nestjs/common';
import type { Tx } from '@scheduling/persistence';
import { NotificationConfig } from '../config.ts';
import { mailboxOf } from '../mailbox.ts';
import { aboutOf, messageIdOf, type News } from './message.ts';
import { isOvertaking, readersOf, staleness } from './messages.policy.ts';
import { insertMessage, isFailureTold, revokeOlder } from './messages.store.ts';

@Injectable()
export class MessagesService {
  constructor(private readonly config: NotificationConfig) {}

  /** Writes down one message for each person whom the news concern; what a new state of the lesson has made untrue is taken back. */
  async plan(tx: Tx, news: News): Promise<void> {
    const skipped = staleness(news, tx.now) ?? (await this.repetition(tx, news));
    const { domain } = mailboxOf(this.config.MAIL_FROM);
    if (isOvertaking(news)) await revokeOlder(tx, aboutOf(news));
    for (const recipientId of readersOf(news)) {
      await insertMessage(tx, { news, recipientId, messageId: messageIdOf(news, recipientId, domain), skipped });
    }
  }

  /** A card that is tried every hour is declined every hour. */
  private async repetition(tx: Tx, { kind, event }: News): Promise<string | null> {
    return kind === 'payment_failed' && (await isFailureTold(tx, event)) ? 'told already' : null;
  }
}
