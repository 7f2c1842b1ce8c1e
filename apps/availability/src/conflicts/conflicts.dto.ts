import { Count, Instant, ListOf, Nullable, OneOf, Text, Uuid } from '@scheduling/contracts';
import type { Conflict, Outcome } from './conflicts.policy.ts';
import type { UnwantedLesson } from './unwanted-lessons.policy.ts';

export class ConflictView {
  /** What it is: other availability, time off, time that a calendar says is taken or that no calendar can be asked about, or a booked lesson. */
  @OneOf(['availability', 'time_off', 'busy', 'calendar_unreachable', 'booking']) readonly kind!: Conflict['kind'];
  /** Its id; the tutor’s own for calendars that cannot be asked. */
  @Uuid() readonly id!: string;
  /** When it starts, in UTC. */
  @Instant() readonly start_at!: string;
  /** When it ends, in UTC. */
  @Instant() readonly end_at!: string;

  /** Shows a conflict to its tutor. */
  static of({ kind, id, startAt, endAt }: Conflict): ConflictView {
    return { kind, id, start_at: startAt.toISOString(), end_at: endAt.toISOString() };
  }
}

export class SlotsGiven {
  /** How many slots it gives within the horizon, time off and busy time taken out. */
  @Count(0, 2000) readonly count!: number;
  /** When the first of them starts; null without any. */
  @Nullable() @Instant() readonly first_start_at!: string | null;
  /** When the last of them starts; null without any. */
  @Nullable() @Instant() readonly last_start_at!: string | null;

  /** Shows what slots something gives. */
  static of({ count, first, last }: Outcome['slots']): SlotsGiven {
    return { count, first_start_at: first?.toISOString() ?? null, last_start_at: last?.toISOString() ?? null };
  }
}

export class UnwantedLessonView extends ConflictView {
  /** What speaks against it; empty where the availability itself is gone. */
  @ListOf(() => ConflictView, 50) readonly against!: ConflictView[];

  /** Shows a booked lesson that its tutor would not offer any more. */
  static ofUnwanted(lesson: UnwantedLesson): UnwantedLessonView {
    const against = lesson.against.slice(0, 50).map((conflict) => ConflictView.of(conflict));
    return { ...ConflictView.of(lesson), against };
  }
}

export class ConflictList {
  /** The soonest first, 200 at most. */
  @ListOf(() => UnwantedLessonView, 200) readonly items!: UnwantedLessonView[];
  /** Always null: everything is on this page. */
  @Nullable() @Text(0, 0) readonly next_cursor!: null;

  /** Shows a tutor's booked lessons that they would not offer any more. */
  static of(lessons: readonly UnwantedLesson[]): ConflictList {
    return { items: lessons.map((lesson) => UnwantedLessonView.ofUnwanted(lesson)), next_cursor: null };
  }
}
