import type { UserChanged } from '@scheduling/contracts';
import type { PersonId } from '@scheduling/domain';
import type { Tx } from '@scheduling/persistence';

/** A person as messages need to know them. */
export interface Recipient {
  readonly id: PersonId;
  readonly email: string | null;
  /** E.164, with a plus; null while none is known. */
  readonly phone: string | null;
  readonly name: string;
  /** IANA zone. */
  readonly timezone: string;
  /** BCP 47 language tag. */
  readonly locale: string;
  /** Whether lessons come into their calendar by themselves. */
  readonly isCalendarConnected: boolean;
  /** Whether push messages can be shown to them anywhere. */
  readonly hasDevice: boolean;
  /** Whether their phone has sent STOP. */
  readonly hasStopped: boolean;
  /** Whether their account is gone: nobody is there to read. */
  readonly isErased: boolean;
}

/** Writes a person's newest state; an older version than the known one changes nothing. */
export async function upsertRecipient(tx: Tx, changed: UserChanged): Promise<void> {
  const { user_id: id, email, phone = null, name, timezone, locale, version } = changed;
  await tx.sql`
    insert into recipients as known (user_id, email, phone, name, timezone, locale, version, updated_at)
    values (${id}, ${email}, ${phone}, ${name}, ${timezone}, ${locale}, ${version}, ${tx.now})
    on conflict (user_id) do update
      set email = excluded.email, phone = excluded.phone, name = excluded.name, timezone = excluded.timezone, locale = excluded.locale,
          version = excluded.version, updated_at = excluded.updated_at
      where known.version < excluded.version`;
}

/** Those of these people who are known, by their ids. */
export async function findRecipients(tx: Tx, ids: readonly PersonId[]): Promise<Map<PersonId, Recipient>> {
  const rows = await tx.sql<Recipient>`
    select user_id as id, email, phone, name, timezone, locale, coalesce(is_connected, false) as "isCalendarConnected",
           exists (select from push_devices as device where device.user_id = recipients.user_id) as "hasDevice",
           exists (select from sms_opt_outs where sms_opt_outs.phone = recipients.phone) as "hasStopped",
           erased_at is not null as "isErased"
      from recipients left join calendar_connections using (user_id)
     where user_id = any(${ids}::uuid[])`;
  return new Map(rows.map((row) => [row.id, row]));
}
