import type { Database, Tx } from '@scheduling/persistence';
import type { Envelope } from './envelope.ts';

type Listener = (envelope: Envelope) => void;

const listeners = new WeakMap<Database, Listener[]>();

/** Hears what the transactions of a database announce as soon as they are committed: this process knows before the log does. */
export function hearOwn(db: Database, listener: Listener): void {
  listeners.set(db, [...(listeners.get(db) ?? []), listener]);
}

/** Lets those who listen hear facts once their transaction is committed. */
export function tellOwn(tx: Tx, envelopes: readonly Envelope[]): void {
  const listening = listeners.get(tx.database) ?? [];
  if (listening.length === 0) return;
  tx.afterCommit(() => {
    for (const envelope of envelopes) for (const listener of listening) listener(envelope);
  });
}
