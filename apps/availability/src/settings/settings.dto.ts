import { Count, Currency, Maybe, Nullable, OneOf, Text, Uuid } from '@scheduling/contracts';
import type { Settings } from './settings.store.ts';

const ON_UNREACHABLE = ['last_known', 'closed', 'open'] as const;

export class ChangeSettings {
  /** The IANA zone of the tutor's clock. */
  @Maybe() @Text(1, 64) readonly timezone?: string;
  /** Length of a lesson. */
  @Maybe() @Count(15, 240) readonly lesson_minutes?: number;
  /** From one start to the next within an opening; null for the length of a lesson. */
  @Maybe() @Nullable() @Count(5, 240) readonly start_step_minutes?: number | null;
  /** Price of a seat in a lesson, in the smallest unit of the currency. */
  @Maybe() @Count(0, 10_000_000) readonly price_cents?: number;
  /** ISO 4217. */
  @Maybe() @Currency() readonly currency?: string;
  /** Seats of a lesson. */
  @Maybe() @Count(1, 1000) readonly capacity?: number;
  /** How many days ahead slots are open. */
  @Maybe() @Count(1, 366) readonly horizon_days?: number;
  /** How long before its start a lesson can be taken at the latest. */
  @Maybe() @Count(0, 43_200) readonly minimum_notice_minutes?: number;
  /** Time kept free before each lesson. */
  @Maybe() @Count(0, 240) readonly buffer_before_minutes?: number;
  /** Time kept free after each lesson. */
  @Maybe() @Count(0, 240) readonly buffer_after_minutes?: number;
  /** How many lessons may start on a day of the tutor's clock; null for any number. */
  @Maybe() @Nullable() @Count(1, 96) readonly maximum_lessons_per_day?: number | null;
  /** How many lessons may start in a week of the tutor's clock, from Monday; null for any number. */
  @Maybe() @Nullable() @Count(1, 672) readonly maximum_lessons_per_week?: number | null;
  /** The cancellation policy of new bookings; null for the default one. */
  @Maybe() @Nullable() @Uuid() readonly cancellation_policy_id?: string | null;
  /** What is offered while the tutor’s calendars cannot be read: `last_known` for 24 hours and then nothing, `closed` for nothing, `open` as if they were empty. */
  @Maybe() @OneOf(ON_UNREACHABLE) readonly on_unreachable?: Settings['onUnreachable'];

  /** Reads what is to change; what is not given stays. */
  static changes(asked: ChangeSettings): Partial<Settings> {
    const given: { [Field in keyof Omit<Settings, 'version'>]: Settings[Field] | undefined } = {
      timezone: asked.timezone,
      lessonMinutes: asked.lesson_minutes,
      startStepMinutes: asked.start_step_minutes,
      priceCents: asked.price_cents,
      currency: asked.currency,
      capacity: asked.capacity,
      horizonDays: asked.horizon_days,
      minimumNoticeMinutes: asked.minimum_notice_minutes,
      bufferBeforeMinutes: asked.buffer_before_minutes,
      bufferAfterMinutes: asked.buffer_after_minutes,
      maximumLessonsPerDay: asked.maximum_lessons_per_day,
      maximumLessonsPerWeek: asked.maximum_lessons_per_week,
      cancellationPolicyId: asked.cancellation_policy_id,
      onUnreachable: asked.on_unreachable,
    };
    return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  }
}

export class SettingsView {
  /** The IANA zone of the tutor's clock, the token's until they say. */
  @Text(1, 64) readonly timezone!: string;
  /** Length of a lesson. */
  @Count(15, 240) readonly lesson_minutes!: number;
  /** From one start to the next within an opening; null for the length of a lesson. */
  @Nullable() @Count(5, 240) readonly start_step_minutes!: number | null;
  /** Price of a seat in a lesson, in the smallest unit of the currency. */
  @Count(0, 10_000_000) readonly price_cents!: number;
  /** ISO 4217. */
  @Currency() readonly currency!: string;
  /** Seats of a lesson. */
  @Count(1, 1000) readonly capacity!: number;
  /** How many days ahead slots are open. */
  @Count(1, 366) readonly horizon_days!: number;
  /** How long before its start a lesson can be taken at the latest. */
  @Count(0, 43_200) readonly minimum_notice_minutes!: number;
  /** Time kept free before each lesson. */
  @Count(0, 240) readonly buffer_before_minutes!: number;
  /** Time kept free after each lesson. */
  @Count(0, 240) readonly buffer_after_minutes!: number;
  /** How many lessons may start on a day of the tutor's clock; null for any number. */
  @Nullable() @Count(1, 96) readonly maximum_lessons_per_day!: number | null;
  /** How many lessons may start in a week of the tutor's clock, from Monday; null for any number. */
  @Nullable() @Count(1, 672) readonly maximum_lessons_per_week!: number | null;
  /** The cancellation policy of new bookings; null for the default one. */
  @Nullable() @Uuid() readonly cancellation_policy_id!: string | null;
  /** What is offered while the tutor’s calendars cannot be read: `last_known` for 24 hours and then nothing, `closed` for nothing, `open` as if they were empty. */
  @OneOf(ON_UNREACHABLE) readonly on_unreachable!: Settings['onUnreachable'];
  /** Grows with each change; 0 for a tutor who has changed nothing. */
  @Count(0, 2_147_483_647) readonly version!: number;

  /** Shows a tutor their settings. */
  static of(settings: Settings, timezone: string): SettingsView {
    return {
      timezone,
      lesson_minutes: settings.lessonMinutes,
      start_step_minutes: settings.startStepMinutes,
      price_cents: settings.priceCents,
      currency: settings.currency,
      capacity: settings.capacity,
      horizon_days: settings.horizonDays,
      minimum_notice_minutes: settings.minimumNoticeMinutes,
      buffer_before_minutes: settings.bufferBeforeMinutes,
      buffer_after_minutes: settings.bufferAfterMinutes,
      maximum_lessons_per_day: settings.maximumLessonsPerDay,
      maximum_lessons_per_week: settings.maximumLessonsPerWeek,
      cancellation_policy_id: settings.cancellationPolicyId,
      on_unreachable: settings.onUnreachable,
      version: settings.version,
    };
  }
}
