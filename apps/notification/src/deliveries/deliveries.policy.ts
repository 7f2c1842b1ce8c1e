import type { Message } from '../messages/message.ts';
import { staleness } from '../messages/messages.policy.ts';
import type { Delay, Ending } from '../messages/queue.store.ts';
import type { Permission } from '../preferences/preferences.policy.ts';
import type { DeliveryFailure } from './delivery-failure.ts';
import type { Reach } from './way.ts';

export const MOST_ATTEMPTS = 10;
const MOST_WAITING_HOURS = 24;
const HOUR = 3_600_000;

/** What to do with a message: send it, end it, come back to it, or put it into a digest. */
export type Step =
  | { readonly do: 'send' }
  | { readonly do: 'end'; readonly ending: Ending }
  | { readonly do: 'wait'; readonly delay: Delay }
  | { readonly do: 'gather'; readonly at: Date };

const end = (state: Ending['state'], reason: string): Step => ({ do: 'end', ending: { state, reason } });

/** What is known of the way that a message is to go. */
export interface Prospect {
  readonly isOn: boolean;
  readonly silence: string;
  /** Whether its reader can be reached; null while nobody has told of them. */
  readonly reach: Reach | null;
  /** What its reader's own wishes allow. */
  readonly permission: Permission;
}

/** Decides about a message that has been taken, before it is sent. */
export function stepBefore(message: Message, { isOn, silence, reach, permission }: Prospect, now: Date): Step {
  const stale = staleness(message.news, now);
  if (stale) return end('skipped', stale);
  if (!isOn) return end('skipped', silence);
  // Workers that died with it in hand have used its tries up.
  if (message.attempts > MOST_ATTEMPTS) return usedUp(message, `no answer in ${MOST_ATTEMPTS} attempts`);
  if (permission.do === 'skip') return end('skipped', permission.reason);
  if (permission.do === 'gather') return { do: 'gather', at: permission.at };
  if (permission.do === 'wait') return waitUntil(permission.until, permission.reason, now);
  if (reach === 'yes') return { do: 'send' };
  if (reach && 'never' in reach) return end('skipped', reach.never);
  return waitForReader(now.getTime() - message.dueAt.getTime(), reach?.wait ?? 'nobody has told of the recipient yet');
}

const waitUntil = (until: Date, reason: string, now: Date): Step => ({
  do: 'wait',
  delay: { seconds: (until.getTime() - now.getTime()) / 1000, reason, counts: false },
});

/** A person is usually known within seconds; the longer it takes, the less often we look. */
function waitForReader(ageMs: number, reason: string): Step {
  if (ageMs >= MOST_WAITING_HOURS * HOUR) return end('failed', `${MOST_WAITING_HOURS} hours: ${reason}`);
  const seconds = Math.min(Math.max(ageMs / 1000 / 20, 2), 60);
  return { do: 'wait', delay: { seconds, reason, counts: false } };
}

/** Decides about a message that was not taken by its provider; `chance` is a random number from 0 to 1. */
export function stepAfter(failure: DeliveryFailure, message: Message, chance: number): Step {
  const { verdict, message: text, retryAfterMs } = failure;
  if (verdict === 'for_good') return end('failed', text);
  const isSettled = verdict === 'later';
  if (message.attempts >= MOST_ATTEMPTS) {
    const last = `${MOST_ATTEMPTS} attempts, the last: ${text}`;
    return isSettled ? end('dead', last) : end('unknown', last);
  }
  const seconds = Math.max(backoff(message.attempts, chance), (retryAfterMs ?? 0) / 1000);
  return { do: 'wait', delay: { seconds, reason: text, counts: true, isSettled } };
}

/** What is handed back because its provider is left alone for a while: that was no try. */
export const REST: Step = {
  do: 'wait',
  delay: { seconds: 5, reason: 'the provider is left alone for a while', counts: false },
};

/** What a fault of ours ends. */
export const UNSAYABLE: Step = end('failed', 'it could not be put into words');

/** What is meant for somebody who is gone. */
export const NOBODY: Step = end('skipped', 'the account of the recipient was erased');

/** Whoever may have got a message already does not get it a second time unasked. */
const usedUp = ({ handingAt }: Message, reason: string): Step => end(handingAt ? 'unknown' : 'dead', reason);

/** Seconds until the next try: about 1, 4, 16, 64 … and 18 hours before the tenth, so that a provider may be down for a day. */
const backoff = (attempts: number, chance: number): number => 4 ** (attempts - 1) * (0.5 + chance / 2);
