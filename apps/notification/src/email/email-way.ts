import { Injectable } from '@nestjs/common';
import { NotificationConfig } from '../config.ts';
import { type Delivery, type Handed, type Reach, Way } from '../deliveries/way.ts';
import { type Subscription, UnsubscribeLinks } from '../preferences/unsubscribe-links.ts';
import type { Recipient } from '../recipients/recipients.store.ts';
import { Format } from '../templates/format.ts';
import type { Letter } from '../templates/letter.ts';
import { word } from '../templates/templates.ts';
import { mailOf } from './mail.ts';
import { failureOf, MailServer, SENDERS } from './mail-server.ts';

/** E-mail, over any mail server. */
@Injectable()
export class EmailWay extends Way {
  readonly channel = 'email';
  readonly silence = 'no mail server is set up';
  // More than are on their way, so that no connection waits for the ledger.
  readonly width = 10 * SENDERS;
  override readonly portion = 5 * SENDERS;
  readonly perSecond: number;

  constructor(
    private readonly server: MailServer,
    { MAILS_PER_SECOND }: NotificationConfig,
    private readonly links: UnsubscribeLinks,
  ) {
    super();
    this.perSecond = MAILS_PER_SECOND;
  }

  override get isOn(): boolean {
    return this.server.isOn;
  }

  override reach({ email }: Recipient): Reach {
    return email ? 'yes' : { wait: 'the recipient has no address yet' };
  }

  override async hand(delivery: Delivery): Promise<Handed> {
    const { message, parties } = delivery;
    const subscription = { userId: message.recipientId, kind: message.news.kind };
    const mail = mailOf({ ...delivery, letter: this.withLink(delivery, subscription) });
    try {
      const { response, end } = await this.server.hand({
        ...mail,
        to: parties.reader,
        messageId: message.messageId,
        headers: this.links.headersFor(subscription),
      });
      return { response, hasFile: mail.invitation !== undefined, end };
    } catch (error) {
      throw failureOf(error);
    }
  }

  private withLink({ letter, parties }: Delivery, subscription: Subscription): Letter {
    const link = this.links.linkFor(subscription);
    if (link === null) return letter;
    return { ...letter, unsubscribe: { label: word(Format.for(parties.reader).locale, 'unsubscribe'), link } };
  }

  override close(): void {
    this.server.close();
  }
}
