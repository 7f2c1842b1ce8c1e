import { AccountErased, type PersonId } from '@scheduling/domain';
import type { Tx } from './database.ts';

/**
 * Locks people until the transaction ends, all together and in one order for everyone, so that two who want the same
 * two people wait for each other instead of deadlocking. The lock is this service's own, for nobody else's rows.
 */
export async function lockPeople(tx: Tx, people: readonly PersonId[]): Promise<void> {
  const sorted = [...new Set(people)].toSorted();
  await tx.prepared`
    select pg_advisory_xact_lock(hashtextextended(current_schema() || ' person ' || id, 0))
      from unnest(${sorted}::uuid[]) as id`;
}

/** Locks a person who wants something, and refuses whoever was erased: their token, or a link in a mail, may outlive them. */
export async function lockLiving(tx: Tx, person: PersonId): Promise<void> {
  // Both are sent at once: the second sees what was committed by the time that the first has the lock.
  const [, [gone]] = await Promise.all([
    lockPeople(tx, [person]),
    tx.prepared<object>`select from erased_people where person_id = ${person}`,
  ]);
  if (gone) throw new AccountErased();
}
