/** What has become of a text, as far as the ledger cares; the last two are final. */
export type TextOutcome = 'sent' | 'delivered' | 'failed';

/** Twilio's words for how a text gets on. */
const OUTCOMES: Readonly<Record<string, TextOutcome>> = {
  accepted: 'sent',
  scheduled: 'sent',
  queued: 'sent',
  sending: 'sent',
  sent: 'sent',
  delivered: 'delivered',
  read: 'delivered',
  undelivered: 'failed',
  failed: 'failed',
  canceled: 'failed',
};

/** What Twilio's word for a text's state says; null for a word that says nothing of a text of ours. */
export const outcomeOf = (word: string): TextOutcome | null => (Object.hasOwn(OUTCOMES, word) ? OUTCOMES[word]! : null);

/** What is known of a text from Twilio. */
export interface TextStatus {
  readonly sid: string;
  readonly outcome: TextOutcome;
  /** Twilio's number for why it failed. */
  readonly errorCode: number | null;
}

/** How a message stands in the ledger. */
export interface Standing {
  readonly state: string;
  readonly providerId: string | null;
  /** When it was handed over, while nobody knows what became of that. */
  readonly handingAt: Date | null;
}

/** States of a message that nobody works on, and of which the ledger believes that it did not go out. */
const ENDED_UNSENT: ReadonlySet<string> = new Set(['failed', 'dead', 'unknown', 'revoked', 'skipped']);

/**
 * What to do with word of a text: write it into the ledger, keep it for the worker who is just handing the message over,
 * or nothing. A text is delivered or failed once: whatever comes late never takes that back.
 */
export function useOf(
  { state, providerId, handingAt }: Standing,
  { sid, outcome }: TextStatus,
): 'write' | 'keep' | 'drop' {
  if (state === 'working') return 'keep';
  if (providerId === sid) return state === 'sent' && outcome !== 'sent' ? 'write' : 'drop';
  // The answer to the request was lost: this is how the ledger learns of the text.
  const isLost = (state === 'planned' && handingAt !== null) || (ENDED_UNSENT.has(state) && providerId === null);
  return isLost ? 'write' : 'drop';
}
