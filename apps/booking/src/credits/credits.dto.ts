import {
  Count,
  Currency,
  Instant,
  ListOf,
  Malformed,
  Maybe,
  Nullable,
  OpenWord,
  Text,
  Uuid,
} from '@scheduling/contracts';
import type { BookingId, Money, PersonId } from '@scheduling/domain';
import { Type } from 'class-transformer';
import type { Entry } from './statement.store.ts';

const MOST_CENTS = 100_000_000;

export class GrantCredits {
  /** Who gets them. */
  @Uuid() readonly user_id!: PersonId;
  /** How much, in the smallest unit of the currency. */
  @Count(1, MOST_CENTS) readonly amount_cents!: number;
  /** ISO 4217; a person has credits of each currency apart. */
  @Currency() readonly currency!: string;
  /** Why; whose credits they are reads it in their statement. */
  @Text(1, 500) readonly reason!: string;
}

export class CorrectCredits {
  /** Whose credits are wrong. */
  @Uuid() readonly user_id!: PersonId;
  /** How much more they are to be, in the smallest unit of the currency, or less where it is below zero; zero is refused. */
  @Count(-MOST_CENTS, MOST_CENTS) readonly amount_cents!: number;
  /** ISO 4217; a person has credits of each currency apart. */
  @Currency() readonly currency!: string;
  /** Why; whose credits they are reads it in their statement. */
  @Text(1, 500) readonly reason!: string;

  /** Reads by how much a balance is to change; refuses by nothing. */
  static change({ amount_cents: cents, currency }: CorrectCredits): Money {
    if (cents === 0) throw Malformed.field('amount_cents', 'amount_cents must not be zero');
    return { cents, currency };
  }
}

export class ShowCredits {
  /** ISO 4217; unless given, the currency whose credits changed last. */
  @Maybe() @Currency() readonly currency?: string;
}

export class CreditsView {
  /** What can be spent, in the smallest unit of the currency. */
  @Count(0, Number.MAX_SAFE_INTEGER) readonly balance_cents!: number;
  /** ISO 4217. */
  @Currency() readonly currency!: string;

  /** Shows a balance. */
  static of({ cents, currency }: Money): CreditsView {
    return { balance_cents: cents, currency };
  }
}

export class ListEntries {
  /** At most so many. */
  @Maybe() @Type(() => Number) @Count(1, 100) readonly limit: number = 50;
  /** Where the page before ended: its `next_cursor`. */
  @Maybe() @Type(() => Number) @Count(1, Number.MAX_SAFE_INTEGER) readonly cursor?: number;
}

export class EntryView {
  /** The transfer's number in the books; it grows, with gaps. */
  @Count(1, Number.MAX_SAFE_INTEGER) readonly transfer_id!: number;
  /** What it was: `grant`, `correction`, `payment`, `refund`, `price_difference`, or another word. */
  @OpenWord() readonly kind!: string;
  /** How much came, in the smallest unit of the currency, or went where it is below zero. */
  @Count(-Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER) readonly amount_cents!: number;
  /** ISO 4217. */
  @Currency() readonly currency!: string;
  /** The lesson that it was for; null where it was for none. */
  @Nullable() @Uuid() readonly booking_id!: BookingId | null;
  /** Why, where somebody said so. */
  @Nullable() @Text(0, 500) readonly reason!: string | null;
  /** When, in UTC. */
  @Instant() readonly made_at!: string;

  /** Shows what changed a person's credits, to that person. */
  static of({ id, kind, cents, currency, bookingId, reason, madeAt }: Entry): EntryView {
    return {
      transfer_id: id,
      kind,
      amount_cents: cents,
      currency,
      booking_id: bookingId,
      reason,
      made_at: madeAt.toISOString(),
    };
  }
}

export class Statement {
  /** The newest first. */
  @ListOf(() => EntryView, 100) readonly items!: EntryView[];
  /** What to ask the next page with; null on the last one. */
  @Nullable() @Count(1, Number.MAX_SAFE_INTEGER) readonly next_cursor!: number | null;

  /** Shows a page of a statement; one more than the limit tells that there is another page. */
  static of(found: readonly Entry[], limit: number): Statement {
    const items = found.slice(0, limit).map((entry) => EntryView.of(entry));
    return { items, next_cursor: found.length > limit ? items.at(-1)!.transfer_id : null };
  }
}
