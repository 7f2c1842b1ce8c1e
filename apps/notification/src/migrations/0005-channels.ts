import { ForwardOnly } from '@scheduling/persistence';

export class Channels1795720000000 extends ForwardOnly {
  override readonly sql = /* sql */ `
    alter table recipients add column phone text; -- E.164, with a plus; none while accounts has named none.

    -- Which kinds there are is said in one place, messages/kinds.ts; a new one needs no migration.
    alter table messages drop constraint messages_kind_check;
    alter table messages add constraint messages_kind_check check (kind ~ '^[a-z_]{1,40}$');
    alter table messages drop constraint messages_channel_check;
    alter table messages add constraint messages_channel_check check (channel in ('email', 'sms', 'in_app', 'push'));

    alter table messages
      add column provider_id  text,        -- What the provider calls it, where it has a name for it.
      add column delivered_at timestamptz, -- When it is known to have reached its reader.
      add column handing_at   timestamptz, -- When it was handed over, while nobody knows what became of that.
      add column due_at       timestamptz; -- When it was to be sent, whatever has been tried since.
    update messages set due_at = created_at;
    alter table messages drop constraint messages_state_check;
    alter table messages add constraint messages_state_check
      check (state in ('planned', 'working', 'sent', 'delivered', 'failed', 'dead', 'unknown', 'revoked', 'skipped'));
    alter table messages drop constraint messages_check1;
    alter table messages add constraint messages_sent_at_check check (state not in ('sent', 'delivered') or sent_at is not null);
    alter table messages add constraint messages_delivered_at_check check (state <> 'delivered' or delivered_at is not null);

    -- Each channel has a loop of its own.
    drop index messages_due;
    create index messages_due on messages (channel, next_attempt_at) where state in ('planned', 'working');
    create index messages_by_provider on messages (provider_id) where provider_id is not null;
  `;
}
