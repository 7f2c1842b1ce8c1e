import { ForwardOnly } from '@scheduling/persistence';

export class PreferencesInbox1795720000003 extends ForwardOnly {
  override readonly sql = /* sql */ `
    -- How people want to be told of things; who has no row has chosen nothing.
    create table notification_settings (
      user_id         uuid   primary key,
      quiet_from      time,   -- By their own clock; later than the end: over midnight.
      quiet_until     time,
      digest          text   not null check (digest in ('off', 'daily')),
      sms_opted_in_at timestamptz,
      version         bigint not null,

      check ((quiet_from is null) = (quiet_until is null)),
      check (quiet_from <> quiet_until)
    );

    -- Only what differs from what goes for everybody.
    create table notification_choices (
      user_id uuid    not null,
      kind    text    not null,
      channel text    not null check (channel in ('email', 'sms', 'in_app', 'push')),
      is_on   boolean not null,
      primary key (user_id, kind, channel)
    );

    alter table messages
      add column digest_id uuid references messages (id), -- The digest that it is gathered in.
      add column gathered  jsonb,                         -- What it says there, in its reader's words.
      add constraint messages_gathered_check check ((digest_id is null) = (gathered is null));
    create index messages_gathered on messages (digest_id) where digest_id is not null;
    -- What an operator looks for.
    create index messages_by_recipient on messages (recipient_id, created_at);
    create index messages_by_age on messages (created_at, id);

    -- What people read where they are signed in.
    create table in_app (
      message_id uuid        primary key references messages (id),
      user_id    uuid        not null,
      kind       text        not null,
      title      text        not null,
      body       text        not null,
      link       text,
      booking_id uuid, -- None where it is about no booking.
      created_at timestamptz not null,
      read_at    timestamptz
    );
    create index in_app_newest on in_app (user_id, created_at desc, message_id desc);
    create index in_app_unread on in_app (user_id) where read_at is null;
  `;
}
