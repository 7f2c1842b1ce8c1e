import { StepByStep } from '@scheduling/persistence';

export class HousekeepingIndexes1795830000036 extends StepByStep {
  override readonly steps = [
    "create index concurrently if not exists taken_over on taken_windows (end_at) where kind <> 'free'",
    "create index concurrently if not exists taken_freed on taken_windows (heard_at) where kind = 'free'",
    'create index concurrently if not exists busy_windows_over on busy_windows (end_at)',
    // What tutors took back, and what is over by itself.
    'create index concurrently if not exists blocks_deleted on availability_blocks (deleted_at) where deleted_at is not null',
    'create index concurrently if not exists blocks_over on availability_blocks (coalesce(over_at, end_at)) where not is_recurring or over_at is not null',
    'create index concurrently if not exists time_off_deleted on time_off_blocks (deleted_at) where deleted_at is not null',
    'create index concurrently if not exists time_off_over on time_off_blocks (coalesce(over_at, end_at)) where rrule is null or over_at is not null',
    'create index concurrently if not exists overrides_deleted on date_overrides (deleted_at) where deleted_at is not null',
    'create index concurrently if not exists overrides_over on date_overrides (on_date)',
  ];
}
