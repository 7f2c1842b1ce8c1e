import { Injectable } from '@nestjs/common';
import type { PersonId } from '@scheduling/domain';
import type { Tx } from '@scheduling/persistence';
import { connectedAmong } from '../calendars/calendars.store.ts';
import { NotificationConfig } from '../config.ts';
import { mailboxOf } from '../mailbox.ts';
import { ChannelsOn } from './channels-on.ts';
import { KINDS } from './kinds.ts';
import { aboutOf, messageIdOf, type News } from './message.ts';
import { isOvertaking, readersOf, staleness } from './messages.policy.ts';
import { insertMessages, isFailureTold, revokeLinks, revokeOlder, revokeProposal } from './messages.store.ts';

@Injectable()
export class MessagesService {
  private readonly domain: string;

  constructor(
    private readonly channels: ChannelsOn,
    { MAIL_FROM }: NotificationConfig,
  ) {
    this.domain = mailboxOf(MAIL_FROM).domain;
  }

  /**
   * Writes down one message for each person whom the news concern and each way on which they are told, due at once or at `dueAt`,
   * or skipped where they are `unfit` to be told, and why; what a new state of the lesson has made untrue is taken back.
   */
  async plan(tx: Tx, news: News, dueAt: Date = tx.now, unfit: string | null = null): Promise<void> {
    const skipped = unfit ?? staleness(news, tx.now) ?? (await this.repetition(tx, news));
    await this.takeBack(tx, news);
    const people = readersOf(news);
    const shown = news.kind === 'lesson_link_ready' ? await connectedAmong(tx, people) : new Set<PersonId>();
    const readers = people.flatMap((recipientId) =>
      this.channels.among(KINDS[news.kind].channels).map((channel) => ({
        recipientId,
        channel,
        messageId: messageIdOf(news, { recipientId, channel }, this.domain),
        skipped: skipped ?? (shown.has(recipientId) ? 'their calendar shows it' : null),
      })),
    );
    if (readers.length > 0) await insertMessages(tx, { news, readers, dueAt });
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
