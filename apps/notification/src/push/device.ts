/** What a push can be shown on. */
export const PLATFORMS = ['web', 'android', 'ios'] as const;
export type Platform = (typeof PLATFORMS)[number];

/** What the text for a browser is encrypted with, in base64url. */
export interface BrowserKeys {
  /** Its public key: an uncompressed point on P-256. */
  readonly p256dh: string;
  readonly auth: string;
}

/** A device as it introduces itself. */
export interface NewDevice {
  readonly platform: Platform;
  /** A browser's endpoint, or a telephone's FCM token. */
  readonly address: string;
  /** A browser's; null for a telephone. */
  readonly keys: BrowserKeys | null;
}

/** A device of somebody's. */
export interface Device extends NewDevice {
  readonly id: string;
  readonly createdAt: Date;
  /** When it last registered. */
  readonly lastUsedAt: Date;
}

/** How many devices a person has at most; the one that was longest not used goes. */
export const MOST_DEVICES = 20;
