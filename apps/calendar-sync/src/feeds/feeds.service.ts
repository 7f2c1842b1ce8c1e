import { createHash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { PersonId } from '@scheduling/domain';
import { calendarFeed, type FeedLesson, type Party, partyOf } from '@scheduling/invitations';
import { audit, Database, lockLiving } from '@scheduling/persistence';
import { CalendarSyncConfig } from '../config.ts';
import { FeedUnknown } from './feeds.errors.ts';
import { deleteFeed, type Feed, findFeed, lessonsOf, readFeed, replaceFeed, type SeenLesson } from './feeds.store.ts';

const SECRET_OCTETS = 32;
const PAST_DAYS = 30;
const MOST_LESSONS = 2000;
/** How often calendars are asked to read a feed, in seconds. */
const EVERY_SECONDS = 900;

/** A person's feed as it is read. */
export interface FeedFile {
  /** An iCalendar object. */
  readonly content: string;
  /** A strong ETag, quotes included: the same octets have the same. */
  readonly etag: string;
}

@Injectable()
export class FeedsService {
  private readonly organizer: Party;

  constructor(
    private readonly db: Database,
    private readonly config: CalendarSyncConfig,
  ) {
    this.organizer = partyOf(config.MAIL_FROM);
  }

  /** A person's feed, without its address: that is told once. */
  find(userId: PersonId): Promise<Feed | undefined> {
    return this.db.transaction((tx) => findFeed(tx, userId));
  }

  /** Gives a person's feed a new address, and makes any earlier one worthless. */
  async open(userId: PersonId): Promise<string> {
    const secret = randomBytes(SECRET_OCTETS).toString('base64url');
    await this.db.transaction(async (tx) => {
      await lockLiving(tx, userId);
      audit(tx, { action: 'FeedOpened', subject: ['person', userId] });
      return replaceFeed(tx, userId, hashOf(secret));
    });
    return new URL(`/api/v1/scheduling/calendar/feed/${secret}.ics`, this.config.PUBLIC_URL).href;
  }

  /** Makes the address of a person's feed worthless. */
  async revoke(userId: PersonId): Promise<void> {
    await this.db.transaction((tx) => {
      audit(tx, { action: 'FeedRevoked', subject: ['person', userId] });
      return deleteFeed(tx, userId);
    });
  }

  /** The lessons of whoever has given away this secret, on or off, from a month ago on. */
  async read(secret: string): Promise<FeedFile> {
    const lessons = await this.db.transaction(async (tx) => {
      const userId = await readFeed(tx, hashOf(secret));
      if (!userId) throw new FeedUnknown();
      const after = new Date(tx.now.getTime() - PAST_DAYS * 86_400_000);
      return lessonsOf(tx, userId, after, MOST_LESSONS);
    });
    // Written anew for each reading: 100 lessons take 4 ms, 2,000 take 50.
    const shown = lessons.map((lesson) => shownIn(lesson, this.organizer));
    const content = calendarFeed({ name: 'Lessons', lessons: shown, everySeconds: EVERY_SECONDS });
    return { content, etag: `"${createHash('sha256').update(content).digest('base64url')}"` };
  }
}

/** Whoever reads the table cannot read the feed. */
const hashOf = (secret: string): Buffer => createHash('sha256').update(secret).digest();

function shownIn(lesson: SeenLesson, organizer: Party): FeedLesson {
  const { bookingId, version, startAt, endAt, isOn, joinLink, updatedAt: stampedAt, other } = lesson;
  return {
    bookingId,
    version,
    startAt,
    endAt,
    summary: other.trim() ? `Lesson with ${other}` : 'Lesson',
    description: isOn ? `Join the lesson: ${joinLink}\nIt is moved or called off where it was booked, not here.` : '',
    ...(isOn && { joinLink }),
    organizer,
    stampedAt,
    isOff: !isOn,
  };
}
