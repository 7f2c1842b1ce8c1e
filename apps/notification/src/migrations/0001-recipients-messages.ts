import { ForwardOnly } from '@scheduling/persistence';

export class RecipientsMessages1795348800000 extends ForwardOnly {
  override readonly sql = /* sql */ `
    -- What accounts last said of each person.
    create table recipients (
      user_id    uuid        primary key,
      email      text, -- None while no token has named one.
      name       text        not null,
      timezone   text        not null,
      locale     text        not null,
      version    bigint      not null,
      updated_at timestamptz not null
    );

    -- Ledger and queue in one: what was or will be said to whom, and what became of it.
    create table messages (
      id                uuid        primary key default gen_random_uuid(),
      booking_id        uuid        not null,
      booking_version   bigint      not null,
      recipient_id      uuid        not null,
      channel           text        not null check (channel in ('email')),
      kind              text        not null check (kind in ('booking_confirmed', 'booking_canceled')),
      event             jsonb       not null, -- The booking's public state, of which the message is made.
      state             text        not null
        check (state in ('planned', 'working', 'sent', 'failed', 'revoked', 'skipped')),
      attempts          int         not null default 0,
      next_attempt_at   timestamptz not null,
      lease_until       timestamptz,
      message_id        text        not null unique, -- Made of the unique key, so that a repeat can be known as one.
      provider_response text,
      last_error        text,
      created_at        timestamptz not null,
      sent_at           timestamptz,

      check ((state = 'working') = (lease_until is not null)),
      check ((state = 'sent') = (sent_at is not null)),
      -- One thing is said once to one person; revoking looks rows up by it too.
      constraint messages_said_once unique (booking_id, booking_version, recipient_id, channel, kind)
    );
    -- What is due; all that is done with stays out of it.
    create index messages_due on messages (next_attempt_at) where state in ('planned', 'working');
  `;
}
