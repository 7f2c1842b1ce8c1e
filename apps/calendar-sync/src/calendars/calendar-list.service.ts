import { Injectable, Logger } from '@nestjs/common';
import { loggable, type PersonId } from '@scheduling/domain';
import { Database, lockPeople, type Tx } from '@scheduling/persistence';
import type { calendar_v3 } from 'googleapis/build/src/apis/calendar';
import { BusyService } from '../busy/busy.service.ts';
import { RevocationsService } from '../connections/revocations.service.ts';
import { GoogleAccess } from '../google/google-access.service.ts';
import { GoogleFailure } from '../google/google-failure.ts';
import { LessonEventsService } from '../lessons/lesson-events.service.ts';
import { leaveFormer } from '../connections/accounts.store.ts';
import {
  forgetCalendars,
  keepCalendars,
  type ListedCalendar,
  listsDue,
  noteListed,
  noteNotListed,
} from './calendars.store.ts';

const MINUTE = 60_000;
/** The list is read again after so long, and where it failed after so long. */
const AGAIN = { read: 24 * 60 * MINUTE, failed: 2 * MINUTE };
/** So many are read beside each other, and so often at once. */
const BATCH = 10;
const MOST_BATCHES = 100;
/** More calendars than anybody has, of 250 a page. */
const MOST_PAGES = 8;

/** Which calendars a person has: read when they connect, and each day. */
@Injectable()
export class CalendarListService {
  private readonly logger = new Logger(CalendarListService.name);

  constructor(
    private readonly db: Database,
    private readonly google: GoogleAccess,
    private readonly busy: BusyService,
    private readonly lessons: LessonEventsService,
    private readonly revocations: RevocationsService,
  ) {}

  /** Reads the lists that are due; one that fails keeps none of the others. */
  async readDue(): Promise<void> {
    for (let batch = 0; batch < MOST_BATCHES; batch++) {
      const people = await this.db.transaction((tx) => listsDue(tx, BATCH));
      await Promise.all(people.map((person) => this.readNow(person)));
      if (people.length < BATCH) return;
    }
  }

  /** Reads a person's list; what fails is tried again by itself. */
  async readNow(person: PersonId): Promise<void> {
    try {
      const listed = await this.list(person);
      const isAnother = await this.db.transaction((tx) => this.keep(tx, person, listed));
      if (isAnother) await this.revocations.workOff();
    } catch (error) {
      if (!(error instanceof GoogleFailure)) this.logger.error(loggable(error));
      const code = error instanceof GoogleFailure ? error.code : 'ours';
      await this.db.transaction((tx) => noteNotListed(tx, person, code, after(tx, AGAIN.failed)));
    }
  }

  private async list(person: PersonId): Promise<ListedCalendar[]> {
    const all: calendar_v3.Schema$CalendarListEntry[] = [];
    let pageToken: string | undefined;
    for (let page = 0; page < MOST_PAGES; page++) {
      const asked = { maxResults: 250, ...(pageToken && { pageToken }) };
      const { items = [], nextPageToken } = await this.google.as(person, ({ calendarList }, options) =>
        calendarList.list(asked, options),
      );
      all.push(...items);
      pageToken = nextPageToken ?? undefined;
      if (!pageToken) break;
    }
    return all.filter(({ id, deleted }) => id && !deleted).map(listedOf);
  }

  /** Answers whether the account is another than the one before. */
  private async keep(tx: Tx, person: PersonId, listed: readonly ListedCalendar[]): Promise<boolean> {
    await lockPeople(tx, [person]);
    const primary = listed.find(({ isPrimary }) => isPrimary)?.calendarId ?? null;
    // Another account has other calendars: nothing that was chosen for the former is meant for them.
    const isAnother = await leaveFormer(tx, person, primary);
    if (isAnother) await forgetCalendars(tx, person);
    await noteListed(tx, person, primary, after(tx, AGAIN.read));
    await keepCalendars(tx, person, listed);
    await this.busy.restate(tx, person);
    await this.lessons.replan(tx, person);
    return isAnother;
  }
}

const after = (tx: Tx, ms: number): Date => new Date(tx.now.getTime() + ms);

const listedOf = (entry: calendar_v3.Schema$CalendarListEntry): ListedCalendar => ({
  calendarId: entry.id!,
  summary: entry.summaryOverride ?? entry.summary ?? '',
  timezone: entry.timeZone ?? 'UTC',
  accessRole: entry.accessRole ?? 'reader',
  isPrimary: entry.primary ?? false,
});
