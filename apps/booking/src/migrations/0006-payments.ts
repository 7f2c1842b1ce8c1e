import { ForwardOnly } from '@scheduling/persistence';

export class Payments1795501000000 extends ForwardOnly {
  override readonly sql = /* sql */ `
    -- What a card pays: one intent for each hold, from the moment that one is asked for. No secret of Stripe's is ever kept.
    create table payments (
      id              uuid        primary key references holds, -- The hold's id, which its booking takes.
      goal            text        not null check (goal in ('await', 'capture', 'charge', 'release')),
      state           text        not null check (state in ('planned', 'working', 'settled')),
      outcome         text        check (outcome in ('captured', 'released', 'failed', 'declined')),
      intent_id       text        constraint payments_one_per_intent unique,
      customer_id     text, -- Whose saved card is charged while they are away.
      method_id       text,
      amount_cents    int         not null check (amount_cents > 0),
      currency        text        not null,
      refunded_cents  int         not null default 0, -- What is on its way back, or has gone.
      keys            int         not null default 1, -- Idempotency keys used up to make the intent.
      is_news         boolean     not null default false, -- Stripe has told of it while a worker was at it.
      attempts        int         not null default 0,
      next_attempt_at timestamptz not null,
      lease_until     timestamptz,
      last_error      text,
      created_at      timestamptz not null,
      settled_at      timestamptz,
      check ((state = 'settled') = (outcome is not null)),
      constraint payments_never_overdrawn check (refunded_cents between 0 and amount_cents)
    );
    create index payments_due on payments (next_attempt_at) where state <> 'settled';

    create table refunds (
      id              uuid        primary key,
      payment_id      uuid        not null references payments,
      amount_cents    int         not null check (amount_cents > 0),
      state           text        not null check (state in ('planned', 'working', 'returned', 'failed')),
      refund_id       text        constraint refunds_one_per_refund unique, -- Stripe's; from then on it is in the books.
      made_by         uuid        not null,
      keys            int         not null default 1,
      attempts        int         not null default 0,
      next_attempt_at timestamptz not null,
      lease_until     timestamptz,
      last_error      text,
      created_at      timestamptz not null,
      settled_at      timestamptz
    );
    create index refunds_of_payment on refunds (payment_id);
    create index refunds_due on refunds (next_attempt_at) where state in ('planned', 'working');

    -- What Stripe told us of, once each; what it was about is read again when it is worked on.
    create table stripe_events (
      id              text        primary key,
      type            text        not null,
      object_id       text        not null,
      stated_at       timestamptz not null,
      state           text        not null check (state in ('planned', 'working', 'done')),
      attempts        int         not null default 0,
      next_attempt_at timestamptz not null,
      lease_until     timestamptz,
      last_error      text,
      received_at     timestamptz not null
    );
    create index stripe_events_due on stripe_events (next_attempt_at) where state <> 'done';
    -- Until when Stripe's own list of events was read, for those that never arrived.
    create table stripe_reads (
      is_only    boolean     primary key default true check (is_only),
      read_until timestamptz not null
    );

    create table stripe_customers (
      student_id  uuid        primary key,
      customer_id text        not null constraint stripe_customers_one_per_customer unique,
      method_id   text, -- The card saved last.
      updated_at  timestamptz not null
    );

    -- What only a person can settle.
    create table operator_tasks (
      id         uuid        primary key,
      number     bigint      generated always as identity unique,
      kind       text        not null,
      subject    text        not null, -- What it is about: one task of a kind for each.
      facts      jsonb       not null,
      created_at timestamptz not null,
      done_at    timestamptz,
      done_by    uuid,
      constraint operator_tasks_once unique (kind, subject)
    );
    create index operator_tasks_open on operator_tasks (number) where done_at is null;
  `;
}
