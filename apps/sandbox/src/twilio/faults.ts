import { RequestFaults, type RequestFaultSettings } from '../doubles/request-faults.ts';

/** What goes wrong with what Twilio tells by itself; each share is between 0 and 1. */
export interface CallbackFaults {
  /** The share that is sent twice. */
  readonly duplicate?: number;
  /** The share that is held back until others have overtaken it. */
  readonly reorder?: number;
  /** The share that is never sent. */
  readonly lose?: number;
  /** How long each is held back, in milliseconds. */
  readonly delay_ms?: number;
}

/** How far texts get: they arrive, their carrier gives them back, Twilio cannot send them, or they stay on their way or where they were taken. */
export const FATES = ['delivered', 'undelivered', 'failed', 'sent', 'queued'] as const;
export type Fate = (typeof FATES)[number];

/** Everything that goes wrong; what is left out goes well. */
export interface TwilioFaultSettings extends RequestFaultSettings {
  readonly callbacks?: CallbackFaults;
  readonly fate?: Fate;
}

/** Decides what goes wrong at Twilio, by a seed. */
export class TwilioFaults extends RequestFaults<TwilioFaultSettings> {
  get callbacks(): CallbackFaults {
    return this.settings.callbacks ?? {};
  }

  get fate(): Fate {
    return this.settings.fate ?? 'delivered';
  }
}
