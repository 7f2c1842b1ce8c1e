import { ForwardOnly } from '@scheduling/persistence';

export class CalendarsAndProposals1795630000000 extends ForwardOnly {
  override readonly sql = /* sql */ `
    -- Whose calendar shows lessons by itself, by the newest word about the connection; also of people who are not known yet.
    create table calendar_connections (
      user_id      uuid    primary key,
      version      bigint  not null,
      is_connected boolean not null
    );

    alter table messages drop constraint messages_kind_check;
    alter table messages add constraint messages_kind_check
      check (kind in ('booking_confirmed', 'booking_canceled', 'booking_rescheduled', 'booking_refunded',
                      'payment_failed', 'lesson_conflicted', 'waitlist_offered', 'lesson_link_ready',
                      'proposal_made', 'proposal_answered', 'calendar_reconnect'));
    alter table messages
      add column proposal_id uuid, -- Which of the proposals about one version of a booking; null for all other news.
      add column has_file boolean; -- Whether a calendar file went with it; null: as its kind has one.

    -- The version before writes no proposal, and names no constraint where it writes a row once.
    alter table messages drop constraint messages_said_once;
    alter table messages add constraint messages_said_once
      unique nulls not distinct (booking_id, booking_version, recipient_id, channel, kind, proposal_id);

    comment on column messages.booking_id is 'What it is about: a booking, or the person whose calendar is to be connected again.';
    comment on column messages.booking_version is
      'The booking''s, or the connection''s; 0 for an offer, whose hold has the id that its booking will have.';
  `;
}
