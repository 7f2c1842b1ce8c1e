import { Module } from '@nestjs/common';
import { BlocksController } from './blocks/blocks.controller.ts';
import { BlocksService } from './blocks/blocks.service.ts';
import { HorizonCron } from './openings/horizon.cron.ts';
import { HorizonService } from './openings/horizon.service.ts';
import { PublishService } from './openings/publish.service.ts';
import { SettingsController } from './settings/settings.controller.ts';
import { SettingsService } from './settings/settings.service.ts';
import { TakenConsumer } from './taken/taken.consumer.ts';
import { TakenService } from './taken/taken.service.ts';
import { TimeOffController } from './time-off/time-off.controller.ts';
import { TimeOffService } from './time-off/time-off.service.ts';

@Module({
  controllers: [SettingsController, TimeOffController, BlocksController, TakenConsumer],
  providers: [
    BlocksService,
    HorizonCron,
    HorizonService,
    PublishService,
    SettingsService,
    TakenService,
    TimeOffService,
  ],
})
export class AvailabilityModule {}
