import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { Clock } from '@scheduling/domain';
import PostalMime from 'postal-mime';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import { SandboxConfig } from '../config.ts';
import { InboxService } from './inbox.service.ts';

const MOST_OCTETS_A_MAIL = 2 * 1024 * 1024;
/** How long a sender may hold up the end of the process, in milliseconds. */
const CLOSE_WITHIN = 500;

/** A mail server that delivers nothing: whatever it takes stands in the inbox before the sender hears so. */
@Injectable()
export class SmtpSink implements OnModuleInit, OnModuleDestroy {
  private readonly logger = new Logger(SmtpSink.name);
  private readonly server = new SMTPServer({
    authOptional: true,
    allowInsecureAuth: true,
    // Anyone may sign in, so that a client with credentials needs no other settings here.
    onAuth: (auth, _session, done) => done(null, { user: auth.username ?? 'anyone' }),
    // Nobody trusts its certificate: a client that finds STARTTLS on offer would try it and fail.
    disabledCommands: ['STARTTLS'],
    disableReverseLookup: true,
    size: MOST_OCTETS_A_MAIL,
    closeTimeout: CLOSE_WITHIN,
    logger: false,
    onData: (stream, session, done) => void this.answer(stream, session, done),
  });

  constructor(
    private readonly config: SandboxConfig,
    private readonly inbox: InboxService,
    private readonly clock: Clock,
  ) {}

  /** The port it listens on, once the application has begun. */
  get port(): number {
    return (this.server.server.address() as AddressInfo).port;
  }

  /** Listens where the doubles do, whatever HOST says: it asks nobody who they are. */
  async onModuleInit(): Promise<void> {
    await new Promise<void>((ready, fail) => {
      this.server.once('error', fail);
      this.server.listen(this.config.SMTP_PORT, this.config.DOUBLES_HOST, () => {
        this.server.off('error', fail);
        ready();
      });
    });
    // A sender that dies in mid-sentence must not take the sandbox along.
    this.server.on('error', (error: NodeJS.ErrnoException) =>
      this.logger.warn(`connection lost: ${error.code ?? error.name}`),
    );
  }

  /** Says goodbye to whoever is still connected. */
  async onModuleDestroy(): Promise<void> {
    await new Promise<void>((closed) => this.server.close(() => closed()));
  }

  private async answer(
    stream: SMTPServerDataStream,
    session: SMTPServerSession,
    done: (refusal: Error | null, text?: string) => void,
  ): Promise<void> {
    try {
      await this.take(stream, session);
    } catch (error) {
      return done(error instanceof Error ? error : new Error(String(error)));
    }
    done(null, 'kept');
  }

  private async take(stream: SMTPServerDataStream, session: SMTPServerSession): Promise<void> {
    const raw = await buffer(stream);
    if (stream.sizeExceeded) throw refusal(552, '5.3.4 the message is too large');
    const {
      subject = '',
      messageId = '',
      attachments,
    } = await PostalMime.parse(raw).catch((cause: unknown) => {
      throw refusal(554, '5.6.0 the message cannot be read', cause);
    });
    const calendarMethod = attachments.find(({ method }) => method)?.method ?? '';
    const receivedAt = this.clock.now();
    for (const { address } of session.envelope.rcptTo) {
      this.inbox.keep({ to: address, subject, messageId, calendarMethod, receivedAt, raw });
    }
  }
}

const refusal = (responseCode: number, text: string, cause?: unknown) =>
  Object.assign(new Error(text, { cause }), { responseCode });
