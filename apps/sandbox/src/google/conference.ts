import { createHash } from 'node:crypto';
import type { MeetFate } from './faults.ts';
import type { Event } from './event-times.ts';

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';

/**
 * The conference of an event that is written. Without the version of conference data a write says nothing about it, and
 * the same request is one.
 */
export function withConference(before: Event, next: Event, isSaid: boolean, fate: MeetFate): Event {
  const { conferenceData: kept, hangoutLink } = before;
  const asked = next.conferenceData?.createRequest?.requestId;
  if (isSaid && !next.conferenceData) return without(next);
  if (!isSaid || !asked || kept?.createRequest?.requestId === asked)
    return { ...without(next), ...(kept && { conferenceData: kept }), ...(hangoutLink && { hangoutLink }) };
  if (fate === 'success') return withRoom(next);
  const status = { statusCode: fate === 'pending' ? 'pending' : 'failure' };
  return { ...without(next), conferenceData: { createRequest: { ...next.conferenceData!.createRequest, status } } };
}

/** Whether a room has been asked for and is not there yet. */
export const isPending = ({ conferenceData }: Event): boolean =>
  conferenceData?.createRequest?.status?.statusCode === 'pending';

/** The event with the room that was asked for. */
export function withRoom(event: Event): Event {
  const { createRequest } = event.conferenceData!;
  const code = codeOf(`${event.id} ${createRequest!.requestId}`);
  const uri = `https://meet.google.com/${code}`;
  return {
    ...event,
    hangoutLink: uri,
    conferenceData: {
      createRequest: { ...createRequest, status: { statusCode: 'success' } },
      entryPoints: [{ entryPointType: 'video', uri, label: `meet.google.com/${code}` }],
      conferenceSolution: { key: { type: 'hangoutsMeet' }, name: 'Google Meet' },
      conferenceId: code,
    },
  };
}

function without({ conferenceData: _data, hangoutLink: _link, ...event }: Event): Event {
  return event;
}

/** A room's code, such as `abc-defg-hij`. */
function codeOf(seed: string): string {
  const letters = Array.from(
    createHash('sha256').update(seed).digest(),
    (octet) => LETTERS[octet % LETTERS.length],
  ).join('');
  return `${letters.slice(0, 3)}-${letters.slice(3, 7)}-${letters.slice(7, 10)}`;
}
