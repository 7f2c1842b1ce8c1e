import { Injectable } from '@nestjs/common';
import { LessonMeetingCreated } from '@scheduling/contracts';
import { announce } from '@scheduling/events';
import type { Tx } from '@scheduling/persistence';
import { linkOf } from './link-template.policy.ts';
import { insertMeeting, type Lesson, lockVersion, updateMeeting } from './meetings.store.ts';
import { findSettings } from './settings.store.ts';

/** Gives lessons a room where their tutors chose to teach: a link of their own at once, a meeting at Zoom as work to be done. */
@Injectable()
export class MeetingsService {
  /** Keeps what was said of a lesson, unless something newer is known; the tutor's choice counts when it is heard of first. */
  async keep(tx: Tx, lesson: Lesson): Promise<void> {
    const known = await lockVersion(tx, lesson.bookingId);
    if (known !== null) {
      if (known < lesson.version) await updateMeeting(tx, lesson);
      return;
    }
    const { video: provider, linkTemplate } = await findSettings(tx, lesson.tutorId);
    // Whoever begins at the earliest event kept hears of lessons that are over.
    const isAhead = lesson.isWanted && lesson.endAt > tx.now;
    const joinLink = isAhead && linkTemplate !== null ? linkOf(linkTemplate, lesson.bookingId) : null;
    await insertMeeting(tx, lesson, { provider, joinLink, isPlanned: isAhead && provider === 'zoom' });
    if (joinLink !== null) tell(tx, lesson, provider, joinLink);
  }
}

/** States that a lesson has a room of its own. */
export function tell(tx: Tx, { bookingId, tutorId, version }: Lesson, provider: string, joinLink: string): void {
  const facts = { booking_id: bookingId, booking_version: version, user_id: tutorId, provider, join_link: joinLink };
  announce(tx, LessonMeetingCreated.of<LessonMeetingCreated>(facts));
}
