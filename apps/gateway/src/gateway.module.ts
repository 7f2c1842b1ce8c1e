import { Module } from '@nestjs/common';
import { DocsController } from './docs/docs.controller.ts';
import { DocsService } from './docs/docs.service.ts';
import { SwaggerAssets } from './docs/swagger-assets.ts';
import { Edge } from './forwarding/edge.ts';
import { ForwardController } from './forwarding/forward.controller.ts';
import { ForwardService } from './forwarding/forward.service.ts';
import { IntroductionService } from './forwarding/introduction.service.ts';
import { Upstreams } from './routing/upstreams.ts';

@Module({
  controllers: [DocsController, ForwardController],
  providers: [DocsService, Edge, ForwardService, IntroductionService, SwaggerAssets, Upstreams],
})
export class GatewayModule {}
