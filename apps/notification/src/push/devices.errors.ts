import { SchedulingError } from '@scheduling/domain';

export class PushNotSetUp extends SchedulingError {
  readonly kind = 'missing';
  readonly code = 'push_not_set_up';

  constructor(platform: string) {
    super('Push messages to this platform are not set up here.', { platform });
  }
}

export class PushEndpointNotAllowed extends SchedulingError {
  readonly kind = 'invalid';
  readonly code = 'push_endpoint_not_allowed';

  constructor() {
    super('The endpoint of a subscription must begin with https:// and lead to the public internet.', {
      field: 'subscription.endpoint',
    });
  }
}

export class DeviceNotFound extends SchedulingError {
  readonly kind = 'missing';
  readonly code = 'device_not_found';

  constructor(id: string) {
    super('There is no such device.', { device_id: id });
  }
}
