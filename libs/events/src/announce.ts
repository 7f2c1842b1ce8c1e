import { type SchedulingEvent, topicOf } from '@scheduling/contracts';
import { acting, audit, type Tx } from '@scheduling/persistence';
import { deedOf } from './deed-of.ts';
import { type Envelope, seal } from './envelope.ts';
import { NotOursToState } from './event-log.errors.ts';
import { tellOwn } from './own-facts.ts';

const unsaid = new WeakMap<Tx, Envelope[]>();

/**
 * States facts in the transaction that makes them true: both commit, or neither does.
 * They wait for the last moment before COMMIT, so it may be called at any time and as often as one likes.
 * What is stated because of a request stands in the audit trail too.
 */
export function announce(tx: Tx, ...events: SchedulingEvent[]): void {
  const envelopes = events.map((event) => seal(event, tx.now));
  refuseForeign(envelopes, tx.database.schema);
  if (acting().requestId !== null) audit(tx, ...envelopes.map(deedOf));
  const earlier = unsaid.get(tx);
  if (earlier) {
    earlier.push(...envelopes);
  } else {
    unsaid.set(tx, envelopes);
    tx.lastly(() => flush(tx));
  }
}

async function flush(tx: Tx): Promise<void> {
  const envelopes = (unsaid.get(tx) ?? []).toSorted(byKey);
  unsaid.delete(tx);
  if (envelopes.length === 0) return;

  // The locks come before the identities are drawn: whoever has a key's lock sees all earlier facts about it committed,
  // with lower ids. All transactions take their keys in one order, so that no two wait for each other.
  const keys = [...new Set(envelopes.map((envelope) => envelope.partitionkey))];
  tellOwn(tx, envelopes);
  await tx.prepared`
    with locked as materialized (
      select pg_advisory_xact_lock(hashtextextended('outbox ' || current_schema() || ' ' || key, 0))
        from unnest(${keys}::text[]) as key)
    insert into outbox (event_id, topic, key, type, envelope)
    select event_id, topic, key, type, ${JSON.stringify(envelopes)}::jsonb -> (place::int - 1)
      from (select count(*) from locked) as all_locked,
           unnest(${envelopes.map(({ id }) => id)}::uuid[],
                  ${envelopes.map(({ type }) => topicOf(type))}::text[],
                  ${envelopes.map(({ partitionkey }) => partitionkey)}::text[],
                  ${envelopes.map(({ type }) => type)}::text[])
           with ordinality as event (event_id, topic, key, type, place)
     order by place`;
}

/** The log would refuse it too, but only in the relay, where it would hold up everything behind it. */
function refuseForeign(envelopes: readonly Envelope[], schema: string): void {
  const own = `scheduling.${schema.replaceAll('_', '-')}`;
  for (const { type } of envelopes) if (topicOf(type) !== own) throw new NotOursToState(topicOf(type), schema);
}

const byKey = (a: Envelope, b: Envelope): number =>
  a.partitionkey === b.partitionkey ? 0 : a.partitionkey < b.partitionkey ? -1 : 1;
