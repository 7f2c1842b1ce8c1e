import type { Outcome } from './outcome.ts';
import type { Push } from './push-content.ts';

/** FCM keeps nothing longer, in seconds. */
const LONGEST = 2_419_200;

/** A message as FCM takes it for one telephone; shown a second time it takes the place of the first. */
export function fcmMessageOf(token: string, push: Push, now: Date): object {
  const { id, kind, title, body, link, about, isUrgent, until } = push;
  const seconds = Math.min(Math.ceil((until.getTime() - now.getTime()) / 1000), LONGEST);
  return {
    token,
    notification: { title, body },
    data: { message_id: id, kind, ...(link !== null && { link }) },
    android: {
      // Of what waits for a telephone that is off FCM keeps one for each of four keys, and without a key one at all: the newest on each lesson.
      collapse_key: about,
      priority: isUrgent ? 'HIGH' : 'NORMAL',
      ttl: `${seconds}s`,
      notification: { tag: id },
    },
    apns: {
      headers: {
        'apns-collapse-id': id,
        'apns-priority': isUrgent ? '10' : '5',
        'apns-expiration': String(Math.floor(now.getTime() / 1000) + seconds),
      },
    },
  };
}

/** What an answer of FCM's that is no success says of the message. */
export function fcmOutcomeOf(status: number, text: string, retryAfterMs: number | null): Outcome {
  const { code, fields } = complaintOf(text);
  if (status === 404 && code === 'UNREGISTERED') return { fate: 'gone', code };
  if (status === 400)
    return isAboutToken(code, fields) ? { fate: 'gone', code } : { fate: 'refused', code: code || '400' };
  // The telephone belongs to an app of somebody else's.
  if (code === 'SENDER_ID_MISMATCH') return { fate: 'refused', code };
  // All else is too much, down, or the operator's to mend.
  return {
    fate: 'later',
    code: status === 429 || status < 500 ? String(status) : code || String(status),
    retryAfterMs,
  };
}

/** FCM says that the token is none by naming its field, or with its own word and no field at all. */
const isAboutToken = (code: string, fields: readonly string[]): boolean =>
  code === 'INVALID_ARGUMENT' && (fields.length === 0 || fields.includes('message.token'));

/** FCM's own word for what is wrong, and the fields that it is about; nothing of a text that is no answer of FCM's. */
function complaintOf(text: string): { code: string; fields: string[] } {
  const details = detailsOf(text);
  const code = details.map(({ errorCode }) => errorCode).find((word) => typeof word === 'string');
  const violations = details.flatMap(({ fieldViolations }) => (Array.isArray(fieldViolations) ? fieldViolations : []));
  return {
    code: typeof code === 'string' && /^[A-Z_]{1,60}$/.test(code) ? code : '',
    fields: violations.map((violation: { field?: unknown }) => String(violation?.field)),
  };
}

function detailsOf(text: string): Record<string, unknown>[] {
  try {
    const { error } = JSON.parse(text) as { error?: { details?: unknown } };
    return Array.isArray(error?.details) ? error.details.filter((detail) => typeof detail === 'object' && detail) : [];
  } catch {
    return [];
  }
}
