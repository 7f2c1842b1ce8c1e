import { randomBytes } from 'node:crypto';
import { isPending, withConference, withRoom } from './conference.ts';
import { merged } from './event-body.ts';
import { checkTimes, type Event } from './event-times.ts';
import type { GoogleFaults } from './faults.ts';
import { GoogleRefusal, invalid, notFound } from './google-refusal.ts';
import { checkRule } from './occurrences.ts';

/** An event with the change of its calendar that made it what it is. */
export interface KeptEvent {
  readonly event: Event;
  readonly change: number;
  /** How it was repeated before, the newest last: what is not repeated any more was cancelled. */
  readonly formerly: readonly Event[];
}

/** How an event is written. */
export interface Writing {
  /** Whether the write says something about a conference. */
  readonly conferences?: boolean;
  /** What the event must still be. */
  readonly etag?: string | undefined;
}

/** What is left of a list, as it stood when its first page was asked for. */
export interface Rest {
  readonly items: readonly Event[];
  readonly syncToken: string | undefined;
}

/** What a calendar is, as its list says. */
export interface CalendarEntry {
  readonly id: string;
  readonly summary: string;
  readonly timeZone: string;
  readonly accessRole: 'freeBusyReader' | 'reader' | 'writer' | 'owner';
  readonly isPrimary: boolean;
}

/** How many events a calendar keeps; the oldest go. */
export const MOST_EVENTS = 20_000;
/** How many former rules of an event are remembered. */
const MOST_FORMER = 5;
const ID = /^[a-v0-9]{5,1024}$/;

/** One fake calendar, with all its events, deleted ones too. */
export class FakeCalendar {
  /** The pages of lists that were begun, by their tokens. */
  readonly pages = new Map<string, Rest>();
  private readonly kept = new Map<string, KeptEvent>();
  private changes = 0;
  private lastUpdate = 0;

  constructor(
    readonly entry: CalendarEntry,
    private readonly faults: GoogleFaults,
    private readonly now: () => Date,
    private readonly changed: () => void,
  ) {}

  /** Which change was the last. */
  get lastChange(): number {
    return this.changes;
  }

  get timeZone(): string {
    return this.entry.timeZone;
  }

  /** Keeps a new event; an id that was ever used cannot be used again. */
  insert(given: Event, { conferences = false }: Writing = {}): Event {
    const id = given.id ?? randomBytes(13).toString('hex');
    if (!ID.test(id)) throw invalid('Invalid resource id value.');
    if (this.kept.has(id)) throw new GoogleRefusal(409, 'duplicate', 'The requested identifier already exists.');
    const who = { email: this.entry.id, self: true };
    const said = {
      kind: 'calendar#event',
      status: 'confirmed',
      iCalUID: `${id}@google.com`,
      creator: who,
      organizer: who,
      created: this.now().toISOString(),
      htmlLink: `https://www.google.com/calendar/event?eid=${Buffer.from(id).toString('base64url')}`,
      eventType: 'default',
      ...merged({}, given),
      id,
    };
    this.check(said);
    return this.write(withConference({}, said, conferences, this.faults.meetFate), 0);
  }

  /** Puts what is given over what is there. */
  patch(id: string, given: Event, writing: Writing = {}): Event {
    const { event } = this.find(id);
    return this.change(event, merged(event, { ...given, id }), writing);
  }

  /** Puts what is given in the place of what is there. */
  update(id: string, given: Event, writing: Writing = {}): Event {
    const { event } = this.find(id);
    const { kind, iCalUID, creator, organizer, created, htmlLink, eventType } = event;
    const own = { kind, iCalUID, creator, organizer, created, htmlLink, eventType, status: 'confirmed' };
    return this.change(event, { ...own, ...given, id }, writing);
  }

  /** Deletes an event; what is gone is gone. */
  delete(id: string, { etag }: Writing = {}): void {
    const { event } = this.find(id);
    if (event.status === 'cancelled') throw new GoogleRefusal(410, 'deleted', 'Resource has been deleted');
    refuseOther(event, etag);
    this.write({ ...event, status: 'cancelled' }, (event.sequence ?? 0) + 1);
  }

  /** One event as it stands; a deleted one says so. */
  get(id: string): Event {
    return structuredClone(this.find(id).event);
  }

  /** All events in the order of their changes. */
  all(): KeptEvent[] {
    return structuredClone([...this.kept.values()]).toSorted((a, b) => a.change - b.change);
  }

  /** The rooms that were pending are there. */
  openRooms(): void {
    const pending = this.all().filter(({ event }) => isPending(event));
    for (const { event } of pending) this.write(withRoom(event), event.sequence ?? 0);
  }

  private find(id: string): KeptEvent {
    const kept = this.kept.get(id);
    if (!kept) throw notFound();
    return kept;
  }

  private change(before: Event, next: Event, { conferences = false, etag }: Writing): Event {
    refuseOther(before, etag);
    this.check(next);
    const isMoved = !sameTimes(before, next) || before.status !== next.status;
    const sequence = (before.sequence ?? 0) + (isMoved ? 1 : 0);
    return this.write(withConference(before, next, conferences, this.faults.meetFate), sequence);
  }

  private check(event: Event): void {
    checkTimes(event, this.timeZone);
    checkRule(event);
  }

  private write(event: Event, sequence: number): Event {
    // Two changes of one millisecond are two all the same.
    this.lastUpdate = Math.max(this.lastUpdate + 1, this.now().getTime());
    this.changes += 1;
    const updated = new Date(this.lastUpdate).toISOString();
    const written = { ...structuredClone(event), updated, sequence, etag: `"${this.lastUpdate * 2}000"` };
    const before = this.kept.get(written.id!);
    const formerly = [...(before?.formerly ?? []), ...(before?.event.recurrence ? [before.event] : [])].slice(
      -MOST_FORMER,
    );
    this.kept.set(written.id!, { event: written, change: this.changes, formerly });
    for (const oldest of this.kept.keys()) if (this.kept.size > MOST_EVENTS) this.kept.delete(oldest);
    this.changed();
    return structuredClone(written);
  }
}

function refuseOther({ etag }: Event, wanted: string | undefined): void {
  if (wanted !== undefined && wanted !== '*' && wanted !== etag)
    throw new GoogleRefusal(412, 'conditionNotMet', 'Precondition Failed');
}

const sameTimes = (a: Event, b: Event): boolean =>
  JSON.stringify([a.start, a.end, a.recurrence]) === JSON.stringify([b.start, b.end, b.recurrence]);
