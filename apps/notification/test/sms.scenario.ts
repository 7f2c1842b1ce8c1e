import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import type { BookingConfirmed, UserChanged } from '@scheduling/contracts';
import type { PersonId } from '@scheduling/domain';
import { SANDBOX_ACCOUNT, TwilioDouble } from '../../sandbox/src/twilio/twilio-double.ts';
import { NotificationConfig } from '../src/config.ts';
import { RepliesService } from '../src/sms/replies.service.ts';
import { SmsWay } from '../src/sms/sms-way.ts';
import { StatusesService } from '../src/sms/statuses.service.ts';
import { TwilioClient } from '../src/sms/twilio-client.ts';
import { TwilioWebhooksService } from '../src/sms/twilio-webhooks.service.ts';
import { cancellation, lesson } from './booking-says.ts';
import { type LedgerRow, scenario } from './scenario.ts';

export const NUMBER = '+15005550006';
export const TOKEN = 'hush';
export const WEBHOOKS = '/api/v1/scheduling/webhooks/twilio';
/** What Twilio is asked when a text is handed over. */
export const TEXTS = `/2010-04-01/Accounts/${SANDBOX_ACCOUNT}/Messages.json`;

let people = 0;
/** A phone that nobody else has. */
export const newPhone = (): string => `+38050${String(1_000_000 + ++people)}`;

/** What else of a row these tests look at. */
export interface TextRow extends LedgerRow {
  readonly id: string;
  readonly provider_id: string | null;
  readonly delivered_at: Date | null;
  readonly handing_at: Date | null;
}

/** What makes the double one's Twilio; `publicUrl` is where it calls back. */
export const settingsOf = (double: TwilioDouble, publicUrl: string) => ({
  TWILIO_ACCOUNT_SID: SANDBOX_ACCOUNT,
  TWILIO_AUTH_TOKEN: TOKEN,
  TWILIO_FROM: NUMBER,
  TWILIO_API_URL: double.url,
  PUBLIC_URL: publicUrl,
});

/** Stands where the gateway stands: hands what is posted to whoever is told of it, and answers with their status. */
export async function gateway(take: (request: IncomingMessage, body: Buffer) => Promise<number>) {
  const server = createServer((request, response) => {
    const answered = buffer(request).then((body) => take(request, body));
    void answered.catch(() => 500).then((status) => response.writeHead(status).end());
  });
  await new Promise<void>((ready) => void server.listen(0, '127.0.0.1', ready));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      const closed = new Promise<void>((done) => void server.close(() => done()));
      server.closeAllConnections();
      await closed;
    },
  };
}

/** A notification service that sends texts at nine o'clock on 1 March 2030, and the words for stories about them. */
export async function smsScenario() {
  const story = await scenario({ channels: ['sms'] });
  const double = await TwilioDouble.listen({ authToken: TOKEN, clock: story.clock });
  let webhooks: TwilioWebhooksService | undefined;
  const door = await gateway(async ({ url: path = '', headers }, body) => {
    const posted = { path, body: body.toString('utf8'), signature: String(headers['x-twilio-signature']) };
    await (path.includes('/inbound') ? webhooks!.inbound(posted) : webhooks!.status(posted));
    return 204;
  });
  double.tellInboundTo(`${door.url}${WEBHOOKS}/inbound`);
  const config: NotificationConfig = Object.assign(new NotificationConfig(), settingsOf(double, door.url));
  const statuses = new StatusesService(story.db);
  const way = (patience?: number, url = double.url) => {
    const client = new TwilioClient(Object.assign(new NotificationConfig(), config, { TWILIO_API_URL: url }), patience);
    return new SmsWay(story.db, story.clock, client, statuses, config);
  };
  webhooks = new TwilioWebhooksService(new TwilioClient(config), statuses, new RepliesService(story.db));

  const words = {
    ...story,
    double,
    publicUrl: door.url,
    way,
    /** A replica's worker on texts; it waits so long for an answer, in milliseconds. */
    texter: (patience?: number, url?: string) => story.workerOn(way(patience, url)),

    /** Somebody who has asked for texts, with their phone. */
    async reader(id: PersonId, more: Partial<UserChanged> = {}): Promise<string> {
      const phone = more.phone ?? newPhone();
      await story.meet(id, { phone, ...more });
      await story.source.query(
        `insert into notification_settings (user_id, digest, sms_opted_in_at, version) values ($1, 'off', now(), 1)
         on conflict do nothing`,
        [id],
      );
      return phone;
    },

    /** A lesson that is canceled, of which its student is to be told by text. */
    async canceled(more: Partial<UserChanged> = {}, of: Partial<BookingConfirmed> = {}) {
      const booked = lesson(of);
      const phone = await words.reader(booked.student_id, more);
      await story.meet(booked.tutor_id, { name: 'Olena' });
      await story.cancel(cancellation(booked));
      const row = async (): Promise<TextRow> => {
        const rows = (await story.wholeLedger(booked.booking_id)) as (TextRow & { channel: string })[];
        return rows.find((each) => each.channel === 'sms' && each.recipient_id === booked.student_id)!;
      };
      return { booked, phone, row, texts: () => double.textsTo(phone) };
    },

    async end(): Promise<void> {
      await double.close();
      await door.close();
      await story.end();
    },
  };
  return words;
}

export type SmsScenario = Awaited<ReturnType<typeof smsScenario>>;
