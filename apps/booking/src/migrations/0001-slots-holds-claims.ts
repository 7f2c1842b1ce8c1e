import { ForwardOnly } from '@scheduling/persistence';

export class SlotsHoldsClaims1795341600000 extends ForwardOnly {
  override readonly sql = /* sql */ `
    -- What each tutor's newest openings said; the lock on a tutor is not on this row.
    create table schedules (
      tutor_id               uuid   primary key,
      version                bigint not null,
      timezone               text   not null,
      currency               text   not null,
      buffer_before_minutes  int    not null check (buffer_before_minutes >= 0),
      buffer_after_minutes   int    not null check (buffer_after_minutes >= 0),
      minimum_notice_minutes int    not null check (minimum_notice_minutes >= 0)
    );

    create table slots (
      id          uuid        primary key default gen_random_uuid(),
      tutor_id    uuid        not null,
      start_at    timestamptz not null,
      end_at      timestamptz not null,
      price_cents int         not null check (price_cents >= 0),
      currency    text        not null,
      capacity    smallint    not null check (capacity > 0),
      offered     boolean     not null, -- What the tutor wants.
      withheld    boolean     not null default false, -- The tutor canceled a lesson here and did not ask for another.
      status      text        not null check (status in ('open', 'held', 'booked', 'closed')), -- What the world may see.
      deleted_at  timestamptz,

      check (start_at < end_at),
      -- A slot is its tutor and its start: it is revived, never made twice. Search and reconciliation read by it.
      constraint slots_one_per_start unique (tutor_id, start_at)
    );

    create table holds (
      id          uuid        primary key,
      slot_id     uuid        not null references slots,
      tutor_id    uuid        not null,
      student_id  uuid        not null,
      seat        smallint    not null check (seat > 0),
      status      text        not null check (status in ('held', 'lapsed', 'released', 'confirmed')),
      price_cents int         not null check (price_cents >= 0),
      currency    text        not null,
      start_at    timestamptz not null,
      end_at      timestamptz not null,
      policy      jsonb       not null,
      held_at     timestamptz not null,
      expires_at  timestamptz not null,
      number      bigint      generated always as identity -- Which of two came later, also within a millisecond.
    );
    -- What the sweeper, and whoever needs the time, ask for.
    create index holds_lapsing on holds (expires_at) where status = 'held';
    -- A student has one hold on a slot at a time, also where a claim would take no notice of a second.
    create unique index holds_one_per_student on holds (slot_id, student_id) where status = 'held';
    -- A student's own holds: the repeated request, and confirm.
    create index holds_of_student on holds (student_id, slot_id, number);

    -- Who is in which lesson: seat 0 is the tutor's, the students' count from 1.
    create table claims (
      slot_id    uuid        not null references slots,
      person_id  uuid        not null,
      seat       smallint    not null check (seat >= 0),
      during     tstzrange   not null, -- The tutor's carries the buffers.
      expires_at timestamptz, -- None once a booking stands behind it.

      primary key (slot_id, person_id),
      constraint claims_one_person_per_seat unique (slot_id, seat),
      -- Nobody is in two lessons at once: not a rule we follow, but a row that cannot exist.
      constraint claims_one_lesson_at_a_time exclude using gist (person_id with =, during with &&)
    );
  `;
}
