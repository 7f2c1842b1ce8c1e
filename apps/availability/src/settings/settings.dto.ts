import { Count, Currency, Maybe, Text } from '@scheduling/contracts';
import type { Settings } from './settings.store.ts';

export class ChangeSettings {
  /** The IANA zone of the tutor's clock. */
  @Text(1, 64) readonly timezone!: string;
  /** Length of a lesson. */
  @Maybe() @Count(15, 240) readonly lesson_minutes?: number;
  /** Price of a lesson, in the smallest unit of the currency. */
  @Maybe() @Count(0, 10_000_000) readonly price_cents?: number;
  /** ISO 4217. */
  @Maybe() @Currency() readonly currency?: string;
  /** How long before its start a lesson can be taken at the latest. */
  @Maybe() @Count(0, 43_200) readonly minimum_notice_minutes?: number;
  /** Time kept free before each lesson. */
  @Maybe() @Count(0, 240) readonly buffer_before_minutes?: number;
  /** Time kept free after each lesson. */
  @Maybe() @Count(0, 240) readonly buffer_after_minutes?: number;

  /** Reads what is to change; what is not given stays. */
  static changes(asked: ChangeSettings): Partial<Settings> & { timezone: string } {
    const given = {
      lessonMinutes: asked.lesson_minutes,
      priceCents: asked.price_cents,
      currency: asked.currency,
      minimumNoticeMinutes: asked.minimum_notice_minutes,
      bufferBeforeMinutes: asked.buffer_before_minutes,
      bufferAfterMinutes: asked.buffer_after_minutes,
    };
    const changed = Object.entries(given).filter(([, value]) => value !== undefined);
    return { ...Object.fromEntries(changed), timezone: asked.timezone };
  }
}

export class SettingsView {
  /** The IANA zone of the tutor's clock, the token's until they say. */
  @Text(1, 64) readonly timezone!: string;
  /** Length of a lesson. */
  @Count(15, 240) readonly lesson_minutes!: number;
  /** Price of a lesson, in the smallest unit of the currency. */
  @Count(0, 10_000_000) readonly price_cents!: number;
  /** ISO 4217. */
  @Currency() readonly currency!: string;
  /** How long before its start a lesson can be taken at the latest. */
  @Count(0, 43_200) readonly minimum_notice_minutes!: number;
  /** Time kept free before each lesson. */
  @Count(0, 240) readonly buffer_before_minutes!: number;
  /** Time kept free after each lesson. */
  @Count(0, 240) readonly buffer_after_minutes!: number;

  /** Shows a tutor their settings. */
  static of(settings: Settings, timezone: string): SettingsView {
    return {
      timezone,
      lesson_minutes: settings.lessonMinutes,
      price_cents: settings.priceCents,
      currency: settings.currency,
      minimum_notice_minutes: settings.minimumNoticeMinutes,
      buffer_before_minutes: settings.bufferBeforeMinutes,
      buffer_after_minutes: settings.bufferAfterMinutes,
    };
  }
}
