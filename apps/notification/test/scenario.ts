import { Metrics } from '@scheduling/service-kit';
import { Logger } from '@nestjs/common';
import {
  type BookingCanceled,
  type BookingCompleted,
  type BookingConfirmed,
  type BookingNoShow,
  type BookingPendingPayment,
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
  type SeriesBooked,
  type SeriesDatesSkipped,
  type SlotHeld,
  type SlotReleased,
  UserChanged,
  type WaitlistOffered,
} from '@scheduling/contracts';
import type { PersonId } from '@scheduling/domain';
import { Database } from '@scheduling/persistence';
import { FrozenClock, testDatabase } from '@scheduling/testing';
import { AgendaService } from '../src/agenda/agenda.service.ts';
import { CalendarsConsumer } from '../src/calendars/calendars.consumer.ts';
import { CalendarsService } from '../src/calendars/calendars.service.ts';
import { NotificationConfig } from '../src/config.ts';
import { DeliveryFigures } from '../src/deliveries/delivery-figures.ts';
import { DeliveriesService } from '../src/deliveries/deliveries.service.ts';
import { DeliveryLoops } from '../src/deliveries/delivery-loops.ts';
import { Pace } from '../src/deliveries/pace.ts';
import type { Delivery, Way } from '../src/deliveries/way.ts';
import { EmailWay } from '../src/email/email-way.ts';
import { MailServer, PATIENCE } from '../src/email/mail-server.ts';
import { ChannelsOn } from '../src/messages/channels-on.ts';
import type { Channel } from '../src/messages/kinds.ts';
import { LessonsService } from '../src/lessons/lessons.service.ts';
import { MessagesConsumer } from '../src/messages/messages.consumer.ts';
import { MessagesService } from '../src/messages/messages.service.ts';
import { DigestService } from '../src/preferences/digest.service.ts';
import { UnsubscribeLinks } from '../src/preferences/unsubscribe-links.ts';
import { RecipientsConsumer } from '../src/recipients/recipients.consumer.ts';
import { RecipientsService } from '../src/recipients/recipients.service.ts';
import { FreshnessService } from '../src/reminders/freshness.service.ts';
import { RemindersService } from '../src/reminders/reminders.service.ts';
import { notificationSchema } from '../src/schema.ts';
import { smtpDouble } from './smtp-double.ts';

// Mail servers fail here on purpose, again and again.
Logger.overrideLogger(false);

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

const REMINDERS: ReadonlySet<string> = new Set(['lesson_tomorrow', 'lesson_soon']);

/** A replica's worker on one way. */
export interface Worker {
  readonly take: (limit: number) => Promise<Delivery[]>;
  readonly deliver: (delivery: Delivery) => Promise<void>;
}

/** A notification service at nine o'clock on 1 March 2030, a mail server beside it, and the words to tell a story about them. */
export async function scenario({ channels = [] }: { readonly channels?: readonly Channel[] } = {}) {
  const test = await testDatabase('notification', notificationSchema);
  const clock = new FrozenClock(new Date('2030-03-01T09:00:00Z'));
  const db = new Database(test.source, clock);
  const smtp = await smtpDouble();
  const open: { close: () => void | Promise<void> }[] = [];

  const config = (settings: Partial<NotificationConfig>) => Object.assign(new NotificationConfig(), settings);
  const planning = new MessagesService(new ChannelsOn(new Set(channels)), config({}));
  const messages = new MessagesConsumer(planning, new RemindersService(new LessonsService(), planning));
  const calendars = new CalendarsConsumer(new CalendarsService(planning));
  const agendas = new AgendaService(db, planning);
  const recipients = new RecipientsConsumer(new RecipientsService());

  const links = new UnsubscribeLinks('https://lessons.example', 's'.repeat(32));

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
    hold: (event: SlotHeld) => db.transaction((tx) => messages.held(tx, event)),
    release: (event: SlotReleased) => db.transaction((tx) => messages.released(tx, event)),
    await: (event: BookingPendingPayment) => db.transaction((tx) => messages.awaited(tx, event)),
    complete: (event: BookingCompleted) => db.transaction((tx) => messages.completed(tx, event)),
    miss: (event: BookingNoShow) => db.transaction((tx) => messages.missed(tx, event)),
    bookSeries: (event: SeriesBooked) => db.transaction((tx) => messages.seriesBooked(tx, event)),
    skipDates: (event: SeriesDatesSkipped) => db.transaction((tx) => messages.datesSkipped(tx, event)),
    answer: (event: ProposalAnswered) => db.transaction((tx) => messages.answered(tx, event)),

    /** Has somebody ask for the agenda of each day. */
    askForAgenda: (id: PersonId) =>
      test.source.query("insert into notification_choices values ($1, 'daily_agenda', 'email', true)", [id]),
    /** Does what is done every few minutes for agendas, and answers how many were planned. */
    planAgendas: () => agendas.planDue(),

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
    worker(settings: Partial<NotificationConfig> = { SMTP_URL: smtp.url }, patience = PATIENCE): Worker {
      return story.workerOn(new EmailWay(new MailServer(config(settings), patience), config(settings), links));
    },

    /** One more replica's worker on any way. */
    workerOn(way: Way): Worker {
      open.push(way);
      const deliveries = new DeliveriesService(
        db,
        config({}),
        new FreshnessService(),
        new DigestService(planning),
        new DeliveryFigures(db, new Metrics()),
      );
      // Its clock stands still: whoever is left alone would be so for ever.
      const pace = new Pace(Number.POSITIVE_INFINITY, { failures: 1000, rest: 5000 });
      return {
        take: (limit) => deliveries.take(way, limit),
        deliver: (delivery) => deliveries.deliver(way, pace, delivery),
      };
    },

    /** One more replica that works by itself until it is closed. */
    loop(patience = PATIENCE): { close: () => Promise<void> } {
      const settings = config({ SMTP_URL: smtp.url });
      const way = new EmailWay(new MailServer(settings, patience), settings, links);
      const loops = new DeliveryLoops(
        new DeliveriesService(
          db,
          settings,
          new FreshnessService(),
          new DigestService(planning),
          new DeliveryFigures(db, new Metrics()),
        ),
        [way],
      );
      loops.onApplicationBootstrap();
      const running = { close: () => loops.beforeApplicationShutdown() };
      open.push(running);
      return running;
    },

    /** Has a worker do all that is due now, and answers how much it was. */
    async work(worker: Worker): Promise<number> {
      const taken = await worker.take(20);
      await Promise.all(taken.map((delivery) => worker.deliver(delivery)));
      return taken.length;
    },

    /** A booking's messages but for its reminders. */
    ledger: async (of: BookingConfirmed): Promise<LedgerRow[]> =>
      (await story.wholeLedger(of.booking_id)).filter(({ kind }) => !REMINDERS.has(kind)),
    /** What the ledger has of a booking, or of what else may be told of. */
    wholeLedger: (id: string): Promise<LedgerRow[]> =>
      test.source.query(
        'select * from messages where booking_id = $1 order by booking_version, created_at, recipient_id',
        [id],
      ),
    /** How many of a booking's reminders are in each state. */
    reminders: async (of: BookingConfirmed): Promise<Record<string, number>> =>
      counted((await story.wholeLedger(of.booking_id)).filter(({ kind }) => REMINDERS.has(kind))),

    /** How many of a booking's messages are in each state. */
    async states(of: BookingConfirmed): Promise<Record<string, number>> {
      return counted(await story.ledger(of));
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

/** How often each kind and state is among rows of the ledger. */
function counted(rows: readonly LedgerRow[]): Record<string, number> {
  const words = rows.map(({ kind, state }) => `${kind.replace('booking_', '')} ${state}`);
  return Object.fromEntries([...new Set(words)].map((word) => [word, words.filter((w) => w === word).length]));
}

export type Scenario = Awaited<ReturnType<typeof scenario>>;
