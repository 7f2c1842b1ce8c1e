import type { Platform } from './shown.ts';
import type { WebSubscription } from './web-push-double.ts';

/** What a device registers with: a browser its subscription, a telephone its token. */
export interface Registration {
  readonly platform: Platform;
  readonly subscription?: WebSubscription;
  readonly token?: string;
}

/** A device that somebody made here. */
export interface Device {
  readonly id: string;
  readonly registration: Registration;
  readonly isThere: boolean;
}

/** How many devices are kept; the oldest go. */
export const MOST_DEVICES = 1000;
