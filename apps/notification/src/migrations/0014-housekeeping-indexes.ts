import { StepByStep } from '@scheduling/persistence';

export class HousekeepingIndexes1795830000051 extends StepByStep {
  override readonly steps = [
    // What is done with, by its age; what is still to be sent stays out of it.
    "create index concurrently if not exists messages_over on messages (created_at) where state not in ('planned', 'working')",
    'create index concurrently if not exists lessons_over on lessons (end_at)',
    'create index concurrently if not exists push_devices_by_use on push_devices (last_used_at)',
    'create index concurrently if not exists sms_replies_by_age on sms_replies (heard_at)',
    'create index concurrently if not exists webhook_deliveries_by_age on webhook_deliveries (created_at)',
    'alter table in_app validate constraint in_app_message_id_fkey',
    'alter table messages validate constraint messages_digest_id_fkey',
  ];
}
