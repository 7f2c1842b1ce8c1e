import { ForwardOnly } from '@scheduling/persistence';

export class BookingsCredits1795345200000 extends ForwardOnly {
  override readonly sql = /* sql */ `
    create table bookings (
      id                        uuid        primary key references holds, -- The hold's id.
      slot_id                   uuid        not null references slots,
      student_id                uuid        not null,
      tutor_id                  uuid        not null,
      start_at                  timestamptz not null,
      end_at                    timestamptz not null,
      status                    text        not null
        check (status in ('pending_payment', 'confirmed', 'canceled', 'completed', 'refunded')),
      price_cents               int         not null check (price_cents >= 0),
      currency                  text        not null,
      payment_method            text        not null,
      payment_intent_id         text,
      calendar_event_id_student text,
      calendar_event_id_tutor   text,
      join_link                 text        not null,
      policy                    jsonb       not null,
      version                   int         not null check (version > 0),
      canceled_by               uuid,
      cancel_reason             text,
      refunded_cents            int         not null default 0 check (refunded_cents between 0 and price_cents),
      created_at                timestamptz not null,
      updated_at                timestamptz not null,
      deleted_at                timestamptz
    );
    -- One's own lessons, newest first, from either side.
    create index bookings_of_student on bookings (student_id, start_at desc, id);
    create index bookings_of_tutor on bookings (tutor_id, start_at desc, id);

    -- The books: each row moves an amount from one account to another, so they sum to zero by shape.
    create table transfers (
      id             bigint      generated always as identity primary key,
      debit_account  text        not null,
      credit_account text        not null,
      amount_cents   bigint      not null check (amount_cents > 0),
      currency       text        not null,
      kind           text        not null check (kind in ('grant', 'payment', 'refund')),
      booking_id     uuid        references bookings,
      made_by        uuid        not null,
      reason         text,
      made_at        timestamptz not null,
      check (debit_account <> credit_account)
    );
    create index transfers_of_booking on transfers (booking_id) where booking_id is not null;

    -- Only students have one: the platform's and the tutors' sums would be everyone's lock.
    -- One a currency, so that what was paid in one can always go back in it.
    create table balances (
      person_id     uuid        not null,
      currency      text        not null,
      balance_cents bigint      not null,
      changed_at    timestamptz not null,
      primary key (person_id, currency),
      constraint balances_never_negative check (balance_cents >= 0)
    );
  `;
}
