import { CalendarBusyChanged } from '@scheduling/contracts';
import type { Scenario } from '../scenario.ts';
import type { Lessons } from './lessons.ts';
import type { People, Person } from './people.ts';

const DAY = 86_400_000;
const WEEK = 7 * DAY;

/** What is otherwise on one side than on the other, in words; nothing where both agree. */
export async function disagreements(s: Scenario, people: People, lessons: Lessons): Promise<string[]> {
  const stated = new Map((await s.heard(CalendarBusyChanged)).map((event) => [event.user_id as string, event.busy]));
  return people.all.flatMap((person) => [
    ...lessonsOf(s, person, lessons),
    ...busyOf(
      s,
      person,
      (stated.get(person.id) ?? []).map(({ start_at, end_at }) => `${start_at} ${end_at}`),
    ),
  ]);
}

function lessonsOf(s: Scenario, person: Person, lessons: Lessons): string[] {
  const instant = (time: { dateTime?: string | null } | undefined) => new Date(time?.dateTime ?? 0).toISOString();
  const held = s.google
    .events(person.email)
    .filter(({ extendedProperties }) => extendedProperties?.private?.['scheduling_booking_id'])
    .map(
      ({ extendedProperties, start, end, location }) =>
        `${extendedProperties!.private!['scheduling_booking_id']} ${instant(start)} ${instant(end)} ${location}`,
    );
  const due = lessons
    .of(person)
    .map(({ booking_id, start_at, end_at, join_link }) => `${booking_id} ${start_at} ${end_at} ${join_link}`);
  return difference(`the lessons of ${person.email}`, due, held);
}

/** Worked out from what stands in the double, by another way than ours: minute by minute. */
function busyOf(s: Scenario, person: Person, stated: readonly string[]): string[] {
  const busy = new Set<number>();
  for (const event of s.google.events(person.email)) {
    if (event.summary !== 'Private' || event.transparency === 'transparent') continue;
    const times = event.recurrence ? 3 : 1;
    const [start, end] = [Date.parse(event.start!.dateTime!), Date.parse(event.end!.dateTime!)];
    for (let n = 0; n < times; n++) for (let at = start; at < end; at += 60_000) busy.add(at + n * WEEK);
  }
  const told = new Set<number>();
  for (const range of stated) {
    const [start, end] = range.split(' ').map((at) => Date.parse(at)) as [number, number];
    for (let at = start; at < end; at += 60_000) told.add(at);
  }
  const hours = (minutes: ReadonlySet<number>) => [...minutes].map((at) => new Date(at).toISOString());
  return difference(`the busy minutes of ${person.email}`, hours(busy), hours(told)).slice(0, 3);
}

function difference(what: string, due: readonly string[], held: readonly string[]): string[] {
  const left = [...held];
  const missing = due.filter((one) => {
    const at = left.indexOf(one);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
  return [...missing.map((one) => `${what} lack ${one}`), ...left.map((one) => `${what} have besides ${one}`)];
}
