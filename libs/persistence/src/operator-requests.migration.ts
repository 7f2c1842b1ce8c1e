import { ForwardOnly } from './forward-only.ts';

/** What an operator wants of a consumer group: a row that a replica of the service carries out. */
export class OperatorRequests1795830000002 extends ForwardOnly {
  override readonly sql = /* sql */ `
    create table operator_requests (
      id              uuid        primary key default gen_random_uuid(),
      action          text        not null check (action in ('pause', 'resume', 'replay', 'redeliver')),
      consumer_group  text        not null,
      argument        text,       -- Of replay: earliest, or an instant. Of redeliver: the event's id.
      asked_by        text        not null default session_user,
      asked_at        timestamptz not null default now(),
      state           text        not null default 'planned' check (state in ('planned', 'working', 'done', 'failed')),
      attempts        int         not null default 0,
      next_attempt_at timestamptz not null default date_trunc('milliseconds', now()), -- As finely as replicas look.
      lease_until     timestamptz,
      error           text,
      ended_at        timestamptz,
      check ((argument is null) = (action in ('pause', 'resume')))
    );
    create index operator_requests_due on operator_requests (next_attempt_at) where state in ('planned', 'working');
    create index operator_requests_ended on operator_requests (ended_at) where ended_at is not null;
  `;
}
