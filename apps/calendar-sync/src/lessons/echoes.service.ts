import { Injectable } from '@nestjs/common';
import { LessonEventMoved, LessonEventRemoved, type ProposalAnswered } from '@scheduling/contracts';
import { announce } from '@scheduling/events';
import { lockPeople, type Tx } from '@scheduling/persistence';
import type { calendar_v3 } from 'googleapis/build/src/apis/calendar';
import type { WatchedCalendar } from '../busy/watched-calendar.ts';
import { type Echo, echoOf } from './echo.policy.ts';
import { askForLook, awaitAnswer, awaitingEvents, markSeen, noteRepair, planAgain } from './event-states.store.ts';
import { type LessonEvent, lockEvents } from './lesson-events.store.ts';
import { showLesson } from './lessons.store.ts';

/** What people do to lessons in their own calendars: it is put back, or proposed to the other side, as the tutor chose. */
@Injectable()
export class EchoesService {
  /** Hears what a reading of a calendar says of our events; the calendar's owner is locked. */
  async heard(
    tx: Tx,
    { userId, calendarId }: Pick<WatchedCalendar, 'userId' | 'calendarId'>,
    events: readonly calendar_v3.Schema$Event[],
  ): Promise<void> {
    if (events.length === 0) return;
    const rows = await lockEvents(
      tx,
      userId,
      calendarId,
      events.map(({ id }) => id!),
    );
    const busy = rows.filter(({ state }) => state !== 'idle');
    if (busy.length > 0)
      await askForLook(
        tx,
        busy.map(({ id }) => id),
      );
    for (const row of rows) {
      const event = events.findLast(({ id }) => id === row.eventId)!;
      if (row.state === 'idle') await this.judge(tx, row, event);
    }
  }

  /** Decides what becomes of an event as its owner has left it, whose row is locked; answers whether anything does. */
  async judge(tx: Tx, row: LessonEvent, event: calendar_v3.Schema$Event): Promise<boolean> {
    await markSeen(tx, row, event.updated ? new Date(event.updated) : null);
    const echo = echoOf(event, row);
    if (echo.kind === 'nothing') return false;
    const lesson = await showLesson(tx, row.bookingId, row.userId);
    if (!lesson.isOn || lesson.startAt <= tx.now) return false;
    if (echo.kind === 'stale') {
      await planAgain(tx, row);
      return true;
    }
    // What was proposed is withdrawn by stating the lesson's own time.
    if (echo.kind === 'returned') {
      const { startAt, endAt } = lesson;
      this.propose(tx, row, { kind: 'moved', startAt, endAt });
      return true;
    }
    if (lesson.onMoved === 'propose' && echo.kind !== 'spoiled') {
      await awaitAnswer(tx, row, echo.kind);
      this.propose(tx, row, echo);
      return true;
    }
    await noteRepair(tx, row.userId, row.bookingId, echo.kind === 'removed' ? 'missing' : 'moved');
    await planAgain(tx, row);
    return true;
  }

  /** Puts back what its owner had moved or removed, unless that was agreed to: then booking says what the lesson is now. */
  async answered(tx: Tx, { booking_id: id, proposed_by: proposer, outcome }: ProposalAnswered): Promise<void> {
    if (outcome === 'accepted') return;
    await lockPeople(tx, [proposer]);
    for (const row of await awaitingEvents(tx, id, proposer)) await planAgain(tx, row);
  }

  private propose(tx: Tx, row: LessonEvent, echo: Extract<Echo, { kind: 'moved' | 'removed' }>): void {
    const facts = {
      booking_id: row.bookingId,
      booking_version: row.wantedVersion,
      user_id: row.userId,
      side: row.side,
    };
    if (echo.kind === 'removed') return announce(tx, LessonEventRemoved.of(facts));
    const [start_at, end_at] = [echo.startAt.toISOString(), echo.endAt.toISOString()];
    announce(tx, LessonEventMoved.of({ ...facts, start_at, end_at }));
  }
}
