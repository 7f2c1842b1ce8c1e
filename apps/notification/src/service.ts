import { defineService } from '@scheduling/service-kit';
import { NotificationConfig } from './config.ts';
import { housekeeping } from './housekeeping.ts';
import { NotificationModule } from './notification.module.ts';
import { notificationSchema } from './schema.ts';

export const service = defineService({
  name: 'notification',
  module: NotificationModule,
  config: NotificationConfig,
  schema: notificationSchema,
  housekeeping,
});
