import type { Deed } from '@scheduling/persistence';
import type { Envelope } from './envelope.ts';

/** What a fact may be about, the narrowest first: one about a proposal names its booking too. */
const KINDS = ['proposal', 'waitlist', 'notification', 'booking', 'hold', 'series'] as const;

/** A fact as the audit trail keeps it; one that names no thing of these kinds is about the person of its key. */
export function deedOf({ type, data, partitionkey }: Envelope): Deed {
  const ids = data as Readonly<Record<string, unknown>>;
  const kind = KINDS.find((each) => typeof ids[`${each}_id`] === 'string');
  return {
    action: type.split('.')[2]!,
    subject: kind ? [kind, String(ids[`${kind}_id`])] : ['person', partitionkey],
  };
}
