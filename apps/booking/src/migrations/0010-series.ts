import { ForwardOnly } from '@scheduling/persistence';

export class Series1795505000000 extends ForwardOnly {
  override readonly sql = /* sql */ `
    -- How far the tutor's openings reach: what lies beyond may still be offered.
    alter table schedules add horizon_at timestamptz;

    create table series (
      id             uuid        primary key,
      number         bigint      generated always as identity, -- The order in which they were made, and in which slots come to them.
      student_id     uuid        not null,
      tutor_id       uuid        not null,
      timezone       text        not null, -- Whose wall clock its lessons keep.
      rule           text        not null check (rule in ('weekly', 'biweekly', 'monthly')),
      on_conflict    text        not null check (on_conflict in ('refuse', 'skip', 'nearest')),
      payment_method text        not null,
      price_cents    int         not null check (price_cents >= 0), -- The most that a later lesson may cost.
      currency       text        not null,
      created_at     timestamptz not null
    );
    -- One's own series, the newest first, from either side.
    create index series_of_student on series (student_id, number);
    create index series_of_tutor on series (tutor_id, number);

    create table series_dates (
      series_id  uuid        not null references series,
      number     smallint    not null check (number > 0),
      tutor_id   uuid        not null,
      start_at   timestamptz not null, -- By the rule; the lesson itself may have been put or moved elsewhere.
      status     text        not null check (status in ('planned', 'booked', 'skipped', 'canceled')),
      code       text, -- Why it was skipped, or not booked at its own time.
      booking_id uuid        references bookings,
      primary key (series_id, number),
      check ((booking_id is not null) = (status = 'booked')),
      check (code is not null or status <> 'skipped')
    );
    -- What new slots are reserved for: asked whenever time is offered or comes free, and empty as a rule.
    create index series_dates_planned on series_dates (tutor_id, start_at) where status = 'planned';

    alter table bookings add constraint bookings_series_id_fkey foreign key (series_id) references series not valid;
    alter table bookings validate constraint bookings_series_id_fkey;
    -- Lessons of series that are still to be paid for.
    create index bookings_to_charge on bookings (start_at) where status = 'pending_payment' and series_id is not null;

    -- Lessons whose payment was refused, or of which a card is being asked, and when that is tried again.
    create table series_charges (
      booking_id      uuid        primary key references bookings,
      code            text, -- Why it was refused the last time; null where a card is being asked.
      attempts        int         not null check (attempts > 0),
      next_attempt_at timestamptz not null
    );
  `;
}
