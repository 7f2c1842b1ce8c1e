import type { Outcome } from './outcome.ts';
import type { Push } from './push-content.ts';

/** What a browser's service worker gets: `tag` lets what it shows a second time take the place of the first. */
export const webPushPayloadOf = ({ id, kind, title, body, link }: Push): string =>
  JSON.stringify({ title, body, link, tag: id, kind });

/** What the answer of a push service says of the message (RFC 8030 §5, §7.3; RFC 8292 §4.2). */
export function webPushOutcomeOf(status: number, retryAfterMs: number | null): Outcome {
  const code = String(status);
  if (status >= 200 && status < 300) return { fate: 'taken' };
  if (status === 404 || status === 410) return { fate: 'gone', code };
  // Our token was not taken: the clock or the keys are the operator's to mend.
  const isForLater = status === 401 || status === 408 || status === 429 || status >= 500;
  return isForLater ? { fate: 'later', code, retryAfterMs } : { fate: 'refused', code };
}
