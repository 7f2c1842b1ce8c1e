import type { calendar_v3 } from 'googleapis/build/src/apis/calendar';
import type { FakeCalendar, Writing } from './calendar.ts';
import { openChannel, stopChannel } from './channels.ts';
import { eventOf, parsed } from './event-body.ts';
import type { Event } from './event-times.ts';
import { freeBusy } from './free-busy.ts';
import { invalid, notFound } from './google-refusal.ts';
import { listEvents, shown } from './listing.ts';
import { oneOf } from './params.ts';
import type { World } from './world.ts';

/** A request to the calendar's API, by whoever its token names. */
export interface Call {
  readonly world: World;
  readonly email: string;
  /** Those of the path. */
  readonly calendarId: string;
  readonly eventId: string;
  readonly params: URLSearchParams;
  readonly body: string;
  /** What the event must still be. */
  readonly etag: string | undefined;
}

/** One method of the API. */
export interface Method {
  /** Any of these scopes will do. */
  readonly scopes: readonly string[];
  /** What may be said in the query, beside what every request may say. */
  readonly params: readonly string[];
  /** The answer; nothing, where there is none to give. */
  readonly answer: (call: Call) => object | undefined;
}

const EVENTS = ['calendar.events', 'calendar'];
const LIST = ['calendar.calendarlist.readonly', 'calendar.calendarlist', 'calendar.readonly', 'calendar'];
const FREE_BUSY = ['calendar.freebusy', 'calendar.events.freebusy', 'calendar.readonly', 'calendar'];
const WRITES = ['sendUpdates', 'conferenceDataVersion', 'maxAttendees', 'supportsAttachments'];
const LISTS =
  'singleEvents,showDeleted,maxResults,pageToken,syncToken,timeMin,timeMax,privateExtendedProperty,orderBy,timeZone'.split(
    ',',
  );
const ALWAYS = ['fields', 'alt', 'prettyPrint', 'quotaUser'];

const PLACE = String.raw`/calendar/v3/calendars/(?<calendar>[^/]+)/events`;

const METHODS: readonly (Method & { readonly asked: RegExp })[] = [
  {
    asked: /^GET \/calendar\/v3\/users\/me\/calendarList$/,
    scopes: LIST,
    params: ['maxResults', 'pageToken', 'minAccessRole', 'showHidden', 'showDeleted'],
    answer: ({ world, email }) => ({
      kind: 'calendar#calendarList',
      items: world.calendarsOf(email).map(({ entry }) => listed(entry)),
    }),
  },
  {
    asked: /^POST \/calendar\/v3\/freeBusy$/,
    scopes: FREE_BUSY,
    params: [],
    answer: ({ world, email, body }) =>
      freeBusy(parsed(body), (id) => world.calendar(email, id), world.faults.freeBusyError),
  },
  {
    asked: /^POST \/calendar\/v3\/channels\/stop$/,
    scopes: EVENTS,
    params: [],
    answer: (call) => stopChannel(call),
  },
  {
    asked: new RegExp(`^POST ${PLACE}/watch$`),
    scopes: EVENTS,
    params: ['eventTypes'],
    answer: (call) => openChannel(call),
  },
  {
    asked: new RegExp(`^GET ${PLACE}$`),
    scopes: EVENTS,
    params: LISTS,
    answer: ({ world, email, calendarId, params }) =>
      listEvents(world.readable(email, calendarId), params, world.faults),
  },
  {
    asked: new RegExp(`^POST ${PLACE}$`),
    scopes: EVENTS,
    params: WRITES,
    answer: written((calendar, { body }, writing) => calendar.insert(eventOf(body), writing)),
  },
  {
    asked: new RegExp(`^GET ${PLACE}/(?<event>[^/]+)$`),
    scopes: EVENTS,
    params: ['timeZone', 'maxAttendees'],
    answer: ({ world, email, calendarId, eventId, params }) => {
      const calendar = world.readable(email, calendarId);
      return shown(calendar.get(eventId), params.get('timeZone') ?? calendar.timeZone);
    },
  },
  {
    asked: new RegExp(`^PATCH ${PLACE}/(?<event>[^/]+)$`),
    scopes: EVENTS,
    params: WRITES,
    answer: written((calendar, { eventId, body }, writing) => calendar.patch(eventId, eventOf(body), writing)),
  },
  {
    asked: new RegExp(`^PUT ${PLACE}/(?<event>[^/]+)$`),
    scopes: EVENTS,
    params: WRITES,
    answer: written((calendar, { eventId, body }, writing) => calendar.update(eventId, eventOf(body), writing)),
  },
  {
    asked: new RegExp(`^DELETE ${PLACE}/(?<event>[^/]+)$`),
    scopes: EVENTS,
    params: ['sendUpdates'],
    answer: ({ world, email, calendarId, eventId, etag }) => {
      world.writable(email, calendarId).delete(eventId, { etag });
      return undefined;
    },
  },
];

/** What a request asks for; refuses what the double does not have, since a test would take it for done. */
export function methodOf(
  method: string,
  path: string,
  params: URLSearchParams,
): Method & Pick<Call, 'calendarId' | 'eventId'> {
  for (const known of METHODS) {
    const ids = known.asked.exec(`${method} ${path}`)?.groups;
    if (ids === undefined && !known.asked.test(`${method} ${path}`)) continue;
    const strange = [...params.keys()].find((name) => !known.params.includes(name) && !ALWAYS.includes(name));
    if (strange !== undefined) throw invalid(`The double does not know the parameter ${strange}.`, 'invalidParameter');
    return {
      ...known,
      calendarId: decodeURIComponent(ids?.['calendar'] ?? ''),
      eventId: decodeURIComponent(ids?.['event'] ?? ''),
    };
  }
  throw notFound();
}

type Write = (calendar: FakeCalendar, call: Call, writing: Writing) => Event;

/** Answers a write with what stands there then. */
function written(write: Write): Method['answer'] {
  return (call) => {
    const calendar = call.world.writable(call.email, call.calendarId);
    oneOf(call.params, 'sendUpdates', ['all', 'externalOnly', 'none']);
    const conferences = oneOf(call.params, 'conferenceDataVersion', ['0', '1']) === '1';
    return shown(write(calendar, call, { conferences, etag: call.etag }), calendar.timeZone);
  };
}

const listed = ({ isPrimary, ...entry }: FakeCalendar['entry']): calendar_v3.Schema$CalendarListEntry => ({
  kind: 'calendar#calendarListEntry',
  ...entry,
  selected: true,
  ...(isPrimary && { primary: true }),
});
