import type { Message } from '../messages/message.ts';
import { staleness } from '../messages/messages.policy.ts';
import type { Delay, Ending } from '../messages/queue.store.ts';

export const MOST_ATTEMPTS = 10;
const MOST_WAITING_HOURS = 24;
const HOUR = 3_600_000;

/** What to do with a message: send it, end it, or come back to it. */
export type Step =
  | { readonly do: 'send' }
  | { readonly do: 'end'; readonly ending: Ending }
  | { readonly do: 'wait'; readonly delay: Delay };

const end = (state: Ending['state'], reason: string): Step => ({ do: 'end', ending: { state, reason } });

/** Decides about a message that has been taken, before it is sent. */
export function stepBefore(message: Message, isAddressKnown: boolean, isChannelOn: boolean, now: Date): Step {
  const stale = staleness(message.news, now);
  if (stale) return end('skipped', stale);
  if (!isChannelOn) return end('skipped', 'no mail server is set up');
  // Workers that died with it in hand have used its tries up.
  if (message.attempts > MOST_ATTEMPTS) return end('failed', `no answer in ${MOST_ATTEMPTS} attempts`);
  return isAddressKnown ? { do: 'send' } : waitForAddress(now.getTime() - message.createdAt.getTime());
}

/** A person is usually known within seconds; the longer it takes, the less often we look. */
function waitForAddress(ageMs: number): Step {
  if (ageMs >= MOST_WAITING_HOURS * HOUR) return end('failed', `no address in ${MOST_WAITING_HOURS} hours`);
  const seconds = Math.min(Math.max(ageMs / 1000 / 20, 2), 60);
  return { do: 'wait', delay: { seconds, reason: 'the recipient has no address yet', counts: false } };
}

/** How a mail server, or the way to it, let a message down. */
export interface Failure {
  /** What went wrong, in the words of the mail client: `EENVELOPE`, `ETIMEDOUT`. */
  readonly code: string;
  /** The server's reply code, where it replied (RFC 5321 §4.2). */
  readonly reply: number | null;
  readonly text: string;
}

/** Decides about a message that was not taken by the server; `chance` is a random number from 0 to 1. */
export function stepAfter(failure: Failure, attempts: number, chance: number): Step {
  if (isForGood(failure)) return end('failed', failure.text);
  if (attempts >= MOST_ATTEMPTS) return end('failed', `${MOST_ATTEMPTS} attempts, the last: ${failure.text}`);
  return { do: 'wait', delay: { seconds: backoff(attempts, chance), reason: failure.text, counts: true } };
}

/**
 * Whether trying again is of no use: the server refuses this sender, recipient or content for good (RFC 5321 §4.2.1).
 * A refused sign-in or greeting says nothing of the message, and is mended by the operator.
 */
const isForGood = ({ code, reply }: Failure): boolean =>
  (code === 'EENVELOPE' || code === 'EMESSAGE') && reply !== null && reply >= 500;

/** Seconds until the next try: about 1, 4, 16, 64 … and 18 hours before the tenth, so that a server may be down for a day. */
const backoff = (attempts: number, chance: number): number => 4 ** (attempts - 1) * (0.5 + chance / 2);
