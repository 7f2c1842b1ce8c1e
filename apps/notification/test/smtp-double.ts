import type { AddressInfo, Socket } from 'node:net';
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer, type SMTPServerSession } from 'smtp-server';

/** What the server does with a mail whose content it has read: takes it, refuses it with a code, takes it and drops the line, says nothing. */
export type Conduct = 'take' | 'drop' | 'hang' | number;

/** A mail that reached the server's disk, whatever the sender then heard. */
export interface Arrived {
  readonly to: string;
  /** How many the envelope named. */
  readonly recipients: number;
  readonly messageId: string;
  readonly raw: string;
  readonly mail: Email;
}

type Answer = (refusal: Error | null, text?: string) => void;

export interface SmtpDouble {
  readonly url: string;
  readonly arrived: Arrived[];
  /** How often a mail was offered to each address. */
  readonly offers: Map<string, number>;
  /** Decides what happens to a mail to this address, offered for the so-manieth time. */
  conduct: (to: string, offer: number) => Conduct;
  readonly close: () => Promise<void>;
}

/** A real mail server that can be as bad as those out there. */
export async function smtpDouble(): Promise<SmtpDouble> {
  const sockets = new Map<number, Socket>();
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    disableReverseLookup: true,
    closeTimeout: 10,
    logger: false,
    onData: (stream, session, done) => void answer(stream, session, done),
  });
  // Lines that break are what some of these tests are about.
  server.on('error', () => undefined);
  server.server.on('connection', (socket) => {
    const port = socket.remotePort ?? 0;
    sockets.set(
      port,
      socket.once('close', () => sockets.delete(port)),
    );
  });
  async function answer(stream: Readable, session: SMTPServerSession, done: Answer): Promise<void> {
    const content = await buffer(stream);
    const to = session.envelope.rcptTo[0]?.address ?? '';
    const offer = (double.offers.get(to) ?? 0) + 1;
    double.offers.set(to, offer);
    const conduct = double.conduct(to, offer);
    if (typeof conduct === 'number') return done(Object.assign(new Error('no'), { responseCode: conduct }));
    if (conduct === 'hang') return;
    const mail = await PostalMime.parse(content);
    const recipients = session.envelope.rcptTo.length;
    double.arrived.push({ to, recipients, messageId: mail.messageId ?? '', raw: content.toString(), mail });
    if (conduct === 'drop') sockets.get(session.remotePort)?.destroy();
    else done(null, 'kept');
  }
  await new Promise<void>((ready) => void server.listen(0, '127.0.0.1', ready));

  const double: SmtpDouble = {
    url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`,
    arrived: [],
    offers: new Map(),
    conduct: () => 'take',
    close: () =>
      new Promise((closed) => {
        for (const socket of sockets.values()) socket.destroy();
        server.close(() => closed());
      }),
  };
  return double;
}
