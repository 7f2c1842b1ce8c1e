import { SchedulingError } from '@scheduling/domain';

export class RouteNotFound extends SchedulingError {
  readonly kind = 'missing';
  readonly code = 'route_not_found';

  constructor() {
    super('There is nothing at this address.');
  }
}

export class ServiceUnavailable extends SchedulingError {
  readonly kind = 'unavailable';
  readonly code = 'service_unavailable';

  constructor(service: string, cause: unknown) {
    super('The service behind this address does not answer.', { service, retry_after_seconds: 1 });
    this.cause = cause;
  }
}

/** Nobody asked the service, which did not answer those before; the log has what they met. */
export class ServiceRests extends ServiceUnavailable {}

/** Nobody is there any more to be answered; no refusal, since nobody hears it. */
export class ClientLeft extends Error {}
