import { ForwardOnly } from '@scheduling/persistence';

export class Privacy1795740000020 extends ForwardOnly {
  override readonly sql = /* sql */ `
    -- People who are gone, and what is still to be ended of theirs; a token that still lives may begin something for an hour more.
    create table erasures (
      person_id       uuid        primary key,
      requested_at    timestamptz not null,
      next_attempt_at timestamptz not null,
      attempts        int         not null default 0,
      last_error      text,
      done_at         timestamptz
    );
    create index erasures_due on erasures (next_attempt_at) where done_at is null;
  `;
}
