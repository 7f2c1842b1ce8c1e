import {
  Flag,
  Instant,
  Instants,
  ListOf,
  Maybe,
  Moment,
  Moments,
  Nullable,
  RuleText,
  Text,
  Uuid,
} from '@scheduling/contracts';
import type { TimeOffId } from '@scheduling/domain';
import { ConflictView } from '../conflicts/conflicts.dto.ts';
import type { TimeOffWish } from './time-off.policy.ts';
import type { Created } from './time-off.service.ts';
import type { TimeOff } from './time-off.store.ts';

export class CreateTimeOff {
  /** When it begins, or when the first of it begins; RFC 3339 with Z or an offset. */
  @Moment() readonly start_at!: string;
  /** When it ends, or when the first of it ends. */
  @Moment() readonly end_at!: string;
  /** Whether it comes again by a rule; once if absent. */
  @Maybe() @Flag() readonly is_recurring?: boolean;
  /** RFC 5545 RRULE, for instance `FREQ=WEEKLY;BYDAY=SA,SU`. */
  @Maybe() @RuleText() readonly rrule_string?: string;
  /** The IANA zone whose wall clock the rule follows; else the settings', else the token's, else UTC. */
  @Maybe() @Text(1, 64) readonly timezone?: string;
  /** Starts of the rule that do not happen. */
  @Maybe() @Moments(366) readonly exdates?: string[];

  /** Reads what a tutor asks for. */
  static wish(asked: CreateTimeOff): TimeOffWish {
    return {
      startAt: new Date(asked.start_at),
      endAt: new Date(asked.end_at),
      isRecurring: asked.is_recurring ?? false,
      rrule: asked.rrule_string,
      timezone: asked.timezone,
      exdates: (asked.exdates ?? []).map((at) => new Date(at)),
    };
  }
}

export class TimeOffView {
  /** Its id. */
  @Uuid() readonly time_off_id!: TimeOffId;
  /** When it begins, in UTC. */
  @Instant() readonly start_at!: string;
  /** When it ends, in UTC. */
  @Instant() readonly end_at!: string;
  /** Whether it comes again by a rule. */
  @Flag() readonly is_recurring!: boolean;
  /** The rule; null for time off that happens once. */
  @Nullable() @Text(0, 1000) readonly rrule_string!: string | null;
  /** The zone whose wall clock the rule follows. */
  @Text(1, 64) readonly timezone!: string;
  /** Starts of the rule that do not happen. */
  @Instants(366) readonly exdates!: string[];

  /** Shows time off to its tutor. */
  static of({ id, startAt, endAt, rrule, timezone, exdates }: TimeOff): TimeOffView {
    return {
      time_off_id: id,
      start_at: startAt.toISOString(),
      end_at: endAt.toISOString(),
      is_recurring: rrule !== null,
      rrule_string: rrule,
      timezone,
      exdates: exdates.map((at) => at.toISOString()),
    };
  }
}

export class CreatedTimeOffView extends TimeOffView {
  /** The booked lessons in it, which stay; 50 at most. */
  @ListOf(() => ConflictView, 50) readonly conflicts!: ConflictView[];

  /** Shows new time off with the lessons in it. */
  static ofCreated({ timeOff, conflicts }: Created): CreatedTimeOffView {
    return { ...TimeOffView.of(timeOff), conflicts: conflicts.map((conflict) => ConflictView.of(conflict)) };
  }
}

export class TimeOffList {
  /** What is not over, the soonest first; a tutor has 500 entries at most, so there is one page. */
  @ListOf(() => TimeOffView, 500) readonly items!: TimeOffView[];
  /** Always null: everything is on this page. */
  @Nullable() @Text(0, 0) readonly next_cursor!: null;

  /** Shows a tutor's time off. */
  static of(all: readonly TimeOff[]): TimeOffList {
    return { items: all.map((timeOff) => TimeOffView.of(timeOff)), next_cursor: null };
  }
}
