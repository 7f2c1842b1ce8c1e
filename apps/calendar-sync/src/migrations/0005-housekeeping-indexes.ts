import { StepByStep } from '@scheduling/persistence';

export class HousekeepingIndexes1795830000031 extends StepByStep {
  override readonly steps = [
    // What is over is found by when it was.
    'create index concurrently if not exists lessons_over on lessons (end_at)',
    "create index concurrently if not exists meetings_over on meetings (end_at) where state = 'idle'",
    'create index concurrently if not exists busy_events_over on busy_events (end_at)',
    'create index concurrently if not exists repairs_by_age on repairs (found_at)',
    'alter table lesson_events validate constraint lesson_events_of_lesson',
  ];
}
