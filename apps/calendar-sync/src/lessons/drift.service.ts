import { Injectable, Logger } from '@nestjs/common';
import { type BookingId, loggable, type PersonId } from '@scheduling/domain';
import { Database, dailyAt, lockPeople, type Tx } from '@scheduling/persistence';
import { Metrics } from '@scheduling/service-kit';
import type { calendar_v3 } from 'googleapis/build/src/apis/calendar';
import { CalendarSyncConfig } from '../config.ts';
import { GoogleAccess } from '../google/google-access.service.ts';
import { GoogleFailure } from '../google/google-failure.ts';
import { type Difference, differences } from './drift.policy.ts';
import { compareAgain, comparisonsDue, writtenCalendar } from './drift.store.ts';
import { EchoesService } from './echoes.service.ts';
import { PRIVATE } from './event-body.policy.ts';
import { noteRepair, planAgain } from './event-states.store.ts';
import { lockEventsOf } from './lesson-events.store.ts';

/** So many are compared beside each other, and so often at once. */
const BATCH = 4;
const MOST_BATCHES = 150;
/** So much later a comparison that failed is tried again, in milliseconds. */
const AGAIN_MS = 600_000;
const MOST_PAGES = 10;
/** The night's hour in UTC, and how far it is spread, in milliseconds: not everybody is compared at once. */
const NIGHT = { hour: 3, spread: 7_200_000 };

/** Compares our lessons with what calendars hold, repairs, and reports each difference. */
@Injectable()
export class DriftService {
  private readonly logger = new Logger(DriftService.name);
  private readonly env: string;
  private readonly repairs;

  constructor(
    private readonly db: Database,
    private readonly google: GoogleAccess,
    private readonly echoes: EchoesService,
    { PUBLIC_URL: url }: CalendarSyncConfig,
    metrics: Metrics,
  ) {
    this.env = new URL(url).host;
    this.repairs = metrics.counter({
      name: 'calendar_repairs_total',
      help: 'Differences between our lessons and calendars that were found and repaired.',
      labelNames: ['kind'] as const,
    });
  }

  /** Compares whose turn it is; one that fails keeps none of the others. */
  async compareDue(): Promise<void> {
    for (let batch = 0; batch < MOST_BATCHES; batch++) {
      const people = await this.db.transaction((tx) => comparisonsDue(tx, BATCH));
      await Promise.all(people.map((person) => this.compareOrLater(person)));
      if (people.length < BATCH) return;
    }
  }

  private async compareOrLater(person: PersonId): Promise<void> {
    try {
      await this.compare(person);
    } catch (error) {
      if (!(error instanceof GoogleFailure)) this.logger.error(loggable(error));
      await this.db.transaction((tx) => compareAgain(tx, person, new Date(tx.now.getTime() + AGAIN_MS)));
    }
  }

  /** Compares one person's calendar with their lessons, and has each difference repaired; answers how many there were. */
  async compare(person: PersonId): Promise<number> {
    const [calendarId, from] = await this.db.transaction(
      async (tx) => [await writtenCalendar(tx, person), tx.now] as const,
    );
    const held = calendarId === undefined ? [] : await this.held(person, calendarId, from);
    const found = await this.db.transaction((tx) => this.repair(tx, { person, calendarId, held, from }));
    for (const difference of found) {
      this.repairs.inc({ kind: difference.kind });
      this.logger.warn({ message: 'A calendar differed and is repaired.', kind: difference.kind });
      if ('eventId' in difference) await this.remove(person, calendarId!, difference.eventId);
    }
    return found.length;
  }

  private async repair(
    tx: Tx,
    {
      person,
      calendarId,
      held,
      from,
    }: { person: PersonId; calendarId: string | undefined; held: calendar_v3.Schema$Event[]; from: Date },
  ): Promise<Difference[]> {
    await lockPeople(tx, [person]);
    const night = dailyAt(NIGHT.hour)(tx.now).getTime() + Math.random() * NIGHT.spread;
    await compareAgain(tx, person, new Date(night));
    if (calendarId === undefined) return [];
    const found = differences(await lockEventsOf(tx, person, calendarId, from), held, from);
    for (const difference of found) await this.begin(tx, person, difference);
    return found;
  }

  /** What its owner did is judged as such, and may be proposed; everything else is put right. */
  private async begin(tx: Tx, person: PersonId, difference: Difference): Promise<void> {
    if (!('row' in difference)) return noteRepair(tx, person, difference.bookingId as BookingId, difference.kind);
    const { row, event, kind } = difference;
    const isWritten = row.writtenVersion === row.wantedVersion;
    const seen = event ?? { id: row.eventId, status: 'cancelled' };
    if (isWritten && (await this.echoes.judge(tx, row, seen))) return;
    await noteRepair(tx, person, row.bookingId, kind);
    await planAgain(tx, row);
  }

  private async held(person: PersonId, calendarId: string, from: Date): Promise<calendar_v3.Schema$Event[]> {
    const all: calendar_v3.Schema$Event[] = [];
    let pageToken: string | undefined;
    for (let page = 0; page < MOST_PAGES; page++) {
      const mark = pageToken === undefined ? {} : { pageToken };
      const asked = {
        calendarId,
        privateExtendedProperty: [`${PRIVATE.env}=${this.env}`],
        timeMin: from.toISOString(),
        singleEvents: true,
        maxResults: 2500,
        ...mark,
      };
      const { items = [], nextPageToken } = await this.google.as(person, ({ events }, options) =>
        events.list(asked, options),
      );
      // Another of our people may write into the same calendar: what is theirs is not ours to judge.
      all.push(...items.filter(({ extendedProperties }) => extendedProperties?.private?.[PRIVATE.person] === person));
      pageToken = nextPageToken ?? undefined;
      if (!pageToken) return all;
    }
    throw new GoogleFailure('unreachable', 'too_long');
  }

  /** What is gone by now is gone; what cannot be deleted now is found again. */
  private async remove(person: PersonId, calendarId: string, eventId: string): Promise<void> {
    const asked = { calendarId, eventId, sendUpdates: 'none' };
    try {
      await this.google.as<unknown>(person, ({ events }, options) => events.delete(asked, options));
    } catch (error) {
      if (!(error instanceof GoogleFailure)) throw error;
    }
  }
}
