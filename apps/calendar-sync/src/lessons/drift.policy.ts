import type { calendar_v3 } from 'googleapis/build/src/apis/calendar';
import { PRIVATE } from './event-body.policy.ts';
import type { LessonEvent } from './lesson-events.store.ts';

/** What a calendar holds otherwise than it should: `event` is what stands there, if anything does. */
export type Difference =
  | { readonly kind: 'missing' | 'moved'; readonly row: LessonEvent; readonly event: calendar_v3.Schema$Event | null }
  | { readonly kind: 'left_over' | 'doubled'; readonly eventId: string; readonly bookingId: string };

/**
 * Compares what a calendar should show with what it held of ours at an instant. What is being written, was written since then, or waits for
 * somebody's answer, is no difference.
 */
export function differences(
  rows: readonly LessonEvent[],
  held: readonly calendar_v3.Schema$Event[],
  heldAt: Date,
): Difference[] {
  const byEvent = new Map(held.map((event) => [event.id!, event]));
  const shown = new Set(
    rows.filter(({ isWanted, writtenVersion }) => isWanted || writtenVersion !== null).map(({ eventId }) => eventId),
  );
  const lessons = new Set(rows.filter(({ isWanted }) => isWanted).map(({ bookingId }) => bookingId as string));
  return [
    ...rows
      .filter((row) => isSettled(row, heldAt))
      .flatMap((row): Difference[] => {
        const event = byEvent.get(row.eventId) ?? null;
        if (!event) return [{ kind: 'missing', row, event }];
        return isAsWanted(event, row) ? [] : [{ kind: 'moved', row, event }];
      }),
    ...held
      .filter(({ id }) => !shown.has(id!))
      .map((event): Difference => {
        const bookingId = event.extendedProperties?.private?.[PRIVATE.booking] ?? '';
        return { kind: lessons.has(bookingId) ? 'doubled' : 'left_over', eventId: event.id!, bookingId };
      }),
  ];
}

const isSettled = ({ state, awaitsAnswer, isWanted, writtenAt }: LessonEvent, heldAt: Date): boolean =>
  state === 'idle' && awaitsAnswer === null && isWanted && (writtenAt === null || writtenAt < heldAt);

/** What Google would have none of rests unwritten, and is taken up again. */
const isAsWanted = ({ start, end }: calendar_v3.Schema$Event, row: LessonEvent): boolean =>
  row.writtenVersion === row.wantedVersion &&
  Date.parse(start?.dateTime ?? '') === row.writtenStart?.getTime() &&
  Date.parse(end?.dateTime ?? '') === row.writtenEnd?.getTime();
