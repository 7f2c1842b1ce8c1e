import type { PersonId } from '@scheduling/domain';

/** A calendar of a connected person that a worker has taken, to read it. */
export interface WatchedCalendar {
  readonly id: string;
  readonly userId: PersonId;
  /** What Google calls it. */
  readonly calendarId: string;
  /** The zone in which its whole days are meant. */
  readonly timezone: string;
  /** Google's word: `freeBusyReader`, `reader`, `writer` or `owner`. */
  readonly accessRole: string;
  /** Whether it takes time from what its owner offers. */
  readonly isBusy: boolean;
  readonly syncToken: string | null;
  /** From when its sync token speaks. */
  readonly windowStart: Date | null;
  /** The newest wish for a reading when it was taken. */
  readonly askedAt: Date;
  /** How often it was tried since it was last read, this time included. */
  readonly attempts: number;
  readonly takenAt: Date;
  readonly leaseUntil: Date;
}
