import { Count, Described, ListOf, Maybe, Nullable, OneOf, Part, Text, Uuid } from '@scheduling/contracts';
import { ConflictView, SlotsGiven } from '../conflicts/conflicts.dto.ts';
import type { OverrideWish } from './overrides.policy.ts';
import type { KeptOverride } from './overrides.service.ts';
import type { DateOverride } from './overrides.store.ts';

const MODES = ['extra', 'instead'] as const;

export class HoursOfDay {
  /** When they begin on the wall clock, for instance `09:00`. */
  @Described({ example: '09:00' }) @Text(5, 5) readonly start!: string;
  /** When they end on the wall clock of the same date, `24:00` at the latest. */
  @Described({ example: '12:00' }) @Text(5, 5) readonly end!: string;
}

export class KeepOverride {
  /** The IANA zone whose date and wall clock are meant; else the settings', else the token's, else UTC. */
  @Maybe() @Text(1, 64) readonly timezone?: string;
  /** Whether the hours are added to what starts on the date by rule or once, or stand in its place. */
  @OneOf(MODES) readonly mode!: DateOverride['mode'];
  /** The hours; none `instead` is a day off. */
  @ListOf(() => HoursOfDay, 48) readonly hours!: HoursOfDay[];
  /** Length of a lesson, if not the settings'. */
  @Maybe() @Count(15, 240) readonly lesson_minutes?: number;
  /** Price of a seat in the smallest unit of the currency, if not the settings'. */
  @Maybe() @Count(0, 10_000_000) readonly price_cents?: number;
  /** Seats of a lesson, if not the settings'. */
  @Maybe() @Count(1, 1000) readonly capacity?: number;
  /** Whether time that overlaps other availability is offered once, or nothing is kept; merge if absent. */
  @Maybe() @OneOf(['merge', 'refuse']) readonly on_conflict?: 'merge' | 'refuse';

  /** Reads what a tutor wants to do on a date. */
  static wish(date: string, asked: KeepOverride): OverrideWish {
    return {
      date,
      timezone: asked.timezone,
      mode: asked.mode,
      hours: asked.hours.map(({ start, end }) => ({ start, end })),
      lessonMinutes: asked.lesson_minutes ?? null,
      priceCents: asked.price_cents ?? null,
      capacity: asked.capacity ?? null,
      onConflict: asked.on_conflict ?? 'merge',
    };
  }
}

export class OverrideView {
  /** Its id. */
  @Uuid() readonly override_id!: string;
  /** The date in the zone, as `YYYY-MM-DD`. */
  @Described({ format: 'date' }) @Text(10, 10) readonly date!: string;
  /** The zone whose date and wall clock are meant. */
  @Text(1, 64) readonly timezone!: string;
  /** Whether the hours are added to what starts on the date by rule or once, or stand in its place. */
  @OneOf(MODES) readonly mode!: DateOverride['mode'];
  /** The hours, in order. */
  @ListOf(() => HoursOfDay, 48) readonly hours!: HoursOfDay[];
  /** Length of a lesson; null for the settings'. */
  @Nullable() @Count(15, 240) readonly lesson_minutes!: number | null;
  /** Price of a seat in the smallest unit of the currency; null for the settings'. */
  @Nullable() @Count(0, 10_000_000) readonly price_cents!: number | null;
  /** Seats of a lesson; null for the settings'. */
  @Nullable() @Count(1, 1000) readonly capacity!: number | null;

  /** Shows an override to its tutor. */
  static of(override: DateOverride): OverrideView {
    return {
      override_id: override.id,
      date: override.date,
      timezone: override.timezone,
      mode: override.mode,
      hours: override.hours.map(({ start, end }) => ({ start, end })),
      lesson_minutes: override.lessonMinutes,
      price_cents: override.priceCents,
      capacity: override.capacity,
    };
  }
}

export class KeptOverrideView extends OverrideView {
  /** What it gives. */
  @Part(() => SlotsGiven) readonly slots!: SlotsGiven;
  /** What of the tutor's it meets, the soonest first, 50 at most. */
  @ListOf(() => ConflictView, 50) readonly conflicts!: ConflictView[];

  /** Shows a kept override with what follows from it. */
  static ofKept({ override, slots, conflicts }: KeptOverride): KeptOverrideView {
    return {
      ...OverrideView.of(override),
      slots: SlotsGiven.of(slots),
      conflicts: conflicts.map((conflict) => ConflictView.of(conflict)),
    };
  }
}

export class OverrideList {
  /** Those of dates that are not over, the soonest first; a tutor has 366 at most, so there is one page. */
  @ListOf(() => OverrideView, 366) readonly items!: OverrideView[];
  /** Always null: everything is on this page. */
  @Nullable() @Text(0, 0) readonly next_cursor!: null;

  /** Shows a tutor's overrides. */
  static of(overrides: readonly DateOverride[]): OverrideList {
    return { items: overrides.map((override) => OverrideView.of(override)), next_cursor: null };
  }
}
