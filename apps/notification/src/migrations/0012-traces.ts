import { ForwardOnly } from '@scheduling/persistence';

export class Traces1795830000049 extends ForwardOnly {
  override readonly sql = /* sql */ `
    -- The W3C trace in which a message was planned: its sending goes on with it.
    alter table messages add column traceparent text;
  `;
}
