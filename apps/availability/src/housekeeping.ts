import type { Kept } from '@scheduling/service-kit';
import type { AvailabilityConfig } from './config.ts';

/** What the past leaves, and what tutors took back. A rule that goes on is not over. */
export const housekeeping = (config: AvailabilityConfig): Kept[] => [
  { table: 'taken_windows', since: 'end_at', among: `kind <> 'free'`, hours: config.PAST_TAKEN_DAYS * 24 },
  { table: 'taken_windows', since: 'heard_at', among: `kind = 'free'`, hours: config.PAST_TAKEN_DAYS * 24 },
  { table: 'busy_windows', since: 'end_at', hours: config.PAST_BUSY_DAYS * 24 },
  ...['availability_blocks', 'time_off_blocks', 'date_overrides'].map((table) => ({
    table,
    since: 'deleted_at',
    among: 'deleted_at is not null',
    hours: config.PAST_RULE_DAYS * 24,
  })),
  {
    table: 'availability_blocks',
    since: 'coalesce(over_at, end_at)',
    among: '(not is_recurring or over_at is not null)',
    hours: config.PAST_RULE_DAYS * 24,
  },
  {
    table: 'time_off_blocks',
    since: 'coalesce(over_at, end_at)',
    among: '(rrule is null or over_at is not null)',
    hours: config.PAST_RULE_DAYS * 24,
  },
  { table: 'date_overrides', since: 'on_date', hours: config.PAST_RULE_DAYS * 24 },
];
