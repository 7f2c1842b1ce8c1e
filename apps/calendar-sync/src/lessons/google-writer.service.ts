import { Injectable } from '@nestjs/common';
import type { calendar_v3 } from 'googleapis/build/src/apis/calendar';
import { GoogleAccess } from '../google/google-access.service.ts';
import { GoogleFailure, type GoogleFailureKind } from '../google/google-failure.ts';
import { PRIVATE } from './event-body.policy.ts';
import type { LessonEvent } from './lesson-events.store.ts';

/** Nobody but us tells people of lessons. */
const SILENT = { sendUpdates: 'none', conferenceDataVersion: 1 } as const;

/** Requests about one event that can be made any number of times: what was done and not answered is found done. */
@Injectable()
export class GoogleWriter {
  constructor(private readonly google: GoogleAccess) {}

  /** Makes the event what it shall be; null where its id leads nowhere any more, and it needs another. */
  async write(row: LessonEvent, body: calendar_v3.Schema$Event): Promise<calendar_v3.Schema$Event | null> {
    return row.writtenVersion === null ? this.insert(row, body) : this.patch(row, body);
  }

  /** The event as it stands; null where there is none. */
  async read({ userId, calendarId, eventId }: LessonEvent): Promise<calendar_v3.Schema$Event | null> {
    const asked = { calendarId, eventId };
    return unless(['not_found', 'gone'], () =>
      this.google.as(userId, (calendar, options) => calendar.events.get(asked, options)),
    );
  }

  /** Takes the event out; one that is gone is out. */
  async remove({ userId, calendarId, eventId }: LessonEvent): Promise<void> {
    const asked = { calendarId, eventId, sendUpdates: 'none' };
    await unless(['not_found', 'gone'], () =>
      this.google.as<unknown>(userId, (calendar, options) => calendar.events.delete(asked, options)),
    );
  }

  /** An id that is taken is ours from an attempt whose answer was lost, or from before; then it is made what it shall be. */
  private async insert(row: LessonEvent, body: calendar_v3.Schema$Event): Promise<calendar_v3.Schema$Event | null> {
    const { userId, calendarId, eventId: id } = row;
    const asked = { calendarId, requestBody: { ...body, id }, ...SILENT };
    const made = await unless(['conflict'], () =>
      this.google.as(userId, (calendar, options) => calendar.events.insert(asked, options)),
    );
    if (made) return made;
    const there = await this.read(row);
    const isOurs = there?.extendedProperties?.private?.[PRIVATE.booking] === row.bookingId;
    return isOurs ? this.patch(row, body) : null;
  }

  private patch({ userId, calendarId, eventId }: LessonEvent, body: calendar_v3.Schema$Event) {
    const asked = { calendarId, eventId, requestBody: body, ...SILENT };
    return unless(['not_found', 'gone'], () =>
      this.google.as(userId, (calendar, options) => calendar.events.patch(asked, options)),
    );
  }
}

/** Gives null for some kinds of no. */
async function unless<T>(kinds: readonly GoogleFailureKind[], request: () => Promise<T>): Promise<T | null> {
  try {
    return await request();
  } catch (error) {
    if (error instanceof GoogleFailure && kinds.includes(error.kind)) return null;
    throw error;
  }
}
