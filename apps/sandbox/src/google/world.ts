import { type CalendarEntry, FakeCalendar } from './calendar.ts';
import type { Event } from './event-times.ts';
import type { GoogleFaults } from './faults.ts';
import { GoogleRefusal, notFound } from './google-refusal.ts';
import { type Pushes, resourceOf } from './pushes.ts';

/** A calendar that a person has beside their main one. */
export type ExtraCalendar = Pick<CalendarEntry, 'id' | 'summary' | 'accessRole'> & { readonly timeZone?: string };

/** All people with their calendars. */
export class World {
  private readonly people = new Map<string, Map<string, FakeCalendar>>();

  constructor(
    readonly faults: GoogleFaults,
    readonly pushes: Pushes,
    /** By Google's clock. */
    readonly now: () => Date,
  ) {}

  /** A person has an account, with a main calendar and perhaps others; who has one keeps it. */
  add(email: string, timeZone = 'UTC', extra: readonly ExtraCalendar[] = []): void {
    const own = this.people.get(email) ?? new Map<string, FakeCalendar>();
    this.people.set(email, own);
    const main = { id: email, summary: email, timeZone, accessRole: 'owner', isPrimary: true } as const;
    if (!own.has(email)) own.set(email, this.make(email, main));
    for (const one of extra) own.set(one.id, this.make(email, { timeZone, ...one, isPrimary: false }));
  }

  /** Who has an account. */
  emails(): string[] {
    return [...this.people.keys()];
  }

  calendarsOf(email: string): FakeCalendar[] {
    return [...(this.people.get(email)?.values() ?? [])];
  }

  /** A calendar of a person's, by its id or as their `primary` one. */
  calendar(email: string, id = 'primary'): FakeCalendar | undefined {
    return this.people.get(email)?.get(id === 'primary' ? email : id);
  }

  /** A calendar of a person's, if they may read its events. */
  readable(email: string, id: string): FakeCalendar {
    const calendar = this.calendar(email, id);
    if (!calendar || calendar.entry.accessRole === 'freeBusyReader') throw notFound();
    return calendar;
  }

  /** A calendar of a person's, if they may write into it. */
  writable(email: string, id: string): FakeCalendar {
    const calendar = this.readable(email, id);
    if (calendar.entry.accessRole === 'reader')
      throw new GoogleRefusal(403, 'requiredAccessLevel', 'You need to have writer access to this calendar.');
    return calendar;
  }

  /** What stands in a calendar: all events that are not deleted. */
  events(email: string, calendarId?: string): Event[] {
    const all = this.calendar(email, calendarId)?.all() ?? [];
    return all.map(({ event }) => event).filter(({ status }) => status !== 'cancelled');
  }

  /** The rooms that were pending are there, unless rooms are to be pending. */
  openRooms(): void {
    if (this.faults.meetFate === 'pending') return;
    for (const own of this.people.values()) for (const calendar of own.values()) calendar.openRooms();
  }

  private make(email: string, entry: CalendarEntry): FakeCalendar {
    return new FakeCalendar(entry, this.faults, this.now, () => this.pushes.changed(resourceOf(email, entry.id)));
  }
}
