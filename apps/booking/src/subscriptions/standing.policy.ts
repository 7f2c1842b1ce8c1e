import { type Span, periodAt } from './periods.policy.ts';
import type { SubscriptionStatus } from './subscription-statuses.ts';
import type { Standing } from './subscriptions.store.ts';

/** What a period that runs now pays for. */
export interface Allowance extends Span {
  readonly allowance: number;
  readonly used: number;
}

/** How far a subscription has come by an instant. */
export function statusOf({ startsAt, endsAt }: Standing['subscription'], at: Date): SubscriptionStatus {
  if (endsAt !== null) return endsAt <= at ? 'ended' : 'ending';
  return startsAt > at ? 'upcoming' : 'active';
}

/** The allowance that a confirmation would meet: one that is due already begins with whoever needs it. Null without one. */
export function allowanceOf({ subscription, current }: Standing, at: Date): Allowance | null {
  const { startsAt, period, rollsAt, lessonsPerPeriod } = subscription;
  if (current !== null || rollsAt === null || rollsAt > at) return current;
  return { ...periodAt(startsAt, period, at), allowance: lessonsPerPeriod, used: 0 };
}
