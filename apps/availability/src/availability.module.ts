import { Module } from '@nestjs/common';
import { BlocksController } from './blocks/blocks.controller.ts';
import { BlocksService } from './blocks/blocks.service.ts';
import { ChangeBlockService } from './blocks/change-block.service.ts';
import { BusyConsumer } from './busy/busy.consumer.ts';
import { BusyService } from './busy/busy.service.ts';
import { ConnectionsCron } from './busy/connections.cron.ts';
import { ConnectionsService } from './busy/connections.service.ts';
import { ConflictsController } from './conflicts/conflicts.controller.ts';
import { ConflictsService } from './conflicts/conflicts.service.ts';
import { ExplainController } from './explain/explain.controller.ts';
import { ExplainService } from './explain/explain.service.ts';
import { HorizonCron } from './openings/horizon.cron.ts';
import { HorizonService } from './openings/horizon.service.ts';
import { PublishService } from './openings/publish.service.ts';
import { OverridesController } from './overrides/overrides.controller.ts';
import { OverridesService } from './overrides/overrides.service.ts';
import { PreviewController } from './preview/preview.controller.ts';
import { PreviewService } from './preview/preview.service.ts';
import { PrivacyConsumer } from './privacy/privacy.consumer.ts';
import { PrivacyService } from './privacy/privacy.service.ts';
import { SettingsController } from './settings/settings.controller.ts';
import { SettingsService } from './settings/settings.service.ts';
import { TakenConsumer } from './taken/taken.consumer.ts';
import { TakenService } from './taken/taken.service.ts';
import { TimeOffController } from './time-off/time-off.controller.ts';
import { TimeOffService } from './time-off/time-off.service.ts';

@Module({
  controllers: [
    SettingsController,
    TimeOffController,
    OverridesController,
    ConflictsController,
    BlocksController,
    TakenConsumer,
    BusyConsumer,
    ExplainController,
    PreviewController,
    PrivacyConsumer,
  ],
  providers: [
    BlocksService,
    BusyService,
    ChangeBlockService,
    ConflictsService,
    ConnectionsCron,
    ConnectionsService,
    ExplainService,
    HorizonCron,
    HorizonService,
    OverridesService,
    PreviewService,
    PrivacyService,
    PublishService,
    SettingsService,
    TakenService,
    TimeOffService,
  ],
})
export class AvailabilityModule {}
