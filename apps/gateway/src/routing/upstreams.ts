import { Injectable } from '@nestjs/common';
import { GatewayConfig } from '../config.ts';
import { findRoute, type Route, ROUTES, type ServiceName, SERVICES } from './routes.policy.ts';

/** Where each service listens; one that has no address has no routes. */
@Injectable()
export class Upstreams {
  readonly routes: readonly Route[];
  private readonly urls: ReadonlyMap<ServiceName, string>;

  constructor(config: GatewayConfig) {
    const urls = {
      accounts: config.ACCOUNTS_URL,
      availability: config.AVAILABILITY_URL,
      booking: config.BOOKING_URL,
      'calendar-sync': config.CALENDAR_SYNC_URL,
      notification: config.NOTIFICATION_URL,
      sandbox: config.SANDBOX_URL,
    } as const satisfies Record<ServiceName, string | undefined>;
    this.urls = new Map(
      SERVICES.flatMap((name) => (urls[name] === undefined ? [] : [[name, new URL(urls[name]).origin]])),
    );
    this.routes = ROUTES.filter(({ service }) => this.urls.has(service));
  }

  /** The services that have an address. */
  get names(): ServiceName[] {
    return [...this.urls.keys()];
  }

  /** The route of a path as it stands in the request line, without its query; null where there is none. */
  find(path: string): Route | null {
    return findRoute(path, this.routes);
  }

  /** The origin of a service that has routes, without a path. */
  originOf(service: ServiceName): string {
    return this.urls.get(service)!;
  }
}
