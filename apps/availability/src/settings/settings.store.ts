import type { PersonId } from '@scheduling/domain';
import type { Tx } from '@scheduling/persistence';

/** How a tutor teaches. */
export interface Settings {
  /** IANA zone; null for a tutor who has not said. */
  readonly timezone: string | null;
  readonly lessonMinutes: number;
  /** From one start to the next within an opening; null where it is as long as a lesson. */
  readonly startStepMinutes: number | null;
  readonly priceCents: number;
  readonly currency: string;
  /** Seats of a lesson. */
  readonly capacity: number;
  /** How far ahead openings are published. */
  readonly horizonDays: number;
  readonly minimumNoticeMinutes: number;
  readonly bufferBeforeMinutes: number;
  readonly bufferAfterMinutes: number;
  /** How many lessons may start on a local day; null for any number. */
  readonly maximumLessonsPerDay: number | null;
  /** How many lessons may start in a local week; null for any number. */
  readonly maximumLessonsPerWeek: number | null;
  /** Booking's cancellation policy; null for its default. */
  readonly cancellationPolicyId: string | null;
  /** What is offered while calendars cannot be read: by what they said within the last 24 hours, nothing, or as if they were empty. */
  readonly onUnreachable: 'last_known' | 'closed' | 'open';
  /** Grows with each change; 0 for a tutor who has changed nothing. */
  readonly version: number;
}

/** What holds for a tutor who has not said otherwise. */
export const DEFAULTS: Settings = {
  timezone: null,
  lessonMinutes: 60,
  startStepMinutes: null,
  priceCents: 2500,
  currency: 'USD',
  capacity: 1,
  horizonDays: 56,
  minimumNoticeMinutes: 120,
  bufferBeforeMinutes: 0,
  bufferAfterMinutes: 0,
  maximumLessonsPerDay: null,
  maximumLessonsPerWeek: null,
  cancellationPolicyId: null,
  onUnreachable: 'last_known',
  version: 0,
};

/** A tutor's settings, or the defaults. */
export async function findSettings(tx: Tx, tutorId: PersonId): Promise<Settings> {
  return (await settingsOf(tx, [tutorId])).get(tutorId) ?? DEFAULTS;
}

/** The settings of those tutors who have any; the others have the defaults. */
export async function settingsOf(tx: Tx, tutorIds: readonly PersonId[]): Promise<Map<PersonId, Settings>> {
  const all = await tx.sql<Settings & { tutorId: PersonId }>`
    select tutor_id as "tutorId", timezone, lesson_minutes as "lessonMinutes",
           start_step_minutes as "startStepMinutes", price_cents as "priceCents", currency, capacity,
           horizon_days as "horizonDays", minimum_notice_minutes as "minimumNoticeMinutes",
           buffer_before_minutes as "bufferBeforeMinutes", buffer_after_minutes as "bufferAfterMinutes",
           maximum_lessons_per_day as "maximumLessonsPerDay", maximum_lessons_per_week as "maximumLessonsPerWeek",
           cancellation_policy_id as "cancellationPolicyId", on_unreachable as "onUnreachable",
           version
      from tutor_settings where tutor_id = any(${tutorIds}::uuid[])`;
  return new Map(all.map(({ tutorId, ...settings }) => [tutorId, settings]));
}

/** Keeps a tutor's settings. */
export async function keepSettings(tx: Tx, tutorId: PersonId, settings: Settings): Promise<void> {
  await tx.sql`
    insert into tutor_settings (tutor_id, timezone, lesson_minutes, start_step_minutes, price_cents, currency, capacity,
                                horizon_days, minimum_notice_minutes, buffer_before_minutes, buffer_after_minutes,
                                maximum_lessons_per_day, maximum_lessons_per_week, cancellation_policy_id, on_unreachable, version,
                                updated_at)
    values (${tutorId}, ${settings.timezone}, ${settings.lessonMinutes}, ${settings.startStepMinutes},
            ${settings.priceCents}, ${settings.currency}, ${settings.capacity}, ${settings.horizonDays},
            ${settings.minimumNoticeMinutes}, ${settings.bufferBeforeMinutes}, ${settings.bufferAfterMinutes},
            ${settings.maximumLessonsPerDay}, ${settings.maximumLessonsPerWeek}, ${settings.cancellationPolicyId},
            ${settings.onUnreachable}, ${settings.version}, ${tx.now})
    on conflict (tutor_id) do update
       set timezone = excluded.timezone, lesson_minutes = excluded.lesson_minutes,
           start_step_minutes = excluded.start_step_minutes, price_cents = excluded.price_cents,
           currency = excluded.currency, capacity = excluded.capacity, horizon_days = excluded.horizon_days,
           minimum_notice_minutes = excluded.minimum_notice_minutes,
           buffer_before_minutes = excluded.buffer_before_minutes,
           buffer_after_minutes = excluded.buffer_after_minutes,
           maximum_lessons_per_day = excluded.maximum_lessons_per_day,
           maximum_lessons_per_week = excluded.maximum_lessons_per_week,
           cancellation_policy_id = excluded.cancellation_policy_id, on_unreachable = excluded.on_unreachable,
           version = excluded.version, updated_at = excluded.updated_at`;
}
