import type { PersonId } from '@scheduling/domain';
import type { News } from './message.ts';

/** Why news need not be told any more, or null while they are worth telling: after the lesson nobody prepares for it. */
export const staleness = ({ event }: News, now: Date): string | null =>
  new Date(event.end_at) <= now ? 'the lesson has ended' : null;

/** Whom news are for: both people of a lesson, but only the tutor can mend what collides in their own plans. */
export const readersOf = ({ kind, event }: News): PersonId[] =>
  kind === 'lesson_conflicted' ? [event.tutor_id] : [event.student_id, event.tutor_id];
