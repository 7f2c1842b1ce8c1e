import { StepByStep } from './step-by-step.ts';

/** What housekeeping goes by: how old a receipt and an answer is, and since when a dead letter is settled. */
export class Housekeeping1795830000001 extends StepByStep {
  override readonly steps = [
    'create index concurrently if not exists inbox_by_age on inbox (received_at)',
    'create index concurrently if not exists idempotency_by_age on idempotency (answered_at)',
    'create index concurrently if not exists dead_letters_resolved on dead_letters (resolved_at) where resolved_at is not null',
    'create index concurrently if not exists dead_letters_waiting on dead_letters (consumer_group) where resolved_at is null',
  ];
}
