import type { calendar_v3 } from 'googleapis/build/src/apis/calendar';
import { PRIVATE } from './event-body.policy.ts';
import type { LessonEvent } from './lesson-events.store.ts';

/** What a calendar holds otherwise than it should; `row` is null where we know nothing of the lesson. */
export type Difference =
  | { readonly kind: 'missing' | 'moved'; readonly row: LessonEvent }
  | { readonly kind: 'left_over' | 'doubled'; readonly eventId: string; readonly bookingId: string };

/**
 * Compares what a calendar should show with what it holds of ours. What is being written, or waits for somebody's answer, is no
 * difference; nor is what ends before `from`, since it was not asked for.
 */
export function differences(
  rows: readonly LessonEvent[],
  held: readonly calendar_v3.Schema$Event[],
  from: Date,
): Difference[] {
  const byEvent = new Map(held.map((event) => [event.id!, event]));
  const settled = rows.filter(
    ({ state, awaitsAnswer, isWanted, writtenVersion }) =>
      state === 'idle' && awaitsAnswer === null && isWanted && writtenVersion !== null,
  );
  const shown = new Set(
    rows.filter(({ isWanted, writtenVersion }) => isWanted || writtenVersion !== null).map(({ eventId }) => eventId),
  );
  const lessons = new Set(rows.filter(({ isWanted }) => isWanted).map(({ bookingId }) => bookingId as string));
  return [
    ...settled
      .filter(({ writtenEnd }) => writtenEnd! > from)
      .flatMap((row): Difference[] => {
        const event = byEvent.get(row.eventId);
        if (!event) return [{ kind: 'missing', row }];
        return isAsWritten(event, row) ? [] : [{ kind: 'moved', row }];
      }),
    ...held
      .filter(({ id }) => !shown.has(id!))
      .map((event): Difference => {
        const bookingId = event.extendedProperties?.private?.[PRIVATE.booking] ?? '';
        return { kind: lessons.has(bookingId) ? 'doubled' : 'left_over', eventId: event.id!, bookingId };
      }),
  ];
}

const isAsWritten = ({ start, end }: calendar_v3.Schema$Event, { writtenStart, writtenEnd }: LessonEvent): boolean =>
  Date.parse(start?.dateTime ?? '') === writtenStart?.getTime() &&
  Date.parse(end?.dateTime ?? '') === writtenEnd?.getTime();
