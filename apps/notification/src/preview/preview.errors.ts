import { SchedulingError } from '@scheduling/domain';

export class PreviewOff extends SchedulingError {
  readonly kind = 'missing';
  readonly code = 'preview_off';

  constructor() {
    super('Messages are shown here only where MESSAGE_PREVIEW is on.');
  }
}
