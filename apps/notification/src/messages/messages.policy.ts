import type { News } from './message.ts';

/** Why news need not be told any more, or null while they are worth telling: after the lesson nobody prepares for it. */
export const staleness = ({ event }: News, now: Date): string | null =>
  new Date(event.end_at) <= now ? 'the lesson has ended' : null;
