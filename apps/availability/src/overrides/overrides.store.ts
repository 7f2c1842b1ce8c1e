import type { PersonId } from '@scheduling/domain';
import type { Tx } from '@scheduling/persistence';
import type { OwnTerms } from '../blocks/blocks.store.ts';

/** Hours of one day on the wall clock, `09:00` to `12:00`; the end may be `24:00`. */
export interface Hours {
  readonly start: string;
  readonly end: string;
}

/** What a tutor does otherwise on one date. */
export interface DateOverride extends OwnTerms {
  readonly id: string;
  readonly tutorId: PersonId;
  /** The local date, as `YYYY-MM-DD`. */
  readonly date: string;
  readonly timezone: string;
  /** Whether the hours are added to what starts on that date, or stand in its place. */
  readonly mode: 'extra' | 'instead';
  readonly hours: readonly Hours[];
}

/** The overrides of tutors whose date is not over anywhere, the soonest first. */
export function overridesOf(tx: Tx, tutorIds: readonly PersonId[]): Promise<DateOverride[]> {
  return tx.sql<DateOverride>`
    select id, tutor_id as "tutorId", on_date::text as date, timezone, mode, hours, lesson_minutes as "lessonMinutes",
           price_cents as "priceCents", capacity
      from date_overrides
     where tutor_id = any(${tutorIds}::uuid[]) and deleted_at is null and on_date >= ${yesterday(tx.now)}
     order by on_date`;
}

/** Keeps what a tutor does on a date, in the place of what was kept for it; answers its id, which stays. */
export async function keepOverride(tx: Tx, override: DateOverride): Promise<string> {
  const [kept] = await tx.sql<{ id: string }>`
    insert into date_overrides (id, tutor_id, on_date, timezone, mode, hours, lesson_minutes, price_cents, capacity,
                                created_at, updated_at)
    values (${override.id}, ${override.tutorId}, ${override.date}, ${override.timezone}, ${override.mode},
            ${JSON.stringify(override.hours)}, ${override.lessonMinutes}, ${override.priceCents}, ${override.capacity},
            ${tx.now}, ${tx.now})
    on conflict (tutor_id, on_date) where deleted_at is null do update
       set timezone = excluded.timezone, mode = excluded.mode, hours = excluded.hours,
           lesson_minutes = excluded.lesson_minutes, price_cents = excluded.price_cents, capacity = excluded.capacity,
           updated_at = excluded.updated_at
    returning id`;
  return kept!.id;
}

/** Takes an override away; false if the tutor has none for that date. */
export async function deleteOverride(tx: Tx, tutorId: PersonId, date: string): Promise<boolean> {
  const deleted = await tx.sql<{ id: string }>`
    update date_overrides set deleted_at = ${tx.now}
     where tutor_id = ${tutorId} and on_date = ${date} and deleted_at is null returning id`;
  return deleted.length > 0;
}

/** West of Greenwich the UTC date of yesterday is still today's. */
const yesterday = (now: Date): string => new Date(now.getTime() - 86_400_000).toISOString().slice(0, 10);
