import { ForwardOnly } from './forward-only.ts';

/** What every service's schema has: facts on their way out, receipts of facts that came in, periodic jobs, answers given. */
export class Foundation1795338000000 extends ForwardOnly {
  override readonly sql = /* sql */ `
    -- A pending set, not a log: the relay takes whatever it finds here, in the order of ids, and deletes it.
    create table outbox (
      id       bigint generated always as identity primary key,
      event_id uuid  not null,
      topic    text  not null,
      key      text  not null,
      type     text  not null,
      envelope jsonb not null
    ) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);

    create table inbox (
      consumer_group text        not null,
      event_id       uuid        not null,
      received_at    timestamptz not null,
      primary key (consumer_group, event_id)
    );

    -- Deliveries that failed and will be tried again.
    create table failed_deliveries (
      consumer_group text        not null,
      event_id       uuid        not null,
      attempts       int         not null,
      last_error     text        not null,
      primary key (consumer_group, event_id)
    );

    -- Deliveries given up; the envelope is kept, so that a person can deliver it again.
    create table dead_letters (
      consumer_group text        not null,
      event_id       uuid        not null,
      envelope       jsonb       not null,
      error          text        not null,
      attempts       int         not null,
      died_at        timestamptz not null,
      resolved_at    timestamptz,
      primary key (consumer_group, event_id)
    );

    -- What an operator wants of a consumer group; every replica reads it.
    create table consumer_groups (
      consumer_group text    primary key,
      paused         boolean not null default false
    );

    -- Who runs a periodic job next is whoever moves its row.
    create table ticks (
      job         text        primary key,
      next_at     timestamptz not null,
      last_run_at timestamptz
    );

    -- Answers to requests that carried an Idempotency-Key; each commits with the effect of its request.
    create table idempotency (
      person_id   uuid        not null,
      key         text        not null,
      fingerprint text        not null,
      answer      jsonb       not null,
      answered_at timestamptz not null,
      primary key (person_id, key)
    );
  `;
}
