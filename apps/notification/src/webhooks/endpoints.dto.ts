import { Count, Described, Flag, Instant, ListOf, Maybe, Nullable, SomeOf, Text, Uuid } from '@scheduling/contracts';
import { ArrayNotEmpty, ArrayUnique } from 'class-validator';
import type { Endpoint } from './endpoints.store.ts';
import { EVENT_NAMES } from './offered.ts';

export class AddEndpoint {
  /** Where events are posted to: an address that begins with https:// and leads to the public internet. */
  @Text(1, 2000)
  @Described({ example: 'https://platform.example.org/hooks/lessons' })
  readonly url!: string;
  /** Which events: their names, or `*` for all that are offered, now or later; `UserChanged`, which carries personal data, is not. */
  @SomeOf(EVENT_NAMES) @ArrayNotEmpty() @ArrayUnique() readonly event_types!: string[];
  /** What it is for, in the operator's own words. */
  @Maybe() @Text(0, 200) readonly description: string = '';
}

export class ChangeEndpoint {
  /** Where events are posted to from now on, those that wait included. */
  @Maybe() @Text(1, 2000) readonly url?: string;
  /** Which events from now on; what waits already is sent. */
  @Maybe() @SomeOf(EVENT_NAMES) @ArrayNotEmpty() @ArrayUnique() readonly event_types?: string[];
  /** What it is for. */
  @Maybe() @Text(0, 200) readonly description?: string;
  /** Whether anything is sent; what is not waits, and goes in the order of events when this becomes true. */
  @Maybe() @Flag() readonly is_enabled?: boolean;
}

export class EndpointView {
  /** The endpoint's id. */
  @Uuid() readonly endpoint_id!: string;
  /** Where events are posted to. */
  @Text(1, 2000) readonly url!: string;
  /** Which events: their names, or `*`. */
  @SomeOf(EVENT_NAMES) readonly event_types!: string[];
  /** What it is for. */
  @Text(0, 200) readonly description!: string;
  /** Whether anything is sent. */
  @Flag() readonly is_enabled!: boolean;
  /** Why nothing is: `by an operator`, `answered 410 Gone`, or that all failed for five days; null while it is enabled. */
  @Nullable() @Text(1, 200) readonly disabled_reason!: string | null;
  /** How many tries have failed in a row. */
  @Count(0, Number.MAX_SAFE_INTEGER) readonly failures!: number;
  /** When the first of them was; null while there is none. */
  @Nullable() @Instant() readonly failing_since!: string | null;
  /** Since when it is known. */
  @Instant() readonly created_at!: string;

  /** Shows an endpoint without its secret. */
  static of(endpoint: Endpoint): EndpointView {
    return {
      endpoint_id: endpoint.id,
      url: endpoint.url,
      event_types: [...endpoint.eventTypes],
      description: endpoint.description,
      is_enabled: endpoint.isEnabled,
      disabled_reason: endpoint.disabledReason,
      failures: endpoint.failures,
      failing_since: endpoint.failingSince?.toISOString() ?? null,
      created_at: endpoint.createdAt.toISOString(),
    };
  }
}

export class OpenedEndpointView extends EndpointView {
  /** What signs (Standard Webhooks, `v1`); it is not shown again. */
  @Text(1, 100)
  @Described({ example: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' })
  readonly secret!: string;

  /** Shows an endpoint with its secret, once. */
  static opened({ endpoint, secret }: { readonly endpoint: Endpoint; readonly secret: string }): OpenedEndpointView {
    return { ...EndpointView.of(endpoint), secret };
  }
}

export class EndpointList {
  /** The oldest first. */
  @ListOf(() => EndpointView, 50) readonly items!: EndpointView[];
  /** Always null: there are no more than 50. */
  @Nullable() @Text(1, 200) readonly next_cursor!: null;

  /** Shows all endpoints. */
  static of(endpoints: readonly Endpoint[]): EndpointList {
    return { items: endpoints.map(EndpointView.of), next_cursor: null };
  }
}
