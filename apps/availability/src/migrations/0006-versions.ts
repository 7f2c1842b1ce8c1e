import { ForwardOnly } from '@scheduling/persistence';

export class Versions1795740000035 extends ForwardOnly {
  override readonly sql = /* sql */ `
    -- Grow with each change, so that whoever has read an older one can be told.
    alter table tutor_settings add column version int not null default 1;
    alter table availability_blocks add column version int not null default 1;
  `;
}
