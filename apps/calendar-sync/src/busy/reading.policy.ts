/** How much of a calendar is read: everything, what has changed, or only when its owner is free. */
export type Extent = 'everything' | 'changes' | 'free_busy';

/** What decides how much of a calendar is read. */
export interface Known {
  readonly id: string;
  readonly accessRole: string;
  readonly syncToken: string | null;
  /** From when its sync token speaks: the start of the day before the one on which everything was read. */
  readonly windowStart: Date | null;
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** How much of a calendar is to be read now. */
export function extentOf(calendar: Known, now: Date): Extent {
  if (calendar.accessRole === 'freeBusyReader') return 'free_busy';
  if (calendar.syncToken === null || calendar.windowStart === null) return 'everything';
  return now >= renewalOf(calendar.id, calendar.windowStart) ? 'everything' : 'changes';
}

/**
 * When everything is to be read again: the day after, each calendar at its own time of day. It heals what changes have not told,
 * and moves the window on, for a sync token speaks of no time beyond the window that it came with.
 */
const renewalOf = (id: string, windowStart: Date): Date =>
  new Date(windowStart.getTime() + 2 * DAY + (Number.parseInt(id.slice(0, 8), 16) / 2 ** 32) * DAY);

/** How long a calendar rests after a reading, in seconds; `chance` is a random number from 0 to 1. */
export function restAfter({ isPushed, extent }: { isPushed: boolean; extent: Extent }, chance: number): number {
  // Free and busy times cost several requests, and say nothing about lessons.
  const minutes = isPushed || extent === 'free_busy' ? 30 : 5;
  return minutes * 60 * (0.9 + chance / 10);
}

const BACKOFF = { first: 5, longest: 600 };

/**
 * Seconds until a calendar that could not be read is tried again: as soon as its person is not over their limit any more, else after
 * about 5, 10, 20 … 600, and not sooner than was asked for.
 */
export function waitAfter(
  { kind, retryAfterMs }: { kind: string; retryAfterMs: number | null },
  attempts: number,
  chance: number,
): number {
  const asked = retryAfterMs === null ? null : retryAfterMs / 1000;
  if (kind === 'rate_limited' && asked !== null) return asked;
  const grown = Math.min(BACKOFF.first * 2 ** (attempts - 1), BACKOFF.longest) * (0.5 + chance / 2);
  return Math.max(grown, asked ?? 0);
}

/** For so long a calendar may fail before anybody is told; most outages are shorter. */
const PATIENCE = 15 * MINUTE;

/** How the calendars of a person are doing. */
export interface Health {
  /** Since when at least one of them could not be read; null while all can. */
  readonly failingSince: Date | null;
  /** Whether others were told that they cannot be read. */
  readonly isFailureTold: boolean;
}

/** What others are to be told about it, if anything. */
export function newsOf({ failingSince, isFailureTold }: Health, now: Date): 'failed' | 'recovered' | null {
  if (failingSince === null) return isFailureTold ? 'recovered' : null;
  return !isFailureTold && now.getTime() - failingSince.getTime() > PATIENCE ? 'failed' : null;
}
