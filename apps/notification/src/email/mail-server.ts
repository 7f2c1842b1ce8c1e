import { Transform } from 'node:stream';
import { createTransport } from 'nodemailer';
import type { NotificationConfig } from '../config.ts';
import { DeliveryFailure } from '../deliveries/delivery-failure.ts';
import { mailboxOf } from '../mailbox.ts';

import { oneLine } from '../messages/wording.ts';
import type { Recipient } from '../recipients/recipients.store.ts';
import { type End, LastStep } from './last-step.ts';
import type { Mail } from './mail.ts';

/** How long the server may keep us waiting, in milliseconds. */
export const PATIENCE = { connection: 5000, silence: 10_000, whole: 25_000 };

/** How many mails are on their way at once, each on a connection of its own. */
export const SENDERS = 5;

/** A mail with its address, and the name that every try of it carries. */
export interface Addressed extends Mail {
  readonly to: Recipient;
  readonly messageId: string;
  /** Headers of its own, such as how to end mails like it. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** The server's reply to a mail that it took, and how to say that the ledger knows. */
export interface Handed {
  readonly response: string;
  readonly end: End;
}

/** The only place that talks SMTP. */
export class MailServer {
  private readonly lastStep;
  private readonly turns = new Map<string, Promise<End>>();
  private readonly transport;
  private readonly from;

  constructor(
    private readonly config: NotificationConfig,
    private readonly patience = PATIENCE,
  ) {
    this.from = mailboxOf(config.MAIL_FROM);
    // Well below the silence that the next mail's own connection bears while it waits.
    this.lastStep = new LastStep(patience.silence / 5);
    this.transport = createTransport({
      pool: true,
      ...wayTo(config),
      maxConnections: SENDERS,
      // A connection that the server closed while it was idle is replaced once; whatever else fails is the ledger's to repeat.
      maxRequeues: 1,
      connectionTimeout: patience.connection,
      greetingTimeout: patience.connection,
      dnsTimeout: patience.connection,
      socketTimeout: patience.silence,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    this.transport.use('stream', (mail, done) => {
      mail.message.transform(() => this.untilItsTurn(String(mail.data.messageId)));
      done();
    });
  }

  /** Whether there is a server to hand mail to. */
  get isOn(): boolean {
    return this.config.SMTP_URL !== undefined || this.config.RESEND_API_KEY !== undefined;
  }

  /**
   * Hands a mail over and answers the server's reply; throws if the server did not take it, or nobody knows.
   * No other mail is taken until the caller ends the turn, having written the reply down.
   */
  async hand(mail: Addressed): Promise<Handed> {
    const end = (): void => {
      void this.turns.get(mail.messageId)?.then((ended) => ended());
      this.turns.delete(mail.messageId);
    };
    try {
      return { response: await this.send(mail), end };
    } catch (error) {
      end();
      throw error;
    }
  }

  /** Passes the content of a mail on, and its end only when it is its turn. */
  private untilItsTurn(messageId: string): Transform {
    const { lastStep, turns } = this;
    const chunks: Buffer[] = [];
    return new Transform({
      // A mail comes in dozens of pieces, and each would be a packet of its own.
      transform: (chunk: Buffer, _encoding, pass) => {
        chunks.push(chunk);
        pass();
      },
      flush(pass) {
        this.push(Buffer.concat(chunks));
        const turn = lastStep.take();
        turns.set(messageId, turn);
        void turn.then(() => pass());
      },
    });
  }

  private async send(mail: Addressed): Promise<string> {
    const limit = new AbortController();
    // A signal that times out by itself would do so for every mail, also for those that are long sent.
    const timer = setTimeout(() => limit.abort(), this.patience.whole);
    try {
      return (await this.sendWithin(mail, limit.signal)).response;
    } finally {
      clearTimeout(timer);
    }
  }

  private sendWithin(mail: Addressed, signal: AbortSignal): Promise<{ response: string }> {
    const { to, messageId, subject, text, html, invitation, headers } = mail;
    return this.transport.sendMail({
      from: { name: this.from.name, address: this.from.address },
      to: { name: oneLine(to.name), address: to.email ?? '' },
      messageId,
      subject,
      text,
      html,
      ...(invitation && { icalEvent: { ...invitation, filename: 'lesson.ics' } }),
      headers: {
        // RFC 3834 §5: nobody's holiday notice should answer it.
        'Auto-Submitted': 'auto-generated',
        ...headers,
        ...(!this.config.SMTP_URL && { 'Resend-Idempotency-Key': messageId.slice(1, -1) }),
      },
      signal,
    });
  }

  /** Lets the connections go, also those whose server keeps us waiting. */
  close(): void {
    this.transport.close({ force: true });
  }
}

/** What an error of the mail client says: whether trying again is of use. */
export function failureOf(error: unknown): DeliveryFailure {
  const { code = 'unknown', responseCode: reply, message } = error as FailedMail;
  // The server refuses this sender, recipient or content for good (RFC 5321 §4.2.1). A refused sign-in or greeting says nothing
  // of the message, and is mended by the operator.
  const isForGood = (code === 'EENVELOPE' || code === 'EMESSAGE') && reply !== undefined && reply >= 500;
  const text = String(message ?? error).slice(0, 500);
  return new DeliveryFailure(isForGood ? 'for_good' : 'later', reply === undefined ? code : `${code} ${reply}`, text);
}

/** What of an error of the mail client matters. */
interface FailedMail {
  readonly code?: string;
  /** The server's reply code, where it replied (RFC 5321 §4.2). */
  readonly responseCode?: number;
  readonly message?: string;
}

function wayTo({ SMTP_URL, RESEND_API_KEY }: NotificationConfig) {
  if (SMTP_URL === undefined)
    return { host: 'smtp.resend.com', port: 465, secure: true, auth: { user: 'resend', pass: RESEND_API_KEY ?? '' } };
  const { username, hostname, searchParams } = new URL(SMTP_URL);
  const isLocal = ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
  // A password does not travel in the clear, unless the address itself says that it may.
  const needsTls = username !== '' && !isLocal && !searchParams.has('ignoreTLS');
  return { url: SMTP_URL, ...(needsTls && { requireTLS: true }) };
}
