import { expandRule, parseRule, startOfDay, utcToWall } from '@scheduling/time';
import { type Event, type EventTime, type Span, spanOf, timeAt } from './event-times.ts';
import { invalid } from './google-refusal.ts';

const DAY = 86_400_000;
/** What has no end is followed so far. */
const HORIZON = 800 * DAY;

/** The line of an event that repeats it; exceptions are not played. */
const ruleOf = ({ recurrence }: Event): string | undefined => recurrence?.[0];

/** Refuses a rule that is none; one line is played, an RRULE. */
export function checkRule(event: Event): void {
  const { recurrence, start } = event;
  if (!recurrence || recurrence.length === 0) return;
  if (recurrence.length > 1 || !recurrence[0]!.startsWith('RRULE:')) throw invalid('The double plays one RRULE.');
  if (!start?.date && !start?.timeZone) throw invalid('Missing time zone definition for start time.', 'required');
  try {
    parseRule(recurrence[0]!);
  } catch (error) {
    throw error instanceof Error ? invalid('Invalid recurrence rule.') : error;
  }
}

/** The occurrences of an event that touch a window, one by one where it is repeated. */
export function occurrencesOf(event: Event, zone: string, { startAt: from, endAt: until }: Span): Event[] {
  const rule = ruleOf(event);
  const whole = spanOf(event, zone);
  if (rule === undefined) return touches(whole, from, until) ? [event] : [];
  const length = whole.endAt.getTime() - whole.startAt.getTime();
  const end = new Date(Math.min(until.getTime(), Math.max(from.getTime(), whole.startAt.getTime()) + HORIZON));
  const begin = new Date(Math.max(from.getTime() - length - DAY, whole.startAt.getTime()));
  if (begin >= end) return [];
  const timezone = event.start?.timeZone ?? zone;
  const starts = expandRule(parseRule(rule), { startAt: whole.startAt, timezone }, { from: begin, until: end });
  const { recurrence: _rule, ...once } = event;
  return starts
    .map((at) => occurrenceAt(once, at, length, zone))
    .filter((occurrence) => touches(spanOf(occurrence, zone), from, until));
}

function occurrenceAt(event: Event, at: Date, length: number, zone: string): Event {
  const start = timeAt(at, event.start, zone);
  const end = timeAt(endAfter(at, length, event.start, zone), event.end, zone);
  const mark = start.date?.replaceAll('-', '') ?? at.toISOString().replaceAll(/[-:]|\.\d+/g, '');
  return { ...event, id: `${event.id}_${mark}`, recurringEventId: event.id!, originalStartTime: start, start, end };
}

/** Whole days are days on the clock, whatever they take. */
function endAfter(at: Date, length: number, start: EventTime | undefined, zone: string): Date {
  if (!start?.date) return new Date(at.getTime() + length);
  const day = new Date(utcToWall(at, zone).getTime() + Math.round(length / DAY) * DAY).toISOString().slice(0, 10);
  return startOfDay(day, zone);
}

const touches = ({ startAt, endAt }: Span, from: Date, until: Date): boolean => startAt < until && endAt > from;
