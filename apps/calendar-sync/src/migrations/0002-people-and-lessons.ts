import { ForwardOnly } from '@scheduling/persistence';

export class PeopleAndLessons1795600100000 extends ForwardOnly {
  override readonly sql = /* sql */ `
    -- What accounts last said of each person.
    create table people (
      person_id uuid   primary key,
      name      text   not null,
      timezone  text   not null,
      version   bigint not null
    );

    -- What each person chose; who chose nothing has no row.
    create table calendar_settings (
      user_id       uuid primary key,
      on_moved      text not null default 'restore' check (on_moved in ('restore', 'propose')), -- As a tutor.
      video         text not null default 'google_meet' check (video in ('google_meet', 'zoom', 'link')), -- As a tutor.
      link_template text, -- Of the tutor's own; without one 'link' means the platform's.
      check (video = 'link' or link_template is null)
    );

    -- What booking last said of each lesson that was ever confirmed.
    create table lessons (
      booking_id uuid        primary key,
      version    bigint      not null,
      tutor_id   uuid        not null,
      student_id uuid        not null,
      start_at   timestamptz not null,
      end_at     timestamptz not null,
      is_on      boolean     not null, -- False once it is called off.
      join_link  text        not null,
      tutor_timezone text    not null,
      updated_at timestamptz not null
    );
    create index lessons_of_tutor on lessons (tutor_id, end_at);
    create index lessons_of_student on lessons (student_id, end_at);

    -- A lesson in a calendar of one of its people. The row is the job: it says what should be, and what is as far as we know.
    create table lesson_events (
      id              uuid        primary key default gen_random_uuid(),
      booking_id      uuid        not null,
      user_id         uuid        not null,
      calendar_id     text        not null,
      side            text        not null check (side in ('tutor', 'student')),
      generation      int         not null default 1, -- Part of the event's id; grows where a calendar does not let go of a dead one.
      event_id        text        not null,
      is_wanted       boolean     not null,
      wanted_version  bigint      not null,           -- The booking's version that the calendar should show.
      -- What was written last, none while nothing is there: what a calendar says is compared with it.
      written_version bigint,
      written_at      timestamptz,
      written_start   timestamptz,
      written_end     timestamptz,
      google_updated_at timestamptz,                  -- The event's own 'updated' of that writing, or of a newer state that we know.
      join_link       text,                           -- The link that the calendar gave, if any.
      meet_tries      int         not null default 0, -- How often it was asked whether there is one by now.
      needs_look      boolean     not null default false, -- Something was heard of the event while it was written.
      awaits_answer   text        check (awaits_answer in ('moved', 'removed')), -- What its owner did, and the other side decides about.
      state           text        not null check (state in ('idle', 'planned', 'working')),
      attempts        int         not null default 0,
      next_attempt_at timestamptz not null,
      lease_until     timestamptz,
      last_error      text,
      unique (booking_id, user_id, calendar_id),
      check ((state = 'working') = (lease_until is not null))
    );
    create index lesson_events_due on lesson_events (next_attempt_at) where state in ('planned', 'working');
    create index lesson_events_of on lesson_events (user_id, calendar_id);
    create index lesson_events_by_event on lesson_events (event_id);

    -- Each difference that a comparison of our lessons with a calendar found and repaired.
    create table repairs (
      id         bigint      generated always as identity primary key,
      user_id    uuid        not null,
      booking_id uuid        not null,
      kind       text        not null check (kind in ('missing', 'moved', 'left_over', 'doubled')),
      found_at   timestamptz not null
    );
    create index repairs_of on repairs (user_id, found_at desc);
  `;
}
