import { Logger } from '@nestjs/common';
import {
  type BookingCanceled,
  type BookingConfirmed,
  type BookingRefunded,
  type BookingRescheduled,
  CalendarConnected,
  CalendarDisconnected,
  CalendarSyncFailed,
  CalendarSyncRecovered,
  type LessonConflicted,
  type LessonLinkReady,
  type PaymentFailed,
  type ProposalAnswered,
  type ProposalMade,
  UserChanged,
  type WaitlistOffered,
} from '@scheduling/contracts';
import type { PersonId } from '@scheduling/domain';
import { Database } from '@scheduling/persistence';
import { FrozenClock, testDatabase } from '@scheduling/testing';
import { CalendarsConsumer } from '../src/calendars/calendars.consumer.ts';
import { CalendarsService } from '../src/calendars/calendars.service.ts';
import { NotificationConfig } from '../src/config.ts';
import { DeliveriesService } from '../src/deliveries/deliveries.service.ts';
import { DeliveryLoop } from '../src/deliveries/delivery-loop.ts';
import { MailServer, PATIENCE } from '../src/deliveries/mail-server.ts';
import { MessagesConsumer } from '../src/messages/messages.consumer.ts';
import { MessagesService } from '../src/messages/messages.service.ts';
import { RecipientsConsumer } from '../src/recipients/recipients.consumer.ts';
import { RecipientsService } from '../src/recipients/recipients.service.ts';
import { notificationSchema } from '../src/schema.ts';
import { smtpDouble } from './smtp-double.ts';

// Mail servers fail here on purpose, again and again.
Logger.overrideLogger(false);
// `until` says what it waited for, before this bound says nothing.
jest.setTimeout(30_000);

/** A row of the ledger, as far as tests look at it. */
export interface LedgerRow {
  readonly kind: string;
  readonly state: string;
  readonly attempts: number;
  readonly recipient_id: PersonId;
  readonly message_id: string;
  readonly last_error: string | null;
  readonly provider_response: string | null;
}

/** A notification service at nine o'clock on 1 March 2030, a mail server beside it, and the words to tell a story about them. */
export async function scenario() {
  const test = await testDatabase('notification', notificationSchema);
  const clock = new FrozenClock(new Date('2030-03-01T09:00:00Z'));
  const db = new Database(test.source, clock);
  const smtp = await smtpDouble();
  const open: { close: () => void | Promise<void> }[] = [];

  const config = (settings: Partial<NotificationConfig>) => Object.assign(new NotificationConfig(), settings);
  const planning = new MessagesService(config({}));
  const messages = new MessagesConsumer(planning);
  const calendars = new CalendarsConsumer(new CalendarsService(planning));
  const recipients = new RecipientsConsumer(new RecipientsService());

  const story = {
    db,
    clock,
    smtp,
    source: test.source,
    confirm: (event: BookingConfirmed) => db.transaction((tx) => messages.confirmed(tx, event)),
    cancel: (event: BookingCanceled) => db.transaction((tx) => messages.canceled(tx, event)),
    move: (event: BookingRescheduled) => db.transaction((tx) => messages.rescheduled(tx, event)),
    refund: (event: BookingRefunded) => db.transaction((tx) => messages.refunded(tx, event)),
    fail: (event: PaymentFailed) => db.transaction((tx) => messages.unpaid(tx, event)),
    offer: (event: WaitlistOffered) => db.transaction((tx) => messages.offered(tx, event)),
    collide: (event: LessonConflicted) => db.transaction((tx) => messages.conflicted(tx, event)),
    link: (event: LessonLinkReady) => db.transaction((tx) => messages.linked(tx, event)),
    propose: (event: ProposalMade) => db.transaction((tx) => messages.proposed(tx, event)),
    answer: (event: ProposalAnswered) => db.transaction((tx) => messages.answered(tx, event)),

    /** Has calendars tell of somebody's connection. */
    connect: (user_id: PersonId, version = 1) =>
      db.transaction((tx) => calendars.connected(tx, CalendarConnected.of<CalendarConnected>({ user_id, version }))),
    recover: (user_id: PersonId, version: number) =>
      db.transaction((tx) =>
        calendars.recovered(tx, CalendarSyncRecovered.of<CalendarSyncRecovered>({ user_id, version })),
      ),
    disconnect: (user_id: PersonId, version: number) =>
      db.transaction((tx) =>
        calendars.disconnected(tx, CalendarDisconnected.of<CalendarDisconnected>({ user_id, version })),
      ),
    loseCalendar: (user_id: PersonId, version: number, code = 'reconnect_required') =>
      db.transaction((tx) => {
        const known_until = '2030-03-01T08:30:00.000Z';
        return calendars.failed(tx, CalendarSyncFailed.of<CalendarSyncFailed>({ user_id, version, code, known_until }));
      }),

    /** Lets accounts tell of a person, and answers their address. */
    async meet(id: PersonId, more: Partial<UserChanged> = {}): Promise<string> {
      const email = `${id.slice(0, 8)}@example.org`;
      const person = { user_id: id, version: 1, email, name: 'Sam', roles: [], timezone: 'UTC', locale: 'en', ...more };
      await db.transaction((tx) => recipients.keep(tx, UserChanged.of<UserChanged>(person)));
      return email;
    },

    /** Has accounts tell of both people of a lesson, and answers their addresses. */
    meetBoth: async (event: BookingConfirmed) => ({
      student: await story.meet(event.student_id),
      tutor: await story.meet(event.tutor_id, { name: 'Olena' }),
    }),

    /** One more replica's worker; it hands mail to the test's server unless told otherwise. */
    worker(settings: Partial<NotificationConfig> = { SMTP_URL: smtp.url }, patience = PATIENCE): DeliveriesService {
      const server = new MailServer(config(settings), patience);
      open.push(server);
      return new DeliveriesService(db, server, config(settings));
    },

    /** One more replica that works by itself until it is closed. */
    loop(patience = PATIENCE): { close: () => Promise<void> } {
      const server = new MailServer(config({ SMTP_URL: smtp.url }), patience);
      const loop = new DeliveryLoop(new DeliveriesService(db, server, config({ SMTP_URL: smtp.url })), server);
      loop.onApplicationBootstrap();
      const running = { close: () => loop.beforeApplicationShutdown() };
      open.push(running);
      return running;
    },

    /** Has a worker do all that is due now, and answers how much it was. */
    async work(worker: DeliveriesService): Promise<number> {
      const taken = await worker.take(20);
      await Promise.all(taken.map((delivery) => worker.deliver(delivery)));
      return taken.length;
    },

    ledger: (of: BookingConfirmed): Promise<LedgerRow[]> =>
      test.source.query(
        'select * from messages where booking_id = $1 order by booking_version, created_at, recipient_id',
        [of.booking_id],
      ),

    /** How many of a booking's messages are in each state. */
    async states(of: BookingConfirmed): Promise<Record<string, number>> {
      const rows = await story.ledger(of);
      const counted = rows.map(({ kind, state }) => `${kind.replace('booking_', '')} ${state}`);
      return Object.fromEntries([...new Set(counted)].map((word) => [word, counted.filter((w) => w === word).length]));
    },

    /** The Message-IDs that arrived for a booking, repeats included. */
    arrived: (of: BookingConfirmed): string[] =>
      smtp.arrived.map(({ messageId }) => messageId).filter((id) => id.includes(of.booking_id)),

    async end(): Promise<void> {
      // First the server: a mail that hangs is then cut off, and no worker waits for it.
      await smtp.close();
      for (const one of open) await one.close();
      await test.drop();
    },
  };
  return story;
}

export type Scenario = Awaited<ReturnType<typeof scenario>>;
