import { Count, Currency, Maybe, Text, Uuid } from '@scheduling/contracts';
import type { Money, PersonId } from '@scheduling/domain';

export class GrantCredits {
  /** Who gets them. */
  @Uuid() readonly user_id!: PersonId;
  /** How much, in the smallest unit of the currency. */
  @Count(1, 100_000_000) readonly amount_cents!: number;
  /** ISO 4217; a person has credits of each currency apart. */
  @Currency() readonly currency!: string;
  /** Why, for the books. */
  @Text(1, 500) readonly reason!: string;
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
