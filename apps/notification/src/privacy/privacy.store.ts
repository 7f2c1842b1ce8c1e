import type { PersonId } from '@scheduling/domain';
import type { Tx } from '@scheduling/persistence';

/** Leaves nothing of a person but that they are gone. */
export async function eraseRecipient(tx: Tx, person: PersonId, version: number): Promise<void> {
  await tx.sql`
    insert into recipients (user_id, email, phone, name, timezone, locale, version, updated_at, erased_at)
    values (${person}, null, null, '', 'UTC', 'en', ${version}, ${tx.now}, ${tx.now})
    on conflict (user_id) do update
      set email = null, phone = null, name = '', timezone = 'UTC', locale = 'en', version = excluded.version,
          updated_at = excluded.updated_at, erased_at = excluded.erased_at`;
}

/** Lets go of the ways to a person, and of what they wished. */
export async function forgetWays(tx: Tx, person: PersonId): Promise<void> {
  await tx.sql`delete from push_devices where user_id = ${person}`;
  await tx.sql`delete from notification_choices where user_id = ${person}`;
  await tx.sql`delete from notification_settings where user_id = ${person}`;
  await tx.sql`delete from calendar_connections where user_id = ${person}`;
}

/**
 * Lets go of what was told to a person, and of what was told of them to those whom they met: it names them. The ledger keeps that
 * something was sent; what people wrote into it goes, and what mail servers answered. What a digest was to tell is told anew.
 */
export async function forgetTold(tx: Tx, person: PersonId): Promise<void> {
  const occasions = await occasionsOf(tx, person);
  // Comes before notes are deleted: it waits for whoever is just writing one.
  await tx.sql`
    update messages
       set event = event - 'reason', digest_id = null, gathered = null,
           next_attempt_at = case when state = 'planned' and digest_id is not null then ${tx.now} else next_attempt_at end
     where booking_id = any(${occasions}::uuid[])`;
  await tx.sql`
    update messages set provider_response = null, last_error = null
     where recipient_id = ${person} and state <> 'skipped' and coalesce(provider_response, last_error) is not null`;
  await tx.sql`delete from in_app where user_id = ${person}`;
  await tx.sql`
    delete from in_app using messages
     where messages.id = in_app.message_id and messages.booking_id = any(${occasions}::uuid[])`;
  // Of an offer only who waits is told.
  await tx.sql`
    delete from in_app using messages
     where messages.id = in_app.message_id and in_app.kind = 'waitlist_offered' and event ->> 'tutor_id' = ${person}`;
}

/** The bookings and series of a person; the ledger remembers them longer than `lessons` does. */
async function occasionsOf(tx: Tx, person: PersonId): Promise<string[]> {
  const occasions = await tx.sql<{ id: string }>`
    select booking_id as id from lessons where student_id = ${person} or tutor_id = ${person}
     union
    select booking_id from messages where recipient_id = ${person}`;
  return occasions.map(({ id }) => id);
}

/** What is kept of a person, for themselves to read. */
export async function keptOf(tx: Tx, person: PersonId): Promise<object> {
  const [recipient] = await tx.sql<object>`
    select email, phone, name, timezone, locale, updated_at from recipients where user_id = ${person}`;
  const [settings] = await tx.sql<object>`
    select quiet_from, quiet_until, digest, sms_opted_in_at from notification_settings where user_id = ${person}`;
  return {
    recipient: recipient ?? null,
    settings: settings ?? null,
    choices: await tx.sql<object>`select kind, channel, is_on from notification_choices where user_id = ${person}`,
    devices: await tx.sql<object>`
      select id, platform, created_at, last_used_at from push_devices where user_id = ${person} order by created_at`,
    notifications: await tx.sql<object>`
      select kind, title, body, link, booking_id, created_at, read_at from in_app where user_id = ${person} order by created_at`,
    messages: await tx.sql<object>`
      select id, kind, channel, booking_id, state, created_at, sent_at, delivered_at
        from messages where recipient_id = ${person} order by created_at, id`,
  };
}
