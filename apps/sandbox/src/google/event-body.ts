import type { Event } from './event-times.ts';
import { invalid } from './google-refusal.ts';

/** What may be written; the rest of an event is Google's, or is not played here. */
const WRITABLE = new Set(
  (
    'id,iCalUID,summary,description,location,start,end,recurrence,attendees,reminders,transparency,visibility,colorId,' +
    'extendedProperties,conferenceData,status,guestsCanModify,guestsCanInviteOthers,guestsCanSeeOtherGuests,source,' +
    'sequence,eventType'
  ).split(','),
);
/** What Google says itself; whoever sends back what it was given is not refused for it. */
const IGNORED = new Set(
  'kind,etag,htmlLink,created,updated,creator,organizer,hangoutLink,recurringEventId,originalStartTime'.split(','),
);
const STATUSES = ['confirmed', 'tentative', 'cancelled'];
const TRANSPARENCIES = ['opaque', 'transparent'];
/** The limits of private properties. */
const MOST = { properties: 300, key: 44, value: 1024 } as const;

/** The body of a write, without what is ignored; refuses what Google refuses, and what the double does not know. */
export function eventOf(body: string): Event {
  const given = parsed(body);
  const known = Object.entries(given).filter(([name]) => !IGNORED.has(name));
  const strange = known.find(([name]) => !WRITABLE.has(name));
  if (strange) throw invalid(`Invalid JSON payload received. Unknown name "${strange[0]}".`);
  const event = Object.fromEntries(known) as Event;
  checkWords(event);
  checkProperties(event);
  return event;
}

/** What is given over what is there: objects are merged, lists replaced, and null takes away. */
export function merged(before: Event, given: Event): Event {
  return mergedRecord(before as Json, given as Json);
}

/** The object that a JSON body is. */
export function parsed(body: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(body === '' ? '{}' : body);
    if (isRecord(value)) return value;
  } catch {
    // What is no JSON is refused below.
  }
  throw invalid('Parse Error', 'parseError');
}

type Json = Record<string, unknown>;

const isRecord = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function mergedRecord(before: Json, given: Json): Json {
  const result = { ...before };
  for (const [name, value] of Object.entries(given)) {
    const old = before[name];
    if (value === null) delete result[name];
    else result[name] = isRecord(value) ? mergedRecord(isRecord(old) ? old : {}, value) : value;
  }
  return result;
}

function checkWords({ status, transparency, attendees, recurrence, summary, description }: Event): void {
  if (status && !STATUSES.includes(status)) throw invalid('Invalid value for: status.');
  if (transparency && !TRANSPARENCIES.includes(transparency)) throw invalid('Invalid value for: transparency.');
  if (attendees && !Array.isArray(attendees)) throw invalid('Invalid value for: attendees.');
  if (recurrence && !Array.isArray(recurrence)) throw invalid('Invalid value for: recurrence.');
  for (const text of [summary, description]) if (text && typeof text !== 'string') throw invalid('Invalid value.');
}

function checkProperties({ extendedProperties }: Event): void {
  const properties = Object.entries(extendedProperties?.private ?? {});
  if (properties.length > MOST.properties) throw invalid('Too many extended properties.');
  for (const [key, value] of properties) {
    if (value !== null && typeof value !== 'string') throw invalid(`Invalid value for: extended property ${key}.`);
    if (key.length > MOST.key || (value?.length ?? 0) > MOST.value) throw invalid('An extended property is too long.');
  }
}
