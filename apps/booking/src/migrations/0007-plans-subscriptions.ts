import { ForwardOnly } from '@scheduling/persistence';

export class PlansSubscriptions1795502000000 extends ForwardOnly {
  override readonly sql = /* sql */ `
    create table plans (
      id                 uuid        primary key,
      name               text        not null,
      period             text        not null check (period in ('week', 'month')),
      lessons_per_period int         not null check (lessons_per_period > 0),
      price_cents        int         not null check (price_cents >= 0), -- For people to read: what is charged is Stripe's business.
      currency           text        not null,
      stripe_price_id    text        constraint plans_one_per_stripe_price unique,
      active             boolean     not null,
      made_by            uuid        not null,
      created_at         timestamptz not null,
      updated_at         timestamptz not null
    );

    create table subscriptions (
      id                     uuid        primary key,
      number                 bigint      generated always as identity, -- The order in which they were made.
      student_id             uuid        not null,
      plan_id                uuid        not null references plans,
      stripe_subscription_id text        constraint subscriptions_one_per_stripe unique, -- None: its periods follow the calendar.
      starts_at              timestamptz not null,
      ends_at                timestamptz, -- None: nobody has ended it.
      rolls_at               timestamptz, -- When its next period is due by the calendar; none where Stripe says, or nothing follows.
      made_by                uuid        not null,
      canceled_by            uuid,
      created_at             timestamptz not null,
      check (ends_at >= starts_at),
      check (rolls_at is null or stripe_subscription_id is null and ends_at is null)
    );
    create unique index subscriptions_of_student on subscriptions (student_id, number);
    -- Empty as a rule.
    create index subscriptions_rolling on subscriptions (rolls_at) where rolls_at is not null;

    create table subscription_periods (
      id              uuid        primary key,
      subscription_id uuid        not null references subscriptions,
      starts_at       timestamptz not null,
      ends_at         timestamptz not null,
      allowance       int         not null, -- Lessons; what the plan gave by the time that the period began.
      used            int         not null default 0,
      check (starts_at < ends_at),
      constraint periods_within_allowance check (used between 0 and allowance),
      constraint periods_one_per_start unique (subscription_id, starts_at),
      constraint periods_apart exclude using gist (subscription_id with =, tstzrange(starts_at, ends_at) with &&)
    );
    alter table bookings
      add constraint bookings_period_id_fkey foreign key (period_id) references subscription_periods not valid;
    alter table bookings validate constraint bookings_period_id_fkey;

    -- What Stripe has said, also of subscriptions that nobody has told us of yet.
    create table stripe_subscriptions (
      id       text        primary key,
      ended_at timestamptz
    );
    create table stripe_invoices (
      id                     text        primary key,
      stripe_subscription_id text        not null references stripe_subscriptions,
      stripe_price_id        text,
      quantity               int         not null check (quantity > 0),
      starts_at              timestamptz not null,
      ends_at                timestamptz not null,
      check (starts_at < ends_at)
    );
    create index stripe_invoices_of_subscription on stripe_invoices (stripe_subscription_id, starts_at);
  `;
}
