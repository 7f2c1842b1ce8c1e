import type Stripe from 'stripe';
import { Kept } from './kept.ts';
import { newId } from './new-id.ts';
import type { Params } from './params.ts';
import { missing } from './stripe-refusal.ts';

const API_VERSION = '2026-10-28.endive';

/** An event as it is sent: its text never changes. */
export interface KeptEvent {
  readonly id: string;
  readonly type: string;
  /** The id of the object that it is about. */
  readonly about: string;
  readonly payload: string;
}

/** Everything that the double has stated. */
export class Events {
  private readonly events: Kept<KeptEvent>;
  /** The request that is at work now, which Stripe names in its events. */
  request: { readonly id: string; readonly idempotency_key: string | null } | null = null;

  constructor(
    private readonly now: () => number,
    most?: number,
  ) {
    this.events = new Kept(most);
  }

  /** Writes an event down, with the object as it is at this moment. */
  add(type: string, object: { readonly id: string }): KeptEvent {
    const id = newId('evt');
    const payload = JSON.stringify({
      id,
      object: 'event',
      api_version: API_VERSION,
      created: this.now(),
      data: { object },
      livemode: false,
      pending_webhooks: 1,
      request: this.request,
      type,
    });
    return this.events.add({ id, type, about: object.id, payload });
  }

  find(id: string): Stripe.Event {
    const event = this.events.get(id);
    if (!event) throw missing('event', id);
    return read(event);
  }

  /** The newest first; `type` and `types` pick some. */
  newest(params?: Params): Stripe.Event[] {
    const type = params?.text('type');
    const types = type === undefined ? (params?.texts('types') ?? []) : [type];
    return this.events
      .newest()
      .filter((event) => types.length === 0 || types.includes(event.type))
      .map(read);
  }
}

const read = ({ payload }: KeptEvent): Stripe.Event => JSON.parse(payload) as Stripe.Event;
