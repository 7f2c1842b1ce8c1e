import { createHash } from 'node:crypto';
import { acting, traceIds } from '@scheduling/persistence';

/** Where a line of the log comes from: the request or the event that set it off, on whose behalf, in which trace. */
export function origin(): object {
  const { requestId, personId, cause } = acting();
  const eventId = /^event (?<id>\S+)$/.exec(cause ?? '')?.groups?.['id'];
  const job = /^job (?<name>\S+)$/.exec(cause ?? '')?.groups?.['name'];
  return {
    ...(requestId !== null && { request_id: requestId }),
    ...(personId !== null && { user: hashedPerson(personId) }),
    ...(eventId && { event_id: eventId }),
    ...(job && { job }),
    ...traceIds(),
  };
}

/** The same for each line about a person, and of no use to whoever does not know their id. */
export const hashedPerson = (personId: string): string =>
  createHash('sha256').update(personId).digest('base64url').slice(0, 16);
