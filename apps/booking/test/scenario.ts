import { OpeningsPublished, type Terms } from '@scheduling/contracts';
import { Clock, newId, type BookingId, type PersonId, type SlotId } from '@scheduling/domain';
import { Database, FROZEN_CLOCK, type Repeatable, Ticks } from '@scheduling/persistence';
import { EventLog } from '@scheduling/events';
import { Metrics } from '@scheduling/service-kit';
import { FrozenClock, testDatabase } from '@scheduling/testing';
import { Global, Module, type Type } from '@nestjs/common';
import { Test, type TestingModule } from '@nestjs/testing';
import { CancelService } from '../src/bookings/cancel.service.ts';
import { ConfirmService } from '../src/bookings/confirm.service.ts';
import { BookingModule } from '../src/booking.module.ts';
import { BookingConfig } from '../src/config.ts';
import { CreditsService } from '../src/credits/credits.service.ts';
import type { Hold } from '../src/holds/holds.store.ts';
import { HoldsService } from '../src/holds/holds.service.ts';
import { bookingSchema } from '../src/schema.ts';
import { SlotListService } from '../src/slots/slot-list.service.ts';
import { SlotsService } from '../src/slots/slots.service.ts';

const NOON = '2030-03-01T12:00:00.000Z';

/** What a tutor publishes: starts of lessons of one length, unless told otherwise. */
export interface Offer {
  readonly starts?: string[];
  readonly minutes?: number;
  readonly capacity?: number;
  readonly price?: number;
  readonly terms?: Partial<Terms>;
}

/** A booking service at nine o'clock on 1 March 2030, with nothing on offer yet, and the words to tell a story about it. */
export async function scenario(settings: Partial<BookingConfig> = {}) {
  const test = await testDatabase('booking', bookingSchema);
  const clock = new FrozenClock(new Date('2030-03-01T09:00:00Z'));
  const db = new Database(test.source, clock);
  const app = await wire(db, clock, Object.assign(new BookingConfig(), settings));
  const [holds, slots, credits] = [app.get(HoldsService), app.get(SlotsService), app.get(CreditsService)];
  const [confirming, canceling, lists] = [app.get(ConfirmService), app.get(CancelService), app.get(SlotListService)];
  const person = () => newId<PersonId>();
  const versions = new Map<PersonId, number>();
  const unnamed = (personId: PersonId): Repeatable => ({ personId, key: null, content: '' });

  const publication = (
    tutor: PersonId,
    { starts = [NOON], minutes = 60, capacity = 1, price = 2500, terms }: Offer,
  ) => {
    versions.set(tutor, (versions.get(tutor) ?? 0) + 1);
    return OpeningsPublished.of({
      tutor_id: tutor,
      schedule_version: versions.get(tutor)!,
      from_at: clock.now().toISOString(),
      terms: {
        timezone: 'Europe/Kyiv',
        currency: 'USD',
        buffer_before_minutes: 0,
        buffer_after_minutes: 0,
        minimum_notice_minutes: 0,
        ...terms,
      },
      openings: starts.length > 0 ? [{ minutes, price_cents: price, capacity, starts }] : [],
    });
  };

  const story = {
    db,
    clock,
    person,
    unnamed,
    /** Any provider of the service, with the same database and clock. */
    get: <Provider>(token: Type<Provider>): Provider => app.get(token),
    holds,
    slots,
    publication,
    source: test.source,
    url: test.url,
    /** Where an administrator signs in to the same database. */
    adminUrl: test.adminUrl,
    end: test.drop,

    /** Takes over a publication. */
    offer: (published: OpeningsPublished) => db.transaction((tx) => slots.offer(tx, published)),

    /** Has a tutor want exactly these lessons from now on. */
    publish: (tutor: PersonId, offer: Offer) => story.offer(publication(tutor, offer)),

    /** Offers one lesson, from 12:00 to 13:00 unless told otherwise. */
    async slot({ tutor = person(), ...offer }: Offer & { tutor?: PersonId } = {}): Promise<SlotId> {
      await story.publish(tutor, offer);
      const [slot] = await test.source.query('select id from slots where tutor_id = $1 and offered', [tutor]);
      return slot.id;
    },

    /** All slots of a tutor, the soonest first. */
    async slotsOf(tutor: PersonId): Promise<SlotId[]> {
      const all = await test.source.query('select id from slots where tutor_id = $1 order by start_at', [tutor]);
      return all.map(({ id }: { id: SlotId }) => id);
    },

    hold: (student: PersonId, slot: SlotId) => holds.place(student, slot, unnamed(student)),
    confirm: (student: PersonId, slot: SlotId) => confirming.confirm(student, slot, 'credit', unnamed(student)),
    cancel: (by: PersonId, bookingId: BookingId, reopen = false) =>
      canceling.cancel({ by, bookingId, reason: 'ill', reopen }, unnamed(by)),
    grant: (to: PersonId, cents: number, currency = 'USD') =>
      credits.grant({ to, amount: { cents, currency }, reason: 'test', by: person() }, unnamed(person())),
    balance: async (of: PersonId, currency?: string) => (await credits.balance(of, currency)).cents,

    /** Books a lesson for a new student with money, all the way. */
    async book(slot: SlotId, student = person()) {
      await story.grant(student, 10_000);
      await story.hold(student, slot);
      return (await story.confirm(student, slot)).booking;
    },

    /** The slots that are listed for a tutor, from now on unless told otherwise. */
    async listed(tutor: PersonId, { from = clock.now(), until = new Date('2031-01-01') } = {}) {
      const range = { from, until };
      return (await lists.find(tutor, range, { limit: 500, after: null })).slots;
    },

    /** Lets a hold run out at once. */
    async letGo({ slotId, studentId }: Hold): Promise<void> {
      const now = clock.now();
      await test.source.query('update holds set expires_at = $1 where slot_id = $2 and student_id = $3', [
        now,
        slotId,
        studentId,
      ]);
      await test.source.query('update claims set expires_at = $1 where slot_id = $2 and person_id = $3', [
        now,
        slotId,
        studentId,
      ]);
      await holds.sweep();
    },

    status: async (slot: SlotId): Promise<string> =>
      (await test.source.query('select status from slots where id = $1', [slot]))[0].status,

    /** Seats claimed in a slot, the tutor's (0) included, with their expiry. */
    claims: (slot: SlotId): Promise<{ seat: number; expires_at: Date | null }[]> =>
      test.source.query('select seat, expires_at from claims where slot_id = $1 order by seat', [slot]),

    /** The names of the events stated about a slot, in order. */
    announced: async (slot: SlotId): Promise<string[]> => {
      const about = "select type from outbox where envelope -> 'data' ->> 'slot_id' = $1 order by id";
      const rows: { type: string }[] = await test.source.query(about, [slot]);
      return rows.map(({ type }) => type.split('.')[2]!);
    },

    /** The names and contents of the events stated about a tutor, in order. */
    async statedOf(tutor: PersonId): Promise<[name: string, data: Record<string, unknown>][]> {
      const about = "select type, envelope -> 'data' as data from outbox where key = $1 order by id";
      const rows: { type: string; data: Record<string, unknown> }[] = await test.source.query(about, [tutor]);
      return rows.map(({ type, data }) => [type.split('.')[2]!, data]);
    },
  };
  return story;
}

export type Scenario = Awaited<ReturnType<typeof scenario>>;

/** The service's own providers on this database and clock, none of which has begun to do anything by itself. */
async function wire(db: Database, clock: FrozenClock, config: BookingConfig): Promise<TestingModule> {
  const around = [
    { provide: Database, useValue: db },
    { provide: BookingConfig, useValue: config },
    { provide: Clock, useValue: clock },
    { provide: FROZEN_CLOCK, useValue: clock },
    { provide: EventLog, useValue: null },
    Metrics,
    Ticks,
  ];
  @Global()
  @Module({ providers: around, exports: around })
  class Around {}
  return Test.createTestingModule({ imports: [Around, BookingModule] }).compile();
}
