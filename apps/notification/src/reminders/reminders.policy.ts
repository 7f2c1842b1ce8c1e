import type { Lesson } from '../lessons/lessons.store.ts';
import type { News } from '../messages/message.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** A kind of reminder: so long before a lesson it comes, at the latest so long before; all in milliseconds. */
interface Reminder {
  readonly kind: 'lesson_tomorrow' | 'lesson_soon';
  readonly before: number;
  /** Afterwards it would say what is not so: a lesson in three hours is not tomorrow's. */
  readonly latest: number;
  /** How long after the news that a lesson is booked or moved it is no mere repetition of them. */
  readonly apart: number;
}

/**
 * Whoever books 25 hours ahead has just read when the lesson is, and needs no reminder within two hours. The one before the lesson
 * brings the link to it, and so comes however late the lesson was booked, if there are two hours left.
 */
const REMINDERS: readonly Reminder[] = [
  { kind: 'lesson_tomorrow', before: 24 * HOUR, latest: 12 * HOUR, apart: 2 * HOUR },
  { kind: 'lesson_soon', before: 2 * HOUR, latest: 0, apart: 0 },
];

/** A reminder that is to be written down. */
export interface PlannedReminder {
  readonly kind: Reminder['kind'];
  readonly dueAt: Date;
  /** Why it is not to be sent; null when it is. */
  readonly unfit: string | null;
}

/** The reminders of a lesson of which people hear now that it starts then. */
export function remindersOf(startAt: Date, now: Date): PlannedReminder[] {
  return REMINDERS.map(({ kind, before, apart }) => {
    const dueAt = new Date(startAt.getTime() - before);
    const left = dueAt.getTime() - now.getTime();
    return {
      kind,
      dueAt,
      unfit: left < 0 ? 'its moment had passed' : left < apart ? 'its readers have just been told' : null,
    };
  });
}

/** When the hint that a hold is about to end is due; null for one that is over too soon to hint at it. */
export function hintAt(expiresAt: Date, now: Date): Date | null {
  if (expiresAt.getTime() - now.getTime() <= 3 * MINUTE) return null;
  return new Date(expiresAt.getTime() - 2 * MINUTE);
}

/** How long a payment may take before its student hears that it is awaited, in milliseconds. */
export const PAYMENT_PATIENCE = MINUTE;

/** How a message ends that what has become of its lesson since makes untrue. */
export interface Overtaken {
  readonly state: 'revoked' | 'skipped';
  readonly reason: string;
}

const revoked = (reason: string): Overtaken => ({ state: 'revoked', reason });

/** Why news are not to be told any more, as the lesson or the day stands now; null while they are. */
export function overtaken({ kind, event }: News, lesson: Lesson | undefined, now: Date): Overtaken | null {
  if (kind === 'hold_expiring') return lesson ? revoked('it is booked') : null;
  if (kind === 'booking_pending_payment') {
    return lesson && lesson.status !== 'pending_payment' ? revoked(`the lesson is ${lesson.status}`) : null;
  }
  if (kind === 'daily_agenda') return event.lessons.length === 0 ? revoked('the day has no lessons') : null;
  if (kind !== 'lesson_tomorrow' && kind !== 'lesson_soon') return null;
  if (lesson && lesson.status !== 'confirmed') return revoked(`the lesson is ${lesson.status}`);
  if (lesson && lesson.startAt.getTime() !== Date.parse(event.start_at)) return revoked('the lesson has moved');
  const { latest } = REMINDERS.find((reminder) => reminder.kind === kind)!;
  const isLate = now.getTime() >= Date.parse(event.start_at) - latest;
  return isLate ? { state: 'skipped', reason: 'it is too late for it' } : null;
}

/** Reminders lead to where their lesson takes place now. */
export function withNewestLink(news: News, lesson: Lesson | undefined): News {
  if (!lesson || (news.kind !== 'lesson_tomorrow' && news.kind !== 'lesson_soon')) return news;
  return { ...news, event: { ...news.event, join_link: lesson.joinLink } };
}
