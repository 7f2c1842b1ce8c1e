import type { PersonId } from '@scheduling/domain';
import type { Tx } from '@scheduling/persistence';
import { type Choice, DEFAULTS, type Digest, type Preferences } from './preferences.ts';

interface Row {
  id: PersonId;
  quiet_from: string | null;
  quiet_until: string | null;
  digest: Digest;
  sms_opted_in_at: Date | null;
  version: string;
}

/** How these people want to be told of things, each of them, as they chose or as goes for everybody. */
export async function findPreferences(tx: Tx, ids: readonly PersonId[]): Promise<Map<PersonId, Preferences>> {
  const rows = await tx.sql<Row>`
    select user_id as id, to_char(quiet_from, 'HH24:MI') as quiet_from, to_char(quiet_until, 'HH24:MI') as quiet_until,
           digest, sms_opted_in_at, version
      from notification_settings where user_id = any(${ids}::uuid[])`;
  const choices = await tx.sql<Choice & { id: PersonId }>`
    select user_id as id, kind, channel, is_on as "isOn" from notification_choices where user_id = any(${ids}::uuid[])`;
  const chosen = Map.groupBy(choices, ({ id }) => id);
  const settings = new Map(rows.map((row) => [row.id, settingsOf(row)]));
  return new Map(ids.map((id) => [id, { ...DEFAULTS, ...settings.get(id), choices: chosen.get(id) ?? [] }]));
}

const settingsOf = ({ quiet_from: from, quiet_until: until, ...row }: Row): Omit<Preferences, 'choices'> => ({
  quietHours: from && until ? { from, until } : null,
  digest: row.digest,
  smsOptedInAt: row.sms_opted_in_at,
  version: Number(row.version),
});

/** Keeps what somebody chose besides kinds, as one more version, and answers which. */
export async function keepSettings(
  tx: Tx,
  id: PersonId,
  { quietHours, digest, smsOptedInAt }: Pick<Preferences, 'quietHours' | 'digest' | 'smsOptedInAt'>,
): Promise<number> {
  const [kept] = await tx.sql<{ version: string }>`
    insert into notification_settings as known (user_id, quiet_from, quiet_until, digest, sms_opted_in_at, version)
    values (${id}, ${quietHours?.from ?? null}, ${quietHours?.until ?? null}, ${digest}, ${smsOptedInAt}, 1)
    on conflict (user_id) do update
      set quiet_from = excluded.quiet_from, quiet_until = excluded.quiet_until, digest = excluded.digest,
          sms_opted_in_at = excluded.sms_opted_in_at, version = known.version + 1
    returning version`;
  return Number(kept!.version);
}

/** Keeps what somebody chose of kinds and ways; where that goes for everybody, nothing is kept. */
export async function keepChoices(
  tx: Tx,
  id: PersonId,
  choices: readonly (Choice & { readonly isDefault: boolean })[],
): Promise<void> {
  for (const { kind, channel, isOn, isDefault } of choices) {
    if (isDefault)
      await tx.sql`delete from notification_choices where user_id = ${id} and kind = ${kind} and channel = ${channel}`;
    else
      await tx.sql`
        insert into notification_choices (user_id, kind, channel, is_on) values (${id}, ${kind}, ${channel}, ${isOn})
        on conflict (user_id, kind, channel) do update set is_on = excluded.is_on`;
  }
}
