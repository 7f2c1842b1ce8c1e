import type { calendar_v3 } from 'googleapis/build/src/apis/calendar';
import { PRIVATE } from './event-body.policy.ts';
import type { LessonEvent } from './lesson-events.store.ts';

/** What the owner of a calendar has done to a lesson in it. */
export type Echo =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'removed' }
  | { readonly kind: 'moved'; readonly startAt: Date; readonly endAt: Date }
  /** It stands again where it stood before its owner moved or removed it. */
  | { readonly kind: 'returned' }
  /** A write of ours came after the next one: Google took its time. */
  | { readonly kind: 'stale' }
  /** It has no hour any more: nobody can be asked about that. */
  | { readonly kind: 'spoiled' };

/** What an event in a calendar says of what its owner did, after all that we know of it. */
export function echoOf(event: calendar_v3.Schema$Event, row: LessonEvent): Echo {
  if (!row.isWanted || row.writtenStart === null || row.writtenEnd === null) return { kind: 'nothing' };
  if (row.googleUpdatedAt !== null && event.updated && new Date(event.updated) <= row.googleUpdatedAt)
    return { kind: 'nothing' };
  // Of what was deleted nothing is told but that, each time that all is read.
  if (event.status === 'cancelled') return { kind: row.awaitsAnswer === 'removed' ? 'nothing' : 'removed' };
  const version = event.extendedProperties?.private?.[PRIVATE.version];
  if (version !== undefined && Number(version) < (row.writtenVersion ?? 0)) return { kind: 'stale' };
  const [startAt, endAt] = [instantOf(event.start), instantOf(event.end)];
  if (!startAt || !endAt || startAt >= endAt) return { kind: 'spoiled' };
  const isSame = startAt.getTime() === row.writtenStart.getTime() && endAt.getTime() === row.writtenEnd.getTime();
  if (isSame) return { kind: row.awaitsAnswer === null ? 'nothing' : 'returned' };
  return { kind: 'moved', startAt, endAt };
}

const instantOf = (time: calendar_v3.Schema$EventDateTime | undefined): Date | null =>
  time?.dateTime ? new Date(time.dateTime) : null;
