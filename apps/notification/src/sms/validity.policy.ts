import type { News } from '../messages/message.ts';

/** How long Twilio keeps a text that it cannot send at once, in seconds: at least and at most. */
const BOUNDS = { least: 1, most: 36_000 } as const;
/** What still concerns a lesson that has begun, such as its end, is worth telling for so long, in seconds. */
const AFTERWARDS = 600;

/** How long a text of these news may be on its way, in seconds: of a lesson that has begun nobody needs to be told that it will. */
export function validityOf(news: News, now: Date): number {
  const until = untilOf(news);
  const left = until === null ? BOUNDS.most : Math.floor((new Date(until).getTime() - now.getTime()) / 1000);
  return Math.min(left < BOUNDS.least ? AFTERWARDS : left, BOUNDS.most);
}

/** Until when news are worth a text. */
function untilOf({ kind, event }: News): string | null {
  if (kind === 'waitlist_offered' || kind === 'hold_expiring' || kind === 'proposal_made') return event.expires_at;
  return 'start_at' in event ? event.start_at : null;
}
