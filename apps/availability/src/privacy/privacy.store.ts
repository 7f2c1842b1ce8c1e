import type { PersonId } from '@scheduling/domain';
import type { Tx } from '@scheduling/persistence';

/** Lets go of all that a person said of when and how they teach, and of what their calendars said. */
export async function forgetTeaching(tx: Tx, person: PersonId): Promise<void> {
  await tx.sql`delete from availability_blocks where tutor_id = ${person}`;
  await tx.sql`delete from date_overrides where tutor_id = ${person}`;
  await tx.sql`delete from time_off_blocks where tutor_id = ${person}`;
  await tx.sql`delete from tutor_settings where tutor_id = ${person}`;
  await tx.sql`delete from busy_windows where tutor_id = ${person}`;
  await tx.sql`delete from busy_calendars where person_id = ${person}`;
  await tx.sql`delete from calendar_connections where person_id = ${person}`;
}

/** Whether anything was ever published for a person. */
export async function hasPublished(tx: Tx, person: PersonId): Promise<boolean> {
  const rows = await tx.sql<object>`select from schedules where tutor_id = ${person}`;
  return rows.length > 0;
}

/** What is kept of a person, for themselves to read. */
export async function keptOf(tx: Tx, person: PersonId): Promise<object> {
  const [settings] = await tx.sql<object>`select * from tutor_settings where tutor_id = ${person}`;
  return {
    settings: settings ?? null,
    availability:
      await tx.sql<object>`select * from availability_blocks where tutor_id = ${person} order by created_at, id`,
    overrides: await tx.sql<object>`select * from date_overrides where tutor_id = ${person} order by on_date, id`,
    time_off: await tx.sql<object>`select * from time_off_blocks where tutor_id = ${person} order by start_at, id`,
    busy: await tx.sql<object>`select start_at, end_at from busy_windows where tutor_id = ${person} order by start_at`,
  };
}
