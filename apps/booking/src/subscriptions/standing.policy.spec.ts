import type { PeriodId, PersonId, PlanId, SubscriptionId } from '@scheduling/domain';
import { allowanceOf, statusOf } from './standing.policy.ts';
import type { Subscription } from './subscriptions.store.ts';

const day = (number: number): Date => new Date(Date.UTC(2030, 2, number));
const subscription: Subscription = {
  id: 's' as SubscriptionId,
  studentId: 'p' as PersonId,
  planId: 'p' as PlanId,
  planName: 'Weekly',
  period: 'week',
  lessonsPerPeriod: 4,
  stripeId: null,
  startsAt: day(1),
  endsAt: null,
  rollsAt: day(8),
};
const current = { id: 'n' as PeriodId, startsAt: day(1), endsAt: day(8), allowance: 4, used: 3 };

describe('the status of a subscription', () => {
  it.each<[string, number | null, number, string]>([
    ['before its start', null, 0, 'upcoming'],
    ['from its start on', null, 1, 'active'],
    ['while it runs to its end', 8, 7, 'ending'],
    ['at its end', 8, 8, 'ended'],
    ['that was ended before its start', 1, 0, 'ending'],
  ])('%s', (_, endsAt, at, status) => {
    expect(statusOf({ ...subscription, endsAt: endsAt === null ? null : day(endsAt) }, day(at))).toBe(status);
  });
});

describe('the allowance of a subscription', () => {
  it('is that of the period that runs', () => {
    expect(allowanceOf({ subscription, current }, day(2))).toBe(current);
  });

  it('is that of the period which whoever needs it begins', () => {
    const due = { startsAt: day(8), endsAt: day(15), allowance: 4, used: 0 };
    expect(allowanceOf({ subscription, current: null }, day(8))).toEqual(due);
  });

  it.each<[string, Date | null]>([
    ['before its start', day(9)],
    ['where Stripe says what has been paid for, or nothing follows', null],
  ])('is none %s', (_, rollsAt) => {
    expect(allowanceOf({ subscription: { ...subscription, rollsAt }, current: null }, day(8))).toBeNull();
  });
});
