/** What a push message can be shown on. */
export const PLATFORMS = ['web', 'android', 'ios'] as const;
export type Platform = (typeof PLATFORMS)[number];

/** A message as a device got it; repeats are kept, so that they can be counted. */
export interface Shown {
  /** Where it was sent to: an endpoint or a token. */
  readonly address: string;
  readonly title: string;
  readonly body: string;
  /** Empty where it leads nowhere. */
  readonly link: string;
  /** Of two with the same, only the last is to be seen. */
  readonly tag: string;
  readonly kind: string;
  readonly isUrgent: boolean;
  /** How long it is kept for a device that is off, in seconds. */
  readonly seconds: number;
  readonly receivedAt: Date;
}

/** How many messages are kept; the oldest go. */
export const MOST_SHOWN = 20_000;
