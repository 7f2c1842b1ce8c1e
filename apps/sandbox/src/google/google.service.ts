import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { Clock } from '@scheduling/domain';
import { SandboxConfig } from '../config.ts';
import type { CalendarEntry } from './calendar.ts';
import { calendarFile } from './calendar-file.ts';
import type { Event } from './event-times.ts';
import type { GoogleFaultSettings } from './faults.ts';
import { CalendarNotKept, EventNotKept, EventNotTaken } from './google.errors.ts';
import { GoogleDouble, type OwnEvent } from './google-double.ts';
import { GoogleRefusal } from './google-refusal.ts';

/** A fake calendar of somebody, with what stands in it. */
export interface Shown {
  readonly email: string;
  readonly entry: CalendarEntry;
  readonly events: readonly Event[];
}

/** The double of Google as part of the sandbox: it begins and ends with it, and people write into their calendars on its page. */
@Injectable()
export class GoogleService implements OnModuleInit, OnModuleDestroy {
  private started?: GoogleDouble;

  constructor(
    private readonly config: SandboxConfig,
    private readonly clock: Clock,
  ) {}

  /** The double, once the application has begun. */
  get double(): GoogleDouble {
    if (!this.started) throw new Error('The double of Google has not begun.');
    return this.started;
  }

  async onModuleInit(): Promise<void> {
    const { GOOGLE_PORT: port, DOUBLES_HOST: host } = this.config;
    this.started = await GoogleDouble.listen({ port, host, clock: this.clock });
  }

  async onModuleDestroy(): Promise<void> {
    await this.started?.close();
  }

  /** The calendars of somebody, or of everybody. */
  list(email?: string): Shown[] {
    const emails = this.double.emails().filter((one) => email === undefined || one === email);
    return emails.flatMap((one) =>
      this.double.calendarsOf(one).map((entry) => ({ email: one, entry, events: this.double.events(one, entry.id) })),
    );
  }

  /** Somebody writes an event into their main calendar; who had none has one now. */
  add(email: string, event: OwnEvent): Event {
    this.double.addPerson(email);
    return this.done(email, '', () => this.double.addEvent(email, event));
  }

  /** Somebody changes an event of theirs. */
  change(email: string, id: string, change: OwnEvent): Event {
    return this.done(email, id, () => this.double.changeEvent(email, id, change));
  }

  /** Somebody deletes an event of theirs. */
  remove(email: string, id: string): void {
    this.done(email, id, () => this.double.deleteEvent(email, id));
  }

  /** The main calendar of somebody as a file (RFC 5545). */
  file(email: string): string {
    this.mustHave(email);
    return calendarFile(email, this.double.events(email), this.clock.now());
  }

  /** Lets things go wrong as told from now on. */
  setFaults(settings: GoogleFaultSettings): void {
    this.double.setFaults(settings);
  }

  private mustHave(email: string): void {
    if (!this.double.emails().includes(email)) throw new CalendarNotKept(email);
  }

  private done<T>(email: string, id: string, act: () => T): T {
    this.mustHave(email);
    try {
      return act();
    } catch (error) {
      if (!(error instanceof GoogleRefusal)) throw error;
      throw error.status === 400 ? new EventNotTaken(error.message) : new EventNotKept(id);
    }
  }
}
