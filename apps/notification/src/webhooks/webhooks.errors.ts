import { SchedulingError } from '@scheduling/domain';

export class WebhookEndpointNotFound extends SchedulingError {
  readonly kind = 'missing';
  readonly code = 'webhook_endpoint_not_found';

  constructor(id: string) {
    super('There is no such webhook endpoint.', { endpoint_id: id });
  }
}

export class WebhookDeliveryNotFound extends SchedulingError {
  readonly kind = 'missing';
  readonly code = 'webhook_delivery_not_found';

  constructor(id: string) {
    super('There is no such delivery to this webhook endpoint.', { delivery_id: id });
  }
}

export class TooManyWebhookEndpoints extends SchedulingError {
  readonly kind = 'conflict';
  readonly code = 'too_many_webhook_endpoints';

  constructor(limit: number) {
    super('There can be no more webhook endpoints. Remove one first.', { limit });
  }
}

export class WebhookAddressNotAllowed extends SchedulingError {
  readonly kind = 'invalid';
  readonly code = 'webhook_address_not_allowed';

  constructor() {
    super('The address of a webhook endpoint must begin with https:// and lead to the public internet.', {
      field: 'url',
    });
  }
}

export class WebhookEndpointDisabled extends SchedulingError {
  readonly kind = 'conflict';
  readonly code = 'webhook_endpoint_disabled';

  constructor() {
    super('Nothing goes to this webhook endpoint until it is enabled.');
  }
}

export class NoWindow extends SchedulingError {
  readonly kind = 'invalid';
  readonly code = 'webhook_window_empty';

  constructor() {
    super('The end of the window must come after its beginning.', { field: 'until' });
  }
}
