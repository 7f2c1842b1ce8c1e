import { Injectable } from '@nestjs/common';
import type { Tx } from '@scheduling/persistence';
import { NotificationConfig } from '../config.ts';
import { mailboxOf } from '../mailbox.ts';
import { aboutOf, messageIdOf, type News } from './message.ts';
import { connectedAmong } from '../calendars/calendars.store.ts';
import { isOvertaking, readersOf, staleness } from './messages.policy.ts';
import { insertMessage, isFailureTold, revokeLinks, revokeOlder, revokeProposal } from './messages.store.ts';

@Injectable()
export class MessagesService {
  constructor(private readonly config: NotificationConfig) {}

  /** Writes down one message for each person whom the news concern; what a new state of the lesson has made untrue is taken back. */
  async plan(tx: Tx, news: News): Promise<void> {
    const skipped = staleness(news, tx.now) ?? (await this.repetition(tx, news));
    const { domain } = mailboxOf(this.config.MAIL_FROM);
    await this.takeBack(tx, news);
    const readers = readersOf(news);
    const shown = news.kind === 'lesson_link_ready' ? await connectedAmong(tx, readers) : new Set();
    for (const recipientId of readers) {
      const messageId = messageIdOf(news, recipientId, domain);
      const why = skipped ?? (shown.has(recipientId) ? 'their calendar shows it' : null);
      await insertMessage(tx, { news, recipientId, messageId, skipped: why });
    }
  }

  private async takeBack(tx: Tx, news: News): Promise<void> {
    if (isOvertaking(news)) await revokeOlder(tx, aboutOf(news));
    if (news.kind === 'lesson_link_ready') await revokeLinks(tx, aboutOf(news));
    if (news.kind === 'proposal_answered') await revokeProposal(tx, news.event);
  }

  /** A card that is tried every hour is declined every hour. */
  private async repetition(tx: Tx, { kind, event }: News): Promise<string | null> {
    return kind === 'payment_failed' && (await isFailureTold(tx, event)) ? 'told already' : null;
  }
}
