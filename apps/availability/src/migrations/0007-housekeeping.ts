import { ForwardOnly } from '@scheduling/persistence';

export class Housekeeping1795830000035 extends ForwardOnly {
  override readonly sql = /* sql */ `
    -- Free time has no end: it is told by when it was heard of.
    alter table taken_windows add column heard_at timestamptz not null default now();
  `;
}
