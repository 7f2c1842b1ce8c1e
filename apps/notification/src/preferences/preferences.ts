import type { Channel, Kind } from '../messages/kinds.ts';

/** A time of day on somebody's own clock: `22:00`. */
export type TimeOfDay = string;

/** When somebody wants to be left alone, by their own clock; it may go over midnight. */
export interface QuietHours {
  readonly from: TimeOfDay;
  readonly until: TimeOfDay;
}

/** Whether e-mail that can wait comes one by one, or gathered once a day. */
export const DIGESTS = ['off', 'daily'] as const;
export type Digest = (typeof DIGESTS)[number];

/** Whether one kind of message is wanted on one way. */
export interface Choice {
  readonly kind: Kind;
  readonly channel: Channel;
  readonly isOn: boolean;
}

/** How somebody wants to be told of things. */
export interface Preferences {
  readonly quietHours: QuietHours | null;
  readonly digest: Digest;
  /** When they asked for texts; null while they have not, or no longer do. */
  readonly smsOptedInAt: Date | null;
  /** Only what differs from what goes for everybody. */
  readonly choices: readonly Choice[];
  /** Grows with each change; 0 before the first. */
  readonly version: number;
}

/** What goes for everybody who has chosen nothing. */
export const DEFAULTS: Preferences = { quietHours: null, digest: 'off', smsOptedInAt: null, choices: [], version: 0 };
