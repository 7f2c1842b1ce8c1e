import type { UserChanged } from '@scheduling/contracts';
import type { PersonId } from '@scheduling/domain';
import type { Tx } from '@scheduling/persistence';

/** A person as calendars need to know them. */
export interface Person {
  readonly id: PersonId;
  /** May be empty. */
  readonly name: string;
  /** IANA zone. */
  readonly timezone: string;
}

/** Writes a person's newest state; an older version than the known one changes nothing. */
export async function upsertPerson(tx: Tx, { user_id: id, name, timezone, version }: UserChanged): Promise<void> {
  await tx.sql`
    insert into people as known (person_id, name, timezone, version) values (${id}, ${name}, ${timezone}, ${version})
    on conflict (person_id) do update
      set name = excluded.name, timezone = excluded.timezone, version = excluded.version
      where known.version < excluded.version`;
}

/** Those of these people who are known, by their ids. */
export async function findPeople(tx: Tx, ids: readonly PersonId[]): Promise<Map<PersonId, Person>> {
  const rows = await tx.sql<Person>`
    select person_id as id, name, timezone from people where person_id = any(${ids}::uuid[])`;
  return new Map(rows.map((row) => [row.id, row]));
}
