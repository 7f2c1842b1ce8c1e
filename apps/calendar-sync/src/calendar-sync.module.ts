import { type MiddlewareConsumer, Module, type NestModule } from '@nestjs/common';
import { BusyService } from './busy/busy.service.ts';
import { ChannelsCron } from './busy/channels.cron.ts';
import { ChannelsService } from './busy/channels.service.ts';
import { GoogleEvents } from './busy/google-events.service.ts';
import { HealthService } from './busy/health.service.ts';
import { PushesController } from './busy/pushes.controller.ts';
import { withoutBody } from './busy/pushes.middleware.ts';
import { PushesService } from './busy/pushes.service.ts';
import { ReadingsLoop } from './busy/readings-loop.ts';
import { CalendarFigures } from './figures/calendar-figures.ts';
import { ReadingsService } from './busy/readings.service.ts';
import { ToldService } from './busy/told.service.ts';
import { CalendarListService } from './calendars/calendar-list.service.ts';
import { CalendarsController } from './calendars/calendars.controller.ts';
import { CalendarsCron } from './calendars/calendars.cron.ts';
import { CalendarsService } from './calendars/calendars.service.ts';
import { OutsideDoor } from '@scheduling/service-kit';
import { CalendarSyncConfig } from './config.ts';
import { CallbackController } from './connections/callback.controller.ts';
import { ConnectionStates } from './connections/connection-states.service.ts';
import { ConnectionsController } from './connections/connections.controller.ts';
import { ConsentsService } from './connections/consents.service.ts';
import { DisconnectService } from './connections/disconnect.service.ts';
import { KeyRing } from './connections/key-ring.ts';
import { KeysCheck } from './connections/keys-check.service.ts';
import { RevocationsService } from './connections/revocations.service.ts';
import { StatusService } from './connections/status.service.ts';
import { TokensCron } from './connections/tokens.cron.ts';
import { TokensService } from './connections/tokens.service.ts';
import { FeedsController } from './feeds/feeds.controller.ts';
import { FeedsService } from './feeds/feeds.service.ts';
import { GoogleAccess } from './google/google-access.service.ts';
import { CalendarFetch } from './imports/calendar-fetch.ts';
import { ImportsLoop } from './imports/imports-loop.ts';
import { ImportsController } from './imports/imports.controller.ts';
import { ImportsService } from './imports/imports.service.ts';
import { FileReadings } from './imports/reading.service.ts';
import { DriftCron } from './lessons/drift.cron.ts';
import { DriftService } from './lessons/drift.service.ts';
import { EchoesService } from './lessons/echoes.service.ts';
import { GoogleWriter } from './lessons/google-writer.service.ts';
import { LessonEventsService } from './lessons/lesson-events.service.ts';
import { LessonsConsumer } from './lessons/lessons.consumer.ts';
import { LessonsService } from './lessons/lessons.service.ts';
import { WritesLoop } from './lessons/writes-loop.ts';
import { WritingService } from './lessons/writing.service.ts';
import { PeopleConsumer } from './people/people.consumer.ts';
import { PeopleService } from './people/people.service.ts';
import { PrivacyConsumer } from './privacy/privacy.consumer.ts';
import { PrivacyService } from './privacy/privacy.service.ts';
import { MeetingsLoop } from './video/meetings-loop.ts';
import { MeetingsConsumer } from './video/meetings.consumer.ts';
import { MeetingsService } from './video/meetings.service.ts';
import { MeetingSettingsController } from './video/settings.controller.ts';
import { SettingsService } from './video/settings.service.ts';
import { ZoomClient } from './video/zoom-client.ts';
import { ZoomWork } from './video/zoom-work.service.ts';

@Module({
  controllers: [
    CalendarsController,
    CallbackController,
    ConnectionsController,
    LessonsConsumer,
    PeopleConsumer,
    PushesController,
    MeetingsConsumer,
    FeedsController,
    ImportsController,
    MeetingSettingsController,
    PrivacyConsumer,
  ],
  providers: [
    PeopleService,
    PrivacyService,
    KeysCheck,
    ConsentsService,
    DisconnectService,
    RevocationsService,
    StatusService,
    TokensCron,
    CalendarListService,
    CalendarsCron,
    CalendarsService,
    DriftCron,
    DriftService,
    GoogleWriter,
    LessonEventsService,
    LessonsService,
    WritesLoop,
    WritingService,
    MeetingsLoop,
    MeetingsService,
    SettingsService,
    {
      provide: ZoomClient,
      useFactory: (config: CalendarSyncConfig) => new ZoomClient(config),
      inject: [CalendarSyncConfig],
    },
    ZoomWork,
    FeedsService,
    BusyService,
    HealthService,
    ChannelsCron,
    ChannelsService,
    GoogleEvents,
    PushesService,
    ReadingsLoop,
    CalendarFigures,
    ReadingsService,
    ToldService,
    ConnectionStates,
    TokensService,
    GoogleAccess,
    EchoesService,
    {
      provide: KeyRing,
      useFactory: (config: CalendarSyncConfig) => new KeyRing(config.CALENDAR_TOKEN_KEYS),
      inject: [CalendarSyncConfig],
    },
    {
      provide: OutsideDoor,
      useFactory: (config: CalendarSyncConfig) => new OutsideDoor(config.ICS_LOCAL_ORIGIN),
      inject: [CalendarSyncConfig],
    },
    { provide: CalendarFetch, useFactory: (door: OutsideDoor) => new CalendarFetch(door), inject: [OutsideDoor] },
    FileReadings,
    ImportsLoop,
    ImportsService,
  ],
})
export class CalendarSyncModule implements NestModule {
  /** Lets Google's pushes in as they come. */
  configure(consumer: MiddlewareConsumer): void {
    consumer.apply(withoutBody).forRoutes(PushesController);
  }
}
