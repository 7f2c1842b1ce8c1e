import {
  Count,
  Instant,
  ListOf,
  Malformed,
  Maybe,
  Moment,
  Nullable,
  OneOf,
  Part,
  Text,
  Uuid,
} from '@scheduling/contracts';
import type { PersonId, PlanId, SubscriptionId } from '@scheduling/domain';
import { Type } from 'class-transformer';
import type { Allowance } from './standing.policy.ts';
import { SUBSCRIPTION_STATUSES, type SubscriptionStatus } from './subscription-statuses.ts';
import type { Shown, Wish } from './subscriptions.service.ts';

const MOST_LESSONS = 2_147_483_647;

export class Subscribe {
  /** Who may book with it. */
  @Uuid() readonly student_id!: PersonId;
  /** The plan, which must take new subscriptions. */
  @Uuid() readonly plan_id!: PlanId;
  /** When the first period begins; now unless given. Each month begins on that day in UTC, or on the last one of a shorter month. */
  @Maybe() @Moment() readonly starts_at?: string;
  /** What Stripe calls the subscription, whose paid invoices then make its periods. */
  @Maybe() @Text(1, 100) readonly stripe_subscription_id?: string;

  /** Reads whom to subscribe to what; refuses a start beside Stripe's own. */
  static wish({
    student_id: studentId,
    plan_id: planId,
    starts_at,
    stripe_subscription_id: stripeId,
  }: Subscribe): Wish {
    if (starts_at !== undefined && stripeId !== undefined) {
      throw Malformed.field('starts_at', 'starts_at must not be given where Stripe says when periods begin');
    }
    return {
      studentId,
      planId,
      startsAt: starts_at === undefined ? null : new Date(starts_at),
      stripeId: stripeId ?? null,
    };
  }
}

export class ListSubscriptions {
  /** At most so many. */
  @Maybe() @Type(() => Number) @Count(1, 100) readonly limit: number = 50;
  /** Where the page before ended: its `next_cursor`. */
  @Maybe() @Uuid() readonly cursor?: SubscriptionId;
}

export class AllowanceView {
  /** When the period began, in UTC. */
  @Instant() readonly starts_at!: string;
  /** When it ends, and what is left of it with it, in UTC. */
  @Instant() readonly ends_at!: string;
  /** How many lessons it pays for. */
  @Count(0, MOST_LESSONS) readonly allowance!: number;
  /** How many are booked with it. */
  @Count(0, MOST_LESSONS) readonly used!: number;
  /** How many can still be. */
  @Count(0, MOST_LESSONS) readonly left!: number;

  /** Shows what a period pays for. */
  static of({ startsAt, endsAt, allowance, used }: Allowance): AllowanceView {
    return {
      starts_at: startsAt.toISOString(),
      ends_at: endsAt.toISOString(),
      allowance,
      used,
      left: allowance - used,
    };
  }
}

export class SubscriptionView {
  /** The subscription's id. */
  @Uuid() readonly subscription_id!: SubscriptionId;
  /** Who may book with it. */
  @Uuid() readonly student_id!: PersonId;
  /** The plan. */
  @Uuid() readonly plan_id!: PlanId;
  /** What people call the plan. */
  @Text(1, 100) readonly plan_name!: string;
  /** `upcoming` before its start; `ending` while it runs to the end of its last period. */
  @OneOf(SUBSCRIPTION_STATUSES) readonly status!: SubscriptionStatus;
  /** When it began, in UTC. */
  @Instant() readonly starts_at!: string;
  /** When it ends, in UTC; null while nobody has ended it. */
  @Nullable() @Instant() readonly ends_at!: string | null;
  /** What Stripe calls it; null where its periods follow the calendar. */
  @Nullable() @Text(1, 100) readonly stripe_subscription_id!: string | null;
  /** The period that runs now; null before the first, after the last, and while Stripe has not been paid. */
  @Nullable() @Part(() => AllowanceView) readonly period!: AllowanceView | null;

  /** Shows how a subscription stands. */
  static of({ subscription, status, allowance }: Shown): SubscriptionView {
    return {
      subscription_id: subscription.id,
      student_id: subscription.studentId,
      plan_id: subscription.planId,
      plan_name: subscription.planName,
      status,
      starts_at: subscription.startsAt.toISOString(),
      ends_at: subscription.endsAt && subscription.endsAt.toISOString(),
      stripe_subscription_id: subscription.stripeId,
      period: allowance && AllowanceView.of(allowance),
    };
  }
}

export class SubscriptionList {
  /** The newest first. */
  @ListOf(() => SubscriptionView, 100) readonly items!: SubscriptionView[];
  /** What to ask the next page with; null on the last one. */
  @Nullable() @Text(1, 36) readonly next_cursor!: string | null;

  /** Shows a page of subscriptions; one more than the limit tells that there is another page. */
  static of(found: readonly Shown[], limit: number): SubscriptionList {
    const items = found.slice(0, limit).map((shown) => SubscriptionView.of(shown));
    return { items, next_cursor: found.length > limit ? items.at(-1)!.subscription_id : null };
  }
}
