import { SchedulingError } from '@scheduling/domain';

export class DeviceNotKept extends SchedulingError {
  readonly kind = 'missing';
  readonly code = 'device_not_kept';

  constructor(id: string) {
    super('The sandbox does not keep such a device.', { device_id: id });
  }
}
