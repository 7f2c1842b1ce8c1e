import { Injectable, Logger } from '@nestjs/common';
import { Database, type Tx } from '@scheduling/persistence';
import { NotificationConfig } from '../config.ts';
import { mailboxOf } from '../mailbox.ts';
import { type Mail, mailOf, type Parties } from '../messages/mail.ts';
import { type Message, peopleOf } from '../messages/message.ts';
import { endMessage, filedBefore, markSent, postpone, takeMessages } from '../messages/queue.store.ts';
import { findRecipients, type Recipient } from '../recipients/recipients.store.ts';
import { type Step, stepAfter, stepBefore } from './deliveries.policy.ts';
import { failureOf, type Handed, MailServer } from './mail-server.ts';

/** More than the longest that a mail can be on its way. */
const LEASE_SECONDS = 60;

/** A message that is ready to go out, with those who are concerned. */
export interface Delivery {
  readonly message: Message;
  readonly parties: Parties;
}

@Injectable()
export class DeliveriesService {
  private readonly logger = new Logger(DeliveriesService.name);
  private isSilenceSaid = false;

  constructor(
    private readonly db: Database,
    private readonly server: MailServer,
    private readonly config: NotificationConfig,
  ) {}

  /** Takes at most so many due messages for this worker alone; what is not to be sent now is put aside in the same transaction. */
  take(limit: number): Promise<Delivery[]> {
    return this.db.transaction(async (tx) => {
      const messages = await takeMessages(tx, limit, LEASE_SECONDS);
      if (messages.length === 0) return [];
      const known = await findRecipients(
        tx,
        messages.flatMap(({ news }) => peopleOf(news)),
      );
      const filed = await filedBefore(tx, messages);
      const ready: Delivery[] = [];
      for (const message of messages) {
        const reader = known.get(message.recipientId);
        const step = stepBefore(message, Boolean(reader?.email), this.isOn(), tx.now);
        const byFile = !reader?.isCalendarConnected || filed.has(message.id);
        if (step.do === 'send' && reader)
          ready.push({ message, parties: { ...this.partiesOf(message, reader, known), byFile } });
        else await this.follow(tx, message, step);
      }
      return ready;
    });
  }

  /** Sends a message that was taken, outside any transaction, and writes down what became of it. */
  async deliver({ message, parties }: Delivery): Promise<void> {
    const mail: Mail = mailOf(message, parties);
    let handed: Handed;
    try {
      handed = await this.server.hand({ ...mail, to: parties.reader, messageId: message.messageId });
    } catch (error) {
      const failure = failureOf(error);
      // Without its text, which may tell the address.
      this.logger.warn({ message: message.id, attempt: message.attempts, code: failure.code, reply: failure.reply });
      const step = stepAfter(failure, message.attempts, Math.random());
      return this.db.transaction((tx) => this.follow(tx, message, step));
    }
    try {
      await this.db.transaction((tx) =>
        markSent(tx, message, { response: handed.response, hasFile: mail.invitation !== undefined }),
      );
    } finally {
      handed.end();
    }
  }

  private async follow(tx: Tx, message: Message, step: Step): Promise<void> {
    if (step.do === 'end') await endMessage(tx, message, step.ending);
    if (step.do === 'wait') await postpone(tx, message, step.delay);
  }

  private partiesOf({ news }: Message, reader: Recipient, known: ReadonlyMap<string, Recipient>) {
    const other = peopleOf(news).find((id) => id !== reader.id);
    return { reader, other: (other && known.get(other)?.name) ?? '', from: mailboxOf(this.config.MAIL_FROM) };
  }

  private isOn(): boolean {
    if (!this.server.isOn && !this.isSilenceSaid) {
      this.isSilenceSaid = true;
      this.logger.warn('Neither SMTP_URL nor RESEND_API_KEY is set: mail is written to the ledger as skipped');
    }
    return this.server.isOn;
  }
}
