import type { Letter } from '../messages/letter.ts';
import { KINDS } from '../messages/kinds.ts';
import { aboutOf, type Message, type News } from '../messages/message.ts';

/** A message as devices get it. */
export interface Push {
  /** The ledger's id of the message: what is shown for it a second time takes the place of the first. */
  readonly id: string;
  readonly kind: News['kind'];
  readonly title: string;
  readonly body: string;
  readonly link: string | null;
  /** What it is about: the newest word on that is what matters on a telephone that was off. */
  readonly about: string;
  readonly isUrgent: boolean;
  /** Until when it is worth showing. */
  readonly until: Date;
}

// Together, written as JSON, never more than the 3 kB that fit in what push services take.
const LONGEST = { title: 100, body: 300, link: 500 };
const DAY = 86_400_000;
/** How long something is worth showing at least, in milliseconds: whoever looks up meanwhile should see it. */
const LEAST = 600_000;

/** What devices are told of a message: until its lesson begins, or what it offers runs out. */
export function pushOf({ id, news }: Pick<Message, 'id' | 'news'>, letter: Letter, now: Date): Push {
  return {
    id,
    kind: news.kind,
    title: short(letter.headline, LONGEST.title),
    body: short(letter.brief, LONGEST.body),
    link: linkOf(letter.action?.link ?? ''),
    about: aboutOf(news).bookingId,
    isUrgent: !KINDS[news.kind].canWait,
    until: new Date(Math.max(endOf(news) ?? now.getTime() + DAY, now.getTime() + LEAST)),
  };
}

function endOf({ event }: News): number | null {
  if ('expires_at' in event) return Date.parse(event.expires_at);
  return 'start_at' in event ? Date.parse(event.start_at) : null;
}

/** A link as browsers write it; none rather than half of one, or one that is none. */
function linkOf(text: string): string | null {
  const { protocol, href = '' } = URL.parse(text) ?? {};
  return /^https?:$/.test(protocol ?? '') && href.length <= LONGEST.link ? href : null;
}

/** One line, whole letters only. */
function short(text: string, most: number): string {
  const letters = [
    ...text
      .toWellFormed()
      .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
      .trim(),
  ];
  return letters.length > most ? `${letters.slice(0, most - 1).join('')}…` : letters.join('');
}
