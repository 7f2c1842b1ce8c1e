import { defineService } from '@scheduling/service-kit';
import { CalendarSyncModule } from './calendar-sync.module.ts';
import { CalendarSyncConfig } from './config.ts';
import { housekeeping } from './housekeeping.ts';
import { calendarSyncSchema } from './schema.ts';

export const service = defineService({
  name: 'calendar-sync',
  module: CalendarSyncModule,
  config: CalendarSyncConfig,
  schema: calendarSyncSchema,
  housekeeping,
});
