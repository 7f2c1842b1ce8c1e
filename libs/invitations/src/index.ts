export { calendarFeed, type CalendarFeed, type FeedLesson } from './calendar-feed.ts';
export { invitation, type LessonInvitation } from './invitation.ts';
export { type LessonEvent, UID_DOMAIN } from './lesson-event.ts';
export { MAILBOX, partyOf } from './mailbox.ts';
export type { Party } from './party.ts';
