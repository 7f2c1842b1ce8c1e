import { Module } from '@nestjs/common';
import { DocsController } from './docs/docs.controller.ts';
import { DocsService } from './docs/docs.service.ts';
import { SwaggerAssets } from './docs/swagger-assets.ts';
import { Facts } from './facts/facts.ts';
import { AdmissionService } from './forwarding/admission.service.ts';
import { Breakers } from './forwarding/breakers.ts';
import { Edge } from './forwarding/edge.ts';
import { ErasedPeople } from './forwarding/erased-people.ts';
import { ForwardService } from './forwarding/forward.service.ts';
import { IntroductionService } from './forwarding/introduction.service.ts';
import { LimitsService } from './limits/limits.service.ts';
import { ProfilesService } from './profiles/profiles.service.ts';
import { EventStreams } from './realtime/event-streams.ts';
import { EventsController } from './realtime/events.controller.ts';
import { FeedsService } from './realtime/feeds.service.ts';
import { RealtimeFigures } from './realtime/realtime-figures.ts';
import { RealtimeServer } from './realtime/realtime-server.ts';
import { Door } from './realtime/signed-in.ts';
import { Sources } from './realtime/sources.ts';
import { Upstreams } from './routing/upstreams.ts';

@Module({
  controllers: [DocsController, EventsController],
  providers: [
    DocsService,
    Edge,
    Facts,
    ErasedPeople,
    ForwardService,
    IntroductionService,
    SwaggerAssets,
    Upstreams,
    Door,
    EventStreams,
    FeedsService,
    RealtimeServer,
    RealtimeFigures,
    Sources,
    AdmissionService,
    Breakers,
    LimitsService,
    ProfilesService,
  ],
})
export class GatewayModule {}
