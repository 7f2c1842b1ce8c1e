import { Injectable } from '@nestjs/common';
import { newId, type PersonId, type PlanId, type SubscriptionId } from '@scheduling/domain';
import { audit, Database, once, type Repeatable, type Tx } from '@scheduling/persistence';
import { PlanNotActive, PlanNotFound } from '../plans/plans.errors.ts';
import { findPlan } from '../plans/plans.store.ts';
import { periodAt } from './periods.policy.ts';
import { RenewalService } from './renewal.service.ts';
import { type Allowance, allowanceOf, statusOf } from './standing.policy.ts';
import { StripeSubscriptions } from './stripe-subscriptions.service.ts';
import { lockStripeSubscription } from './stripe-subscriptions.store.ts';
import type { SubscriptionStatus } from './subscription-statuses.ts';
import { EndedByStripe, StripeSubscriptionTaken, SubscriptionNotFound } from './subscriptions.errors.ts';
import {
  endSubscription,
  findStanding,
  insertSubscription,
  listStandings,
  lockSubscription,
  lockSubscriptionOfStripe,
  type Standing,
  type Subscription,
} from './subscriptions.store.ts';

/** Whom an admin wants to subscribe to what. */
export interface Wish {
  readonly studentId: PersonId;
  readonly planId: PlanId;
  /** When its first period begins; null: now. Where Stripe says that, it is null. */
  readonly startsAt: Date | null;
  /** What Stripe calls it; null where its periods follow the calendar. */
  readonly stripeId: string | null;
}

/** How a subscription stands at an instant. */
export interface Shown {
  readonly subscription: Subscription;
  readonly status: SubscriptionStatus;
  /** What can be booked with it; null without a period that runs. */
  readonly allowance: Allowance | null;
}

@Injectable()
export class SubscriptionsService {
  constructor(
    private readonly db: Database,
    private readonly renewal: RenewalService,
    private readonly stripe: StripeSubscriptions,
  ) {}

  /** Subscribes a student to a plan; what Stripe has said of it before counts. */
  subscribe(wish: Wish, by: PersonId, request: Repeatable): Promise<Shown> {
    return this.db.transaction((tx) =>
      once(tx, request, async () => {
        const { studentId, planId, stripeId } = wish;
        await refuseClosed(tx, planId);
        if (stripeId !== null) await refuseKnown(tx, stripeId);
        const [id, startsAt] = [newId<SubscriptionId>(), wish.startsAt ?? tx.now];
        await insertSubscription(tx, { ...wish, id, startsAt, rollsAt: stripeId === null ? startsAt : null }, by);
        audit(tx, { action: 'SubscriptionMade', subject: ['subscription', id] });
        await (stripeId === null ? this.renewal.renewOf(tx, studentId) : this.stripe.catchUp(tx, stripeId));
        return shown(tx, id);
      }),
    );
  }

  /** Ends a subscription with the period that runs now; one that has been ended stays as it is. */
  cancel(id: SubscriptionId, by: PersonId, request: Repeatable): Promise<Shown> {
    return this.db.transaction((tx) =>
      once(tx, request, async () => {
        const subscription = await lockSubscription(tx, id);
        if (!subscription) throw new SubscriptionNotFound(id);
        const { startsAt, endsAt, rollsAt, stripeId, period } = subscription;
        if (endsAt !== null) return shown(tx, id);
        if (stripeId !== null) throw new EndedByStripe(id);
        if (rollsAt! <= tx.now) await this.renewal.renew(tx, [subscription]);
        await endSubscription(tx, id, tx.now < startsAt ? startsAt : periodAt(startsAt, period, tx.now).endsAt, by);
        audit(tx, { action: 'SubscriptionCanceled', subject: ['subscription', id] });
        return shown(tx, id);
      }),
    );
  }

  /** A student's subscriptions, the newest first. */
  list(student: PersonId, page: { after: SubscriptionId | null; limit: number }): Promise<Shown[]> {
    return this.db.transaction(async (tx) => {
      const standings = await listStandings(tx, student, page);
      return standings.map((standing) => show(standing, tx.now));
    });
  }
}

const show = (standing: Standing, at: Date): Shown => ({
  subscription: standing.subscription,
  status: statusOf(standing.subscription, at),
  allowance: allowanceOf(standing, at),
});

const shown = async (tx: Tx, id: SubscriptionId): Promise<Shown> => show((await findStanding(tx, id))!, tx.now);

async function refuseClosed(tx: Tx, id: PlanId): Promise<void> {
  const plan = await findPlan(tx, id);
  if (!plan) throw new PlanNotFound(id);
  if (!plan.active) throw new PlanNotActive(id);
}

async function refuseKnown(tx: Tx, stripeId: string): Promise<void> {
  await lockStripeSubscription(tx, stripeId);
  if (await lockSubscriptionOfStripe(tx, stripeId)) throw new StripeSubscriptionTaken();
}
