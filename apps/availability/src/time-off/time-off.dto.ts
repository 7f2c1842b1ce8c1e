import { Instant, ListOf, Moment, Nullable, Text, Uuid } from '@scheduling/contracts';
import type { TimeOffId } from '@scheduling/domain';
import { ConflictView } from '../conflicts.dto.ts';
import type { Created } from './time-off.service.ts';
import type { TimeOff } from './time-off.store.ts';

export class CreateTimeOff {
  /** When it begins; RFC 3339 with Z or an offset. */
  @Moment() readonly start_at!: string;
  /** When it ends. */
  @Moment() readonly end_at!: string;
}

export class TimeOffView {
  /** Its id. */
  @Uuid() readonly time_off_id!: TimeOffId;
  /** When it begins, in UTC. */
  @Instant() readonly start_at!: string;
  /** When it ends, in UTC. */
  @Instant() readonly end_at!: string;

  /** Shows time off to its tutor. */
  static of({ id, startAt, endAt }: TimeOff): TimeOffView {
    return { time_off_id: id, start_at: startAt.toISOString(), end_at: endAt.toISOString() };
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
