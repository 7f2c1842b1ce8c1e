import { Injectable } from '@nestjs/common';
import { Database } from '@scheduling/persistence';
import { tell } from './meetings.service.ts';
import {
  finishMeeting,
  markAsked,
  type Meeting,
  type Outcome,
  postponeMeeting,
  takeMeetings,
} from './meetings.store.ts';
import { pauseAfter } from './patience.policy.ts';
import { type WantedMeeting, ZoomClient, type ZoomMeeting } from './zoom-client.ts';
import { ZoomFailure } from './zoom-failure.ts';

/** More than all requests about one meeting can take together. */
const LEASE_SECONDS = 180;
/** What was asked for when the connection broke may still be at work at Zoom: before that it is not looked for. In milliseconds. */
const DOUBT_MS = 30_000;

/** Brings about at Zoom what the rows say. */
@Injectable()
export class ZoomWork {
  constructor(
    private readonly db: Database,
    private readonly zoom: ZoomClient,
  ) {}

  /** Takes at most so many meetings that are due, for this worker alone; none while Zoom is not configured. */
  async take(limit: number): Promise<Meeting[]> {
    if (!this.zoom.isOn) return [];
    return this.db.transaction((tx) => takeMeetings(tx, limit, LEASE_SECONDS));
  }

  /** Makes, moves or deletes one meeting, outside any transaction, and writes down what became of it. */
  async attend(meeting: Meeting): Promise<void> {
    try {
      const room = meeting.isWanted ? await this.roomFor(meeting) : await this.clear(meeting);
      await this.finish(meeting, room);
    } catch (error) {
      if (!(error instanceof ZoomFailure)) throw error;
      const ms = pauseAfter(meeting.attempts, error.retryAfterMs, Math.random());
      await this.db.transaction((tx) => postponeMeeting(tx, meeting, { ms, code: error.code }));
    }
  }

  private finish(meeting: Meeting, room: Outcome): Promise<void> {
    return this.db.transaction(async (tx) => {
      const isWanted = await finishMeeting(tx, meeting, room);
      const isNews = room.joinLink !== null && room.joinLink !== meeting.joinLink;
      if (isWanted && isNews) tell(tx, meeting, 'zoom', room.joinLink);
    });
  }

  /** A lesson that is over by now needs nothing any more. */
  private async roomFor(meeting: Meeting): Promise<Outcome> {
    if (await this.isOver(meeting)) return meeting;
    const wanted = wantedOf(meeting);
    const found = await this.existing(meeting, wanted.marker);
    // What was found again may be of an earlier time.
    const isRight = found !== null && meeting.writtenVersion === meeting.version;
    if (found && (isRight || (await this.zoom.move(found.id, wanted)))) return outcomeOf(found);
    return outcomeOf(await this.create(meeting, wanted));
  }

  private async clear(meeting: Meeting): Promise<Outcome> {
    const found = await this.existing(meeting, markerOf(meeting));
    if (found) await this.zoom.remove(found.id);
    return { meetingId: null, joinLink: null };
  }

  /** Zoom takes no key that makes a request repeatable: a meeting that may have been made is looked for before another is. */
  private async existing({ meetingId, joinLink, isAsked }: Meeting, marker: string): Promise<ZoomMeeting | null> {
    if (meetingId !== null && joinLink !== null) return { id: meetingId, joinLink };
    return isAsked ? this.zoom.find(marker) : null;
  }

  private async create(meeting: Meeting, wanted: WantedMeeting): Promise<ZoomMeeting> {
    const isOurs = await this.db.transaction((tx) => markAsked(tx, meeting, true));
    if (!isOurs) throw new ZoomFailure('refused', 'lease_lost');
    try {
      return await this.zoom.create(wanted);
    } catch (error) {
      if (!(error instanceof ZoomFailure)) throw error;
      if (error.kind === 'unreachable') throw new ZoomFailure(error.kind, error.code, DOUBT_MS, error);
      await this.db.transaction((tx) => markAsked(tx, meeting, false));
      throw error;
    }
  }

  private isOver({ endAt }: Meeting): Promise<boolean> {
    return this.db.transaction(async ({ now }) => endAt <= now);
  }
}

/** What a meeting carries, so that it is known again. */
const markerOf = ({ bookingId }: Meeting): string => `scheduling:${bookingId}`;

const wantedOf = (meeting: Meeting): WantedMeeting => ({
  marker: markerOf(meeting),
  startAt: meeting.startAt,
  endAt: meeting.endAt,
});

const outcomeOf = ({ id, joinLink }: ZoomMeeting): Outcome => ({ meetingId: id, joinLink });
