import { type Event, spanOf } from './event-times.ts';
import { occurrencesOf } from './occurrences.ts';

const DAY = 86_400_000;
/** What is repeated is written out from so long ago until so long ahead. */
const SPAN = { before: 30 * DAY, after: 400 * DAY } as const;
const LINE = 60;

/** A fake calendar as a file (RFC 5545): each occurrence is an event of its own. */
export function calendarFile(name: string, events: readonly Event[], now: Date, zone = 'UTC'): string {
  const window = { startAt: new Date(now.getTime() - SPAN.before), endAt: new Date(now.getTime() + SPAN.after) };
  const lines = events
    .flatMap((event) => occurrencesOf(event, zone, window))
    .flatMap((event) => entry(event, now, zone));
  const head = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Sandbox//Google//EN', `X-WR-CALNAME:${text(name)}`];
  return [...head, ...lines, 'END:VCALENDAR']
    .flatMap(folded)
    .map((line) => `${line}\r\n`)
    .join('');
}

function entry(event: Event, now: Date, zone: string): string[] {
  const { startAt, endAt } = spanOf(event, zone);
  const whole = event.start?.date
    ? [event.start.date, event.end?.date ?? ''].map((day) => day.replaceAll('-', ''))
    : null;
  return [
    'BEGIN:VEVENT',
    `UID:${event.id}@google.com`,
    `DTSTAMP:${instant(now)}`,
    ...(whole
      ? [`DTSTART;VALUE=DATE:${whole[0]}`, `DTEND;VALUE=DATE:${whole[1]}`]
      : [`DTSTART:${instant(startAt)}`, `DTEND:${instant(endAt)}`]),
    `SUMMARY:${text(event.summary ?? '')}`,
    `STATUS:${(event.status ?? 'confirmed').toUpperCase()}`,
    `TRANSP:${(event.transparency ?? 'opaque').toUpperCase()}`,
    'END:VEVENT',
  ];
}

const instant = (at: Date): string => at.toISOString().replaceAll(/[-:]|\.\d+/g, '');

const text = (value: string): string =>
  value.replaceAll(/[\\;,]/g, String.raw`\$&`).replaceAll(/\r?\n/g, String.raw`\n`);

/** Lines of at most 75 octets; a letter has at most four octets, but few have more than one. */
function folded(line: string): string[] {
  const letters = Array.from(line);
  const width = Buffer.byteLength(line) === letters.length ? LINE : LINE / 4;
  const parts: string[] = [];
  for (let at = 0; at < letters.length; at += width) parts.push(letters.slice(at, at + width).join(''));
  return parts.map((part, at) => (at === 0 ? part : ` ${part}`));
}
