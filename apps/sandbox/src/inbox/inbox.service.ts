import { Injectable } from '@nestjs/common';
import { MailNotKept } from './inbox.errors.ts';
import { MOST_MAILS } from './most-mails.ts';

/** One message as one recipient of its envelope got it. */
export interface Mail {
  /** Counts up from 1 in order of arrival, and is never given twice. */
  readonly n: number;
  readonly to: string;
  readonly subject: string;
  /** With its angle brackets; empty when the message has none. Repeats are kept, so that they can be counted. */
  readonly messageId: string;
  /** What its calendar part does, such as REQUEST; empty without such a part. */
  readonly calendarMethod: string;
  readonly receivedAt: Date;
  /** The octets as they came, with CRLF; recipients of one message share them. */
  readonly raw: Buffer;
}

/** Large mails must not fill the memory before there are many of them. */
export const MOST_OCTETS = 128 * 1024 * 1024;

@Injectable()
export class InboxService {
  private readonly mails = new Map<number, Mail>();
  private octets = 0;
  private last = 0;

  /** Keeps a mail, and lets the oldest go when there are too many. */
  keep(mail: Omit<Mail, 'n'>): void {
    this.last += 1;
    this.mails.set(this.last, { ...mail, n: this.last });
    this.octets += mail.raw.length;
    for (const oldest of this.mails.values()) {
      if (this.mails.size <= MOST_MAILS && this.octets <= MOST_OCTETS) return;
      this.mails.delete(oldest.n);
      this.octets -= oldest.raw.length;
    }
  }

  /** The newest mails, at most `limit`, oldest first; with `to`, only that recipient's, in any case of letters. */
  list(limit: number, to?: string): Mail[] {
    const all = [...this.mails.values()];
    const theirs = to === undefined ? all : all.filter((mail) => mail.to.toLowerCase() === to.toLowerCase());
    return theirs.slice(-limit);
  }

  /** The mail of that number; throws MailNotKept when it never came or is gone. */
  find(n: number): Mail {
    const mail = this.mails.get(n);
    if (!mail) throw new MailNotKept(n);
    return mail;
  }
}
