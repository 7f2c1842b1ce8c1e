import { createTransport } from 'nodemailer';
import type { NotificationConfig } from '../config.ts';
import { mailboxOf } from '../mailbox.ts';
import type { Mail } from '../messages/mail.ts';
import { oneLine } from '../messages/wording.ts';
import type { Recipient } from '../recipients/recipients.store.ts';
import type { Failure } from './deliveries.policy.ts';

/** How long the server may keep us waiting, in milliseconds. */
export const PATIENCE = { connection: 5000, silence: 10_000, whole: 25_000 };

/** How many mails are on their way at once, each on a connection of its own. */
export const SENDERS = 5;

/** A mail with its address, and the name that every try of it carries. */
export interface Addressed extends Mail {
  readonly to: Recipient;
  readonly messageId: string;
}

/** The only place that talks SMTP. */
export class MailServer {
  private readonly transport;
  private readonly from;

  constructor(
    private readonly config: NotificationConfig,
    private readonly patience = PATIENCE,
  ) {
    this.from = mailboxOf(config.MAIL_FROM);
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
  }

  /** Whether there is a server to hand mail to. */
  get isOn(): boolean {
    return this.config.SMTP_URL !== undefined || this.config.RESEND_API_KEY !== undefined;
  }

  /** Hands a mail over and answers the server's reply; throws if the server did not take it, or nobody knows. */
  async hand({ to, messageId, subject, text, html, invitation }: Addressed): Promise<string> {
    const info = await this.transport.sendMail({
      from: { name: this.from.name, address: this.from.address },
      to: { name: oneLine(to.name), address: to.email ?? '' },
      messageId,
      subject,
      text,
      html,
      icalEvent: { method: invitation.method, filename: 'lesson.ics', content: invitation.content },
      headers: {
        // RFC 3834 §5: nobody's holiday notice should answer it.
        'Auto-Submitted': 'auto-generated',
        ...(!this.config.SMTP_URL && { 'Resend-Idempotency-Key': messageId.slice(1, -1) }),
      },
      signal: AbortSignal.timeout(this.patience.whole),
    });
    return info.response;
  }

  /** Lets the connections go, also those whose server keeps us waiting. */
  close(): void {
    this.transport.close({ force: true });
  }
}

/** What an error of the mail client says, for the policy to judge. */
export function failureOf(error: unknown): Failure {
  const { code, responseCode, message } = error as { code?: string; responseCode?: number; message?: string };
  return { code: code ?? 'unknown', reply: responseCode ?? null, text: String(message ?? error).slice(0, 500) };
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
