import { type RequestFaultSettings, RequestFaults } from '../doubles/request-faults.ts';
import { REFUNDS, type RefundFate } from './refund-fate.ts';

/** What goes wrong with webhooks; each share is between 0 and 1. */
export interface WebhookFaults {
  /** The share that is sent twice. */
  readonly duplicate?: number;
  /** The share that is sent only after the event that follows it. */
  readonly reorder?: number;
  /** The share that is never sent. */
  readonly lose?: number;
  /** How long each is held back, in milliseconds. */
  readonly delay_ms?: number;
}

/** Everything that goes wrong; what is left out goes well. */
export interface FaultSettings extends RequestFaultSettings {
  readonly webhooks?: WebhookFaults;
  /** What becomes of refunds. */
  readonly refunds?: RefundFate;
}

/** Decides what goes wrong at Stripe, by a seed. */
export class Faults extends RequestFaults<FaultSettings> {
  get webhooks(): WebhookFaults {
    return this.settings.webhooks ?? {};
  }

  get refunds(): RefundFate {
    return this.settings.refunds ?? REFUNDS[0];
  }
}
