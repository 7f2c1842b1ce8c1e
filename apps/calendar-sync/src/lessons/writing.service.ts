import { Injectable, Logger } from '@nestjs/common';
import { LessonEventCreated } from '@scheduling/contracts';
import { announce } from '@scheduling/events';
import { Database, lockPeople, type Tx } from '@scheduling/persistence';
import type { calendar_v3 } from 'googleapis/build/src/apis/calendar';
import { CalendarSyncConfig } from '../config.ts';
import { CalendarFigures } from '../figures/calendar-figures.ts';
import { GoogleFailure, isForLater } from '../google/google-failure.ts';
import { EchoesService } from './echoes.service.ts';
import { eventBody, meetRequest, type Room, roomOf, wantsMeet } from './event-body.policy.ts';
import { beginAnew, markLookedAt, markRemoved, markWritten, postponeEvent, restEvent } from './event-states.store.ts';
import { GoogleWriter } from './google-writer.service.ts';
import { type LessonEvent, lockTakenEvent, takeEvents } from './lesson-events.store.ts';
import { type ShownLesson, showLesson } from './lessons.store.ts';
import { isHopeless, meetPause, waitAfter } from './writing.policy.ts';

/** More than the longest that a write takes. */
const LEASE_SECONDS = 60;

/** Writes what calendars shall show: each row until it is so, whatever gets lost on the way. */
@Injectable()
export class WritingService {
  private readonly logger = new Logger(WritingService.name);
  private readonly env: string;

  constructor(
    private readonly db: Database,
    private readonly google: GoogleWriter,
    private readonly echoes: EchoesService,
    private readonly figures: CalendarFigures,
    { PUBLIC_URL: url }: CalendarSyncConfig,
  ) {
    this.env = new URL(url).host;
  }

  /** Takes at most so many lessons that are to be written, for this worker alone. */
  take(limit: number): Promise<LessonEvent[]> {
    return this.db.transaction((tx) => takeEvents(tx, limit, LEASE_SECONDS));
  }

  /** Does what is to be done with a lesson that was taken, outside any transaction, and writes down what became of it. */
  async attend(row: LessonEvent): Promise<void> {
    try {
      await this.attempt(row);
      this.figures.wrote('done');
    } catch (error) {
      this.figures.wrote('failed');
      if (!(error instanceof GoogleFailure)) throw error;
      this.logger.warn({
        message: 'A lesson is not written yet.',
        booking_id: row.bookingId,
        kind: error.kind,
        code: error.code,
      });
      await this.db.transaction((tx) => this.failed(tx, row, error));
    }
  }

  private async attempt(row: LessonEvent): Promise<void> {
    if (!row.isWanted) {
      // Also where nothing is known to be there: an answer may have been lost.
      await this.google.remove(row);
      return this.settle(row, (tx) => markRemoved(tx, row));
    }
    if (row.writtenVersion === row.wantedVersion) return this.look(row);
    const lesson = await this.db.transaction((tx) => showLesson(tx, row.bookingId, row.userId));
    const body = {
      ...eventBody(lesson, { env: this.env, person: row.userId }),
      ...(wantsMeet(row, lesson) && meetRequest(row)),
    };
    const event = await this.google.write(row, body);
    if (!event) return this.settle(row, (tx) => beginAnew(tx, row));
    await this.settle(row, (tx) => this.keep(tx, row, lesson, event));
  }

  /** What was heard of it while it was written is judged now, and a room that took its time may be there. */
  private async look(row: LessonEvent): Promise<void> {
    const event = await this.google.read(row);
    const lesson = await this.db.transaction((tx) => showLesson(tx, row.bookingId, row.userId));
    await this.settle(row, async (tx) => {
      const seen = event ?? { status: 'cancelled' };
      if (event && event.status !== 'cancelled') await this.keepRoom(tx, row, lesson, event);
      else await restEvent(tx, row, 'removed');
      await this.echoes.judge(tx, row, seen);
    });
  }

  private async keep(tx: Tx, row: LessonEvent, lesson: ShownLesson, event: calendar_v3.Schema$Event): Promise<void> {
    const { joinLink, meetTries, again } = this.progressOf(tx, row, lesson, event);
    const { version, startAt, endAt } = lesson;
    const googleUpdatedAt = event.updated ? new Date(event.updated) : null;
    await markWritten(tx, row, { version, startAt, endAt, googleUpdatedAt, joinLink, meetTries }, again);
    if (row.writtenVersion === null || joinLink !== row.joinLink) this.tell(tx, row, version, joinLink);
  }

  /** The event stays as it is; only its room is news. */
  private async keepRoom(
    tx: Tx,
    row: LessonEvent,
    lesson: ShownLesson,
    event: calendar_v3.Schema$Event,
  ): Promise<void> {
    const { joinLink, meetTries, again } = this.progressOf(tx, row, lesson, event);
    await markLookedAt(tx, row, { joinLink, meetTries }, again);
    if (joinLink !== row.joinLink) this.tell(tx, row, row.writtenVersion!, joinLink);
  }

  private progressOf(tx: Tx, row: LessonEvent, lesson: ShownLesson, event: calendar_v3.Schema$Event) {
    const room: Room = wantsMeet(row, lesson) ? roomOf(event) : { link: null, isPending: false };
    const meetTries = row.meetTries + (room.isPending ? 1 : 0);
    const again = room.isPending ? new Date(tx.now.getTime() + meetPause(meetTries)) : null;
    return { joinLink: room.link ?? row.joinLink, meetTries, again };
  }

  private tell(tx: Tx, row: LessonEvent, version: number, joinLink: string | null): void {
    const { bookingId: booking_id, userId: user_id, side, eventId: calendar_event_id } = row;
    const link = joinLink === null ? {} : { join_link: joinLink };
    announce(
      tx,
      LessonEventCreated.of({ booking_id, booking_version: version, user_id, side, calendar_event_id, ...link }),
    );
  }

  /** Writes down what became of a row, if it is still this worker's. */
  private settle(row: LessonEvent, work: (tx: Tx) => Promise<void>): Promise<void> {
    return this.db.transaction(async (tx) => {
      await lockPeople(tx, [row.userId]);
      if (await lockTakenEvent(tx, row)) await work(tx);
    });
  }

  private async failed(tx: Tx, row: LessonEvent, failure: GoogleFailure): Promise<void> {
    await lockPeople(tx, [row.userId]);
    const current = await lockTakenEvent(tx, row);
    if (!current) return;
    if (failure.kind === 'reconnect_required') return restEvent(tx, row, failure.code);
    const isStillWanted = current.wantedVersion === row.wantedVersion && current.isWanted === row.isWanted;
    if (!isForLater(failure) && isHopeless(row.attempts) && isStillWanted) return restEvent(tx, row, failure.code);
    await postponeEvent(
      tx,
      row,
      new Date(tx.now.getTime() + waitAfter(failure, row.attempts, Math.random())),
      failure.code,
    );
  }
}
