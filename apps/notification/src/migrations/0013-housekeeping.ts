import { ForwardOnly } from '@scheduling/persistence';

export class Housekeeping1795830000050 extends ForwardOnly {
  override readonly sql = /* sql */ `
    -- What people read of a message where they are signed in, and what a digest had gathered, goes with it.
    alter table in_app drop constraint in_app_message_id_fkey;
    alter table in_app add constraint in_app_message_id_fkey
      foreign key (message_id) references messages on delete cascade not valid;
    alter table messages drop constraint messages_digest_id_fkey;
    alter table messages add constraint messages_digest_id_fkey
      foreign key (digest_id) references messages on delete cascade not valid;
  `;
}
