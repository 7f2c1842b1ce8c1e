import { SchedulingError } from '@scheduling/domain';

export class ExportNotFound extends SchedulingError {
  readonly kind = 'missing';
  readonly code = 'export_not_found';

  constructor(id: string) {
    super('There is no such copy of yours, or its time is over.', { export_id: id });
  }
}

export class ExportNotReady extends SchedulingError {
  readonly kind = 'conflict';
  readonly code = 'export_not_ready';

  constructor(missing: readonly string[]) {
    super('Some services have not answered yet.', { missing, retry_after_seconds: 5 });
  }
}
