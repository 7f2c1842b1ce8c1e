import { Count, DayOrMoment, Described, ListOf, Maybe, Nullable, Part, Text, Uuid } from '@scheduling/contracts';
import type { PersonId } from '@scheduling/domain';
import { Transform, Type } from 'class-transformer';
import { ArrayMaxSize, IsUUID, Matches } from 'class-validator';
import { SlotView } from '../slots/slots.dto.ts';
import type { FoundSlot, Place } from './search.store.ts';

const CURSOR = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z_[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;
const MOST_TUTORS = 100;

export class SearchTutors {
  /** From when: a day of the timezone or an instant. */
  @DayOrMoment() readonly from!: string;
  /** Until when a lesson must have ended: a day, included, or an instant; 14 days after `from` at most. */
  @DayOrMoment() readonly to!: string;
  /** The least that a seat may cost, in the smallest unit of the tutor's currency. */
  @Maybe() @Type(() => Number) @Count(0, 100_000_000) readonly min_price?: number;
  /** The most that a seat may cost, in the smallest unit of the tutor's currency. */
  @Maybe() @Type(() => Number) @Count(0, 100_000_000) readonly max_price?: number;
  /** Only these tutors: up to 100 ids with commas between. */
  @Maybe()
  @Transform(({ value }) => (typeof value === 'string' ? value.toLowerCase().split(',') : value))
  @IsUUID(undefined, { each: true, message: 'each of $property must be a UUID' })
  @ArrayMaxSize(MOST_TUTORS)
  @Described({ type: String, example: 'b1f7a3c2-52a5-4c8b-9b0e-0f6d6f4f8a01' })
  readonly tutor_ids?: PersonId[];
  /** The IANA zone of days and of local times; the token's `zoneinfo` unless given, else UTC. */
  @Maybe() @Text(1, 64) readonly timezone?: string;
  /** At most so many tutors. */
  @Maybe() @Type(() => Number) @Count(1, 100) readonly limit: number = 20;
  /** Where the page before ended: its `next_cursor`. */
  @Maybe()
  @Matches(CURSOR, { message: '$property must be the next_cursor of the page before' })
  @Described({ type: String })
  readonly cursor?: string;

  /** Reads where the page before ended. */
  static placeOf(cursor: string | undefined): Place | null {
    const [startAt, tutorId] = cursor?.split('_') ?? [];
    return startAt === undefined ? null : { startAt: new Date(startAt), tutorId: tutorId as PersonId };
  }
}

export class FreeTutorView {
  /** Who is free. */
  @Uuid() readonly tutor_id!: PersonId;
  /** The first lesson with them that can be held in the window. */
  @Part(() => SlotView) readonly slot!: SlotView;
}

export class FreeTutorList {
  /** The zone of the local times. */
  @Text(1, 64) readonly timezone!: string;
  /** One item a tutor, whose lesson starts soonest first. */
  @ListOf(() => FreeTutorView, 100) readonly items!: FreeTutorView[];
  /** What to ask the next page with; null on the last one. */
  @Nullable() @Text(1, 100) readonly next_cursor!: string | null;

  /** Shows a page of tutors; one more than the limit tells that there is another page. */
  static of(found: readonly FoundSlot[], limit: number, timezone: string): FreeTutorList {
    const page = found.slice(0, limit);
    const items = page.map((slot) => ({ tutor_id: slot.tutorId, slot: SlotView.of(slot, timezone) }));
    const last = found.length > limit ? page.at(-1) : undefined;
    return { timezone, items, next_cursor: last ? `${last.startAt.toISOString()}_${last.tutorId}` : null };
  }
}
