import { defineService } from '@scheduling/service-kit';
import { GatewayConfig } from './config.ts';
import { GatewayModule } from './gateway.module.ts';
import { nameOf } from './routing/routes.policy.ts';

/** The one door for clients: who may enter, which service answers, and what there is to ask. */
export const service = defineService({
  name: 'gateway',
  module: GatewayModule,
  config: GatewayConfig,
  rawBody: true,
  // What is forwarded goes by the prefix of its route: what follows it is the services' own.
  routeOf: (request) => routeOf(request.raw.url ?? '', request.routeOptions.url),
});

const routeOf = (url: string, own: string | undefined): string =>
  own && own !== '/*' ? own : nameOf(url.split('?')[0] ?? '');
