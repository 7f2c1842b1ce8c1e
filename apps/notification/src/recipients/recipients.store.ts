import type { UserChanged } from '@scheduling/contracts';
import type { PersonId } from '@scheduling/domain';
import type { Tx } from '@scheduling/persistence';

/** A person as messages need to know them. */
export interface Recipient {
  readonly id: PersonId;
  readonly email: string | null;
  readonly name: string;
  /** IANA zone. */
  readonly timezone: string;
  /** BCP 47 language tag. */
  readonly locale: string;
  /** Whether lessons come into their calendar by themselves. */
  readonly isCalendarConnected: boolean;
}

/** Writes a person's newest state; an older version than the known one changes nothing. */
export async function upsertRecipient(tx: Tx, changed: UserChanged): Promise<void> {
  const { user_id: id, email, name, timezone, locale, version } = changed;
  await tx.sql`
    insert into recipients as known (user_id, email, name, timezone, locale, version, updated_at)
    values (${id}, ${email}, ${name}, ${timezone}, ${locale}, ${version}, ${tx.now})
    on conflict (user_id) do update
      set email = excluded.email, name = excluded.name, timezone = excluded.timezone, locale = excluded.locale,
          version = excluded.version, updated_at = excluded.updated_at
      where known.version < excluded.version`;
}

/** Those of these people who are known, by their ids. */
export async function findRecipients(tx: Tx, ids: readonly PersonId[]): Promise<Map<PersonId, Recipient>> {
  const rows = await tx.sql<Recipient>`
    select user_id as id, email, name, timezone, locale, coalesce(is_connected, false) as "isCalendarConnected"
      from recipients left join calendar_connections using (user_id)
     where user_id = any(${ids}::uuid[])`;
  return new Map(rows.map((row) => [row.id, row]));
}
