import { Count, Currency, Flag, ListOf, Maybe, Nullable, OneOf, Text, Uuid } from '@scheduling/contracts';
import type { PlanId } from '@scheduling/domain';
import { Type } from 'class-transformer';
import type { Terms, TermsChange } from './plans.service.ts';
import type { Plan } from './plans.store.ts';
import { type Unit, UNITS } from './units.ts';

const MOST_LESSONS = 1000;
const MOST_CENTS = 100_000_000;

export class MakePlan {
  /** What people call it. */
  @Text(1, 100) readonly name!: string;
  /** How many lessons a period pays for, from 1. */
  @Count(1, MOST_LESSONS) readonly lessons_per_period!: number;
  /** How long a period is: seven days, or a calendar month; it stays so. */
  @OneOf(UNITS) readonly period!: Unit;
  /** What people are told that a period costs, in the smallest unit of the currency; nothing is charged by it. */
  @Count(0, MOST_CENTS) readonly price_cents!: number;
  /** ISO 4217. */
  @Currency() readonly currency!: string;
  /** What Stripe calls the price, where Stripe charges for it. */
  @Maybe() @Text(1, 100) readonly stripe_price_id?: string;

  /** Reads what a plan says. */
  static terms({ lessons_per_period, price_cents, currency, stripe_price_id, ...plan }: MakePlan): Terms {
    const price = { cents: price_cents, currency };
    return { ...plan, lessonsPerPeriod: lessons_per_period, price, stripePriceId: stripe_price_id ?? null };
  }
}

export class ChangePlan {
  /** What people call it. */
  @Maybe() @Text(1, 100) readonly name?: string;
  /** How many lessons a period pays for that begins from now on. */
  @Maybe() @Count(1, MOST_LESSONS) readonly lessons_per_period?: number;
  /** What people are told that a period costs, in the smallest unit of the currency. */
  @Maybe() @Count(0, MOST_CENTS) readonly price_cents?: number;
  /** ISO 4217. */
  @Maybe() @Currency() readonly currency?: string;
  /** What Stripe calls the price; null where Stripe does not charge for it any more. */
  @Maybe() @Nullable() @Text(1, 100) readonly stripe_price_id?: string | null;
  /** Whether it takes new subscriptions; those that there are go on. */
  @Maybe() @Flag() readonly active?: boolean;

  /** Reads what is to change. */
  static change({ lessons_per_period, price_cents, stripe_price_id, ...change }: ChangePlan): TermsChange {
    return { ...change, lessonsPerPeriod: lessons_per_period, cents: price_cents, stripePriceId: stripe_price_id };
  }
}

export class ListPlans {
  /** At most so many. */
  @Maybe() @Type(() => Number) @Count(1, 100) readonly limit: number = 50;
  /** Where the page before ended: its `next_cursor`. */
  @Maybe() @Uuid() readonly cursor?: PlanId;
}

export class PlanView {
  /** The plan's id. */
  @Uuid() readonly plan_id!: PlanId;
  /** What people call it. */
  @Text(1, 100) readonly name!: string;
  /** How many lessons a period pays for. */
  @Count(1, MOST_LESSONS) readonly lessons_per_period!: number;
  /** How long a period is. */
  @OneOf(UNITS) readonly period!: Unit;
  /** What a period costs, in the smallest unit of the currency. */
  @Count(0, MOST_CENTS) readonly price_cents!: number;
  /** ISO 4217. */
  @Currency() readonly currency!: string;
  /** What Stripe calls the price; null where Stripe does not charge for it. */
  @Nullable() @Text(1, 100) readonly stripe_price_id!: string | null;
  /** Whether it takes new subscriptions. */
  @Flag() readonly active!: boolean;

  /** Shows a plan. */
  static of({ id, name, lessonsPerPeriod, period, price, stripePriceId, active }: Plan): PlanView {
    return {
      plan_id: id,
      name,
      lessons_per_period: lessonsPerPeriod,
      period,
      price_cents: price.cents,
      currency: price.currency,
      stripe_price_id: stripePriceId,
      active,
    };
  }
}

export class PlanList {
  /** By name. */
  @ListOf(() => PlanView, 100) readonly items!: PlanView[];
  /** What to ask the next page with; null on the last one. */
  @Nullable() @Text(1, 36) readonly next_cursor!: string | null;

  /** Shows a page of plans; one more than the limit tells that there is another page. */
  static of(found: readonly Plan[], limit: number): PlanList {
    const items = found.slice(0, limit).map((plan) => PlanView.of(plan));
    return { items, next_cursor: found.length > limit ? items.at(-1)!.plan_id : null };
  }
}
