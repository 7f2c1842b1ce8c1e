import type { Kept } from '@scheduling/service-kit';
import type { CalendarSyncConfig } from './config.ts';

/** What the past leaves. What calendars showed of a lesson goes with the lesson. */
export const housekeeping = (config: CalendarSyncConfig): Kept[] => [
  { table: 'lessons', since: 'end_at', hours: config.PAST_LESSON_DAYS * 24 },
  { table: 'meetings', since: 'end_at', among: `state = 'idle'`, hours: config.PAST_LESSON_DAYS * 24 },
  { table: 'busy_events', since: 'end_at', hours: config.PAST_BUSY_DAYS * 24 },
  { table: 'repairs', since: 'found_at', hours: config.REPAIR_DAYS * 24 },
  { table: 'oauth_states', since: 'expires_at', hours: config.OAUTH_STATE_HOURS },
];
