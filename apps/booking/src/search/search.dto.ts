import {
  Count,
  DayOrMoment,
  Described,
  ListOf,
  Malformed,
  Maybe,
  Nullable,
  Part,
  Text,
  Uuid,
} from '@scheduling/contracts';
import type { PersonId } from '@scheduling/domain';
import { Transform, Type } from 'class-transformer';
import { ArrayMaxSize, IsUUID, Matches } from 'class-validator';
import { SlotView } from '../slots/slots.dto.ts';
import type { FreeTutors } from './search.service.ts';
import type { Place } from './search.store.ts';

const CURSOR = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z_[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;
const CURSOR_HOW = { message: 'cursor must be the next_cursor of the page before' };
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
  @Matches(CURSOR, CURSOR_HOW)
  @Described({ type: String })
  readonly cursor?: string;

  /** Reads where the page before ended. */
  static placeOf(cursor: string | undefined): Place | null {
    if (cursor === undefined) return null;
    const [start = '', tutorId] = cursor.split('_');
    const startAt = new Date(start);
    if (Number.isNaN(startAt.getTime())) throw Malformed.field('cursor', CURSOR_HOW.message);
    return { startAt, tutorId: tutorId as PersonId };
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
  /** One item a tutor, whose lesson starts soonest first; a page may be short, and yet not the last. */
  @ListOf(() => FreeTutorView, 100) readonly items!: FreeTutorView[];
  /** What to ask the next page with; null on the last one. */
  @Nullable() @Text(1, 100) readonly next_cursor!: string | null;

  /** Shows a page of tutors. */
  static of({ found, end }: FreeTutors, timezone: string): FreeTutorList {
    const items = found.map((slot) => ({ tutor_id: slot.tutorId, slot: SlotView.of(slot, timezone) }));
    return { timezone, items, next_cursor: end && `${end.startAt.toISOString()}_${end.tutorId}` };
  }
}
