import { defineService } from '@scheduling/service-kit';
import { GatewayConfig } from './config.ts';
import { GatewayModule } from './gateway.module.ts';

/** The one door for clients: who may enter, which service answers, and what there is to ask. */
export const service = defineService({
  name: 'gateway',
  module: GatewayModule,
  config: GatewayConfig,
  rawBody: true,
});
