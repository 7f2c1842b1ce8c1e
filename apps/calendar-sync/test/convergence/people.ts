import type { Scenario, Someone } from '../scenario.ts';
import type { Random } from './random.ts';

const HOUR = 3_600_000;

/** Somebody with a calendar. */
export interface Person extends Someone {
  isConnected: boolean;
}

/** What people do in their calendars, and with their connections. */
export class People {
  readonly all: Person[] = [];

  constructor(
    private readonly s: Scenario,
    private readonly random: Random,
  ) {}

  async arrive(many: number): Promise<void> {
    for (let n = 0; n < many; n++) {
      const person = { ...(await this.s.connected(`P${n}`)), isConnected: true };
      const on_moved = n % 2 === 0 ? 'restore' : 'propose';
      await this.s.ask('/calendar/settings', { as: person, method: 'PUT', body: { on_moved } });
      this.all.push(person);
    }
  }

  addPrivate(): void {
    const startAt = new Date(Math.ceil(Date.now() / HOUR) * HOUR + (24 + this.random.below(24 * 30)) * HOUR);
    const endAt = new Date(startAt.getTime() + (1 + this.random.below(4)) * (HOUR / 2));
    const isFree = this.random.happens(0.2);
    const repeated = this.random.happens(0.1) ? { recurrence: ['RRULE:FREQ=WEEKLY;COUNT=3'] } : {};
    const times = {
      start: { dateTime: startAt.toISOString(), timeZone: 'UTC' },
      end: { dateTime: endAt.toISOString(), timeZone: 'UTC' },
    };
    const transparency = isFree ? 'transparent' : 'opaque';
    this.s.google.addEvent(this.someone().email, { summary: 'Private', transparency, ...times, ...repeated });
  }

  changePrivate(): void {
    const { email } = this.someone();
    const event = this.random.one(this.s.google.events(email).filter(({ summary }) => summary === 'Private'));
    if (!event) return;
    if (this.random.happens(0.4)) return this.s.google.deleteEvent(email, event.id!);
    if (this.random.happens(0.3)) {
      const transparency = event.transparency === 'transparent' ? 'opaque' : 'transparent';
      return void this.s.google.changeEvent(email, event.id!, { transparency });
    }
    this.drag(email, event.id!, event.start!.dateTime!, event.end!.dateTime!);
  }

  /** Somebody drags a lesson in their calendar, or deletes it there. */
  touchLesson(): void {
    const { email } = this.someone();
    const event = this.random.one(this.s.google.events(email).filter(({ summary }) => summary?.startsWith('Lesson')));
    if (!event) return;
    if (this.random.happens(0.3)) return this.s.google.deleteEvent(email, event.id!);
    this.drag(email, event.id!, event.start!.dateTime!, event.end!.dateTime!);
  }

  /** Somebody leaves and comes back, or takes their consent back at Google, or loses a token. */
  async change(): Promise<void> {
    const person = this.someone();
    if (!person.isConnected) return this.connect(person);
    const what = this.random.below(3);
    if (what === 0) this.s.google.expireAccessTokens(person.email);
    if (what === 1) {
      person.isConnected = false;
      await this.s.ask('/calendar/disconnect', { as: person, method: 'DELETE' });
    }
    if (what === 2) {
      person.isConnected = false;
      this.s.google.revokeConsent(person.email);
    }
  }

  /** Connects everybody who is not; Google may have to be asked again and again. */
  async connectAll(): Promise<void> {
    for (const person of this.all) if (!person.isConnected) await this.connect(person);
  }

  private async connect(person: Person): Promise<void> {
    const { body } = await this.s.ask('/calendar/auth-url', { as: person });
    const code = this.s.google.consent(body.url, person.email);
    const { status } = await this.s.ask('/calendar/connect', { as: person, method: 'POST', body: { code } });
    person.isConnected = status === 200;
  }

  private drag(email: string, id: string, start: string, end: string): void {
    const by = (1 + this.random.below(48)) * HOUR;
    this.s.google.moveEvent(email, id, {
      startAt: new Date(Date.parse(start) + by),
      endAt: new Date(Date.parse(end) + by),
    });
  }

  private someone(): Person {
    return this.random.one(this.all)!;
  }
}
