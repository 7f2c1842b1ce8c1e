import type { Kept } from '@scheduling/service-kit';
import type { NotificationConfig } from './config.ts';

/** What the past leaves. What arrived at webhooks goes sooner, by a job of its own, and events with the last of their deliveries. */
export const housekeeping = (config: NotificationConfig): Kept[] => [
  {
    table: 'messages',
    since: 'created_at',
    among: `state not in ('planned', 'working')`,
    hours: config.MESSAGE_DAYS * 24,
  },
  { table: 'sms_replies', since: 'heard_at', hours: config.MESSAGE_DAYS * 24 },
  { table: 'lessons', since: 'end_at', hours: config.PAST_LESSON_DAYS * 24 },
  { table: 'webhook_deliveries', since: 'created_at', among: `state <> 'working'`, hours: config.WEBHOOK_DAYS * 24 },
  { table: 'push_devices', since: 'last_used_at', hours: config.PUSH_DEVICE_DAYS * 24 },
];
