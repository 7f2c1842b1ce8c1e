import type { PersonId } from '@scheduling/domain';
import { keepNothingOf } from './audit.ts';
import { forgetPrivateOf } from './audit-forgetting.ts';
import type { Tx } from './database.ts';

/**
 * Lets go of what every service keeps of a person beside its own tables: answers to their requests, from where and why they did what they
 * did, and facts about them that could not be delivered. That they are gone is kept for as long as a token may live.
 */
export async function forgetPerson(tx: Tx, person: PersonId): Promise<void> {
  await forgetPrivateOf(tx, person);
  keepNothingOf(tx, person);
  await tx.sql`insert into erased_people (person_id, erased_at) values (${person}, ${tx.now}) on conflict do nothing`;
  await tx.sql`delete from idempotency where person_id = ${person}`;
  await tx.sql`delete from dead_letters where envelope @> ${JSON.stringify({ partitionkey: person })}::jsonb`;
}
