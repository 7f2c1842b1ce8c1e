import { ForwardOnly } from '@scheduling/persistence';

export class Sms1795720000004 extends ForwardOnly {
  override readonly sql = /* sql */ `
    -- Phones that have sent STOP and no START since: nothing goes there, whoever they belong to.
    create table sms_opt_outs (
      phone      text        primary key, -- E.164, with a plus.
      stopped_at timestamptz not null
    );

    -- Which STOP and START has been heeded: one that is told again, perhaps after what came next, changes nothing.
    create table sms_replies (
      sid      text        primary key,
      heard_at timestamptz not null
    );

    -- What Twilio has told of texts while the ledger did not know yet that they had been taken.
    create table sms_statuses (
      sid        text        primary key,
      message_id uuid        not null references messages (id) on delete cascade,
      outcome    text        not null check (outcome in ('sent', 'delivered', 'failed')),
      error_code integer,
      heard_at   timestamptz not null
    );
    create index sms_statuses_of_message on sms_statuses (message_id);
  `;
}
