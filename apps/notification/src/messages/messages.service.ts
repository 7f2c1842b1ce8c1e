import { Injectable } from '@nestjs/common';
import type { Tx } from '@scheduling/persistence';
import { NotificationConfig } from '../config.ts';
import { mailboxOf } from '../mailbox.ts';
import { messageIdOf, type News } from './message.ts';
import { readersOf, staleness } from './messages.policy.ts';
import { insertMessage, revokeOlder } from './messages.store.ts';

@Injectable()
export class MessagesService {
  constructor(private readonly config: NotificationConfig) {}

  /** Writes down one message for each person whom the news concern; a cancellation takes back what was still to be said. */
  async plan(tx: Tx, news: News): Promise<void> {
    const { event, kind } = news;
    const skipped = staleness(news, tx.now);
    const { domain } = mailboxOf(this.config.MAIL_FROM);
    if (kind === 'booking_canceled') await revokeOlder(tx, event.booking_id, event.version);
    for (const recipientId of readersOf(news)) {
      await insertMessage(tx, { news, recipientId, messageId: messageIdOf(news, recipientId, domain), skipped });
    }
  }
}
