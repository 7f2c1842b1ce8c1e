import type { Server } from 'node:http';
import { type Clock, SystemClock } from '@scheduling/domain';
import type { RequestHook } from '../doubles/hooks.ts';
import { closeServer, openServer, type Place, portOf, urlOf } from '../doubles/http-server.ts';
import { answer, type Desk } from './answering.ts';
import type { CalendarEntry, FakeCalendar } from './calendar.ts';
import { readConsent } from './consent-request.ts';
import type { Event, EventTime, Span } from './event-times.ts';
import { GoogleFaults, type GoogleFaultSettings } from './faults.ts';
import { Grants } from './grants.ts';
import { type Channel, Pushes } from './pushes.ts';
import { type LoggedRequest, RequestLog } from './request-log.ts';
import { type ExtraCalendar, World } from './world.ts';

/** What somebody does in their own calendar: with instants, or with times as Google writes them. */
export type OwnEvent = Event & Partial<Span>;

/** How a double is set up; what is left out is as the sandbox has it. */
export interface GoogleDoubleOptions extends Place {
  readonly clientId?: string;
  readonly clientSecret?: string;
  readonly clock?: Clock;
}

/**
 * Google Calendar as far as we use it, in memory and stateful: the real clients talk to it over HTTP. Its methods are what
 * happens at Google without us: people agree, write into their calendars, take their consent back, the network fails.
 */
export class GoogleDouble {
  private readonly faults = new GoogleFaults();
  private readonly hooks = new Set<RequestHook>();
  private readonly end = new AbortController();
  private readonly world: World;
  private readonly pushes: Pushes;
  private readonly grants: Grants;
  private readonly log = new RequestLog();
  private server!: Server;

  private constructor({ clientId = 'sandbox', clientSecret = 'sandbox-secret', clock }: GoogleDoubleOptions) {
    const time = clock ?? new SystemClock();
    // Tokens live by the seconds that are said of them, whatever the clock shows.
    const trueNow = () => time.now();
    const now = () => new Date(time.now().getTime() + this.faults.skewMs);
    this.pushes = new Pushes(this.faults, now, this.end.signal);
    this.world = new World(this.faults, this.pushes, now);
    this.grants = new Grants({ id: clientId, secret: clientSecret }, this.faults, trueNow);
  }

  /** Starts a double; whoever starts it closes it. */
  static async listen(options: GoogleDoubleOptions = {}): Promise<GoogleDouble> {
    const double = new GoogleDouble(options);
    const { world, grants, faults, log, hooks, end } = double;
    const desk: Desk = { world, grants, faults, log, hooks, end: end.signal };
    double.server = await openServer(options, (received) => answer(desk, received));
    return double;
  }

  get port(): number {
    return portOf(this.server);
  }

  /** Such as `http://127.0.0.1:4010`. */
  get url(): string {
    return urlOf(this.server);
  }

  /** Ends every connection, and pushes no more. */
  async close(): Promise<void> {
    this.end.abort();
    await Promise.all([closeServer(this.server), this.pushes.close()]);
  }

  /** Somebody has an account, with a main calendar by their address, and others. */
  addPerson(email: string, timeZone?: string, extra?: readonly ExtraCalendar[]): void {
    this.world.add(email, timeZone, extra);
  }

  /** Somebody agrees at the address that they were sent to, to all or some of it; answers the code that a browser brings back. */
  consent(url: string, email: string, { without = [] }: { without?: readonly string[] } = {}): string {
    const request = readConsent(new URL(url).searchParams, this.grants.client.id);
    this.world.add(email);
    const scopes = request.scopes.filter((scope) => !without.some((name) => scope.endsWith(`/${name}`)));
    return this.grants.agree(request, { email, scopes });
  }

  /** Somebody takes back what they agreed to, in their account at Google. */
  revokeConsent(email: string): void {
    this.grants.revokeAll(email);
  }

  /** The access tokens of somebody end before their time. */
  expireAccessTokens(email: string): void {
    this.grants.expireAccess(email);
  }

  /** Every token that is good: none of them may be found anywhere else. */
  tokens(): string[] {
    return this.grants.all();
  }

  /** How many grants stand for somebody. */
  grantsOf(email: string): number {
    return this.grants.count(email);
  }

  /** Somebody writes into a calendar of theirs, the main one unless told. */
  addEvent(email: string, event: OwnEvent, calendarId?: string): Event {
    // A repeated event follows the clock of some zone; a time that names none, that of UTC.
    const { start, end, ...rest } = written(event);
    return this.of(email, calendarId).insert({ ...rest, start: zoned(start), end: zoned(end) });
  }

  /** Somebody changes an event in a calendar of theirs. */
  changeEvent(email: string, id: string, change: OwnEvent, calendarId?: string): Event {
    return this.of(email, calendarId).patch(id, written(change));
  }

  /** Somebody drags an event to another time. */
  moveEvent(email: string, id: string, { startAt, endAt }: Span, calendarId?: string): Event {
    return this.changeEvent(email, id, { startAt, endAt }, calendarId);
  }

  /** Somebody deletes an event. */
  deleteEvent(email: string, id: string, calendarId?: string): void {
    this.of(email, calendarId).delete(id);
  }

  /** One event as it stands; a deleted one says so. */
  event(email: string, id: string, calendarId?: string): Event {
    return this.of(email, calendarId).get(id);
  }

  /** What stands in a calendar, deleted events left out. */
  events(email: string, calendarId?: string): Event[] {
    return this.world.events(email, calendarId);
  }

  /** The calendars of somebody, the main one first. */
  calendarsOf(email: string): CalendarEntry[] {
    return this.world.calendarsOf(email).map(({ entry }) => entry);
  }

  /** Who has an account. */
  emails(): string[] {
    return this.world.emails();
  }

  /** The push channels that live. */
  channels(): Channel[] {
    return this.pushes.channels();
  }

  /** Resolves when no push is under way any more, taken or given up. */
  async pushesSettled(): Promise<void> {
    await this.pushes.settled();
  }

  /** Lets things go wrong as told from now on; with `{}` all goes well again. */
  setFaults(settings: GoogleFaultSettings): void {
    this.faults.set(settings);
    this.world.openRooms();
  }

  /** Has a hook awaited before each request takes effect and before it is answered; the answer takes the hook away. */
  onRequest(hook: RequestHook): () => void {
    this.hooks.add(hook);
    return () => void this.hooks.delete(hook);
  }

  /** What was asked, in order. */
  requests(): LoggedRequest[] {
    return this.log.all();
  }

  /** The most requests that anybody, and that all together, made within any minute. */
  busiest(): { person: number; project: number } {
    return this.log.busiest();
  }

  private of(email: string, calendarId?: string): FakeCalendar {
    const calendar = this.world.calendar(email, calendarId);
    if (!calendar) throw new Error(`${email} has no calendar ${calendarId ?? ''}`);
    return calendar;
  }
}

/** What somebody writes, as Google reads it: an instant takes the place of a whole day. */
function written({ startAt, endAt, ...event }: OwnEvent): Event {
  const times = { ...(startAt && { start: timeOf(startAt) }), ...(endAt && { end: timeOf(endAt) }) };
  return { ...event, ...times };
}

const timeOf = (at: Date) => ({ dateTime: at.toISOString(), date: null });

const zoned = (time: EventTime = {}): EventTime => (time.dateTime ? { timeZone: 'UTC', ...time } : time);
