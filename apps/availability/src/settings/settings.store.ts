import type { PersonId } from '@scheduling/domain';
import type { Tx } from '@scheduling/persistence';

/** How a tutor teaches. */
export interface Settings {
  /** IANA zone; null for a tutor who has not said. */
  readonly timezone: string | null;
  readonly lessonMinutes: number;
  readonly priceCents: number;
  readonly currency: string;
  /** How far ahead openings are published. */
  readonly horizonDays: number;
  readonly minimumNoticeMinutes: number;
  readonly bufferBeforeMinutes: number;
  readonly bufferAfterMinutes: number;
}

/** What holds for a tutor who has not said otherwise. */
const DEFAULTS: Settings = {
  timezone: null,
  lessonMinutes: 60,
  priceCents: 2500,
  currency: 'USD',
  horizonDays: 56,
  minimumNoticeMinutes: 120,
  bufferBeforeMinutes: 0,
  bufferAfterMinutes: 0,
};

/** A tutor's settings, or the defaults. */
export async function findSettings(tx: Tx, tutorId: PersonId): Promise<Settings> {
  const [settings] = await tx.sql<Settings>`
    select timezone, lesson_minutes as "lessonMinutes", price_cents as "priceCents", currency,
           horizon_days as "horizonDays", minimum_notice_minutes as "minimumNoticeMinutes",
           buffer_before_minutes as "bufferBeforeMinutes", buffer_after_minutes as "bufferAfterMinutes"
      from tutor_settings where tutor_id = ${tutorId}`;
  return settings ?? DEFAULTS;
}

/** Keeps a tutor's settings. */
export async function keepSettings(tx: Tx, tutorId: PersonId, settings: Settings): Promise<void> {
  await tx.sql`
    insert into tutor_settings (tutor_id, timezone, lesson_minutes, price_cents, currency, horizon_days,
                                minimum_notice_minutes, buffer_before_minutes, buffer_after_minutes, updated_at)
    values (${tutorId}, ${settings.timezone}, ${settings.lessonMinutes}, ${settings.priceCents}, ${settings.currency},
            ${settings.horizonDays}, ${settings.minimumNoticeMinutes}, ${settings.bufferBeforeMinutes},
            ${settings.bufferAfterMinutes}, ${tx.now})
    on conflict (tutor_id) do update
       set timezone = excluded.timezone, lesson_minutes = excluded.lesson_minutes, price_cents = excluded.price_cents,
           currency = excluded.currency, horizon_days = excluded.horizon_days,
           minimum_notice_minutes = excluded.minimum_notice_minutes,
           buffer_before_minutes = excluded.buffer_before_minutes,
           buffer_after_minutes = excluded.buffer_after_minutes, updated_at = excluded.updated_at`;
}
