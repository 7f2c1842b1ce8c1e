import { Injectable } from '@nestjs/common';
import { newId, type PersonId, type PlanId } from '@scheduling/domain';
import { audit, Database, once, type Repeatable, violates } from '@scheduling/persistence';
import { PlanNotFound, StripePriceTaken } from './plans.errors.ts';
import { insertPlan, listPlans, lockPlan, type Plan, type PlanListing, updatePlan } from './plans.store.ts';

/** What an admin wants a plan to say. */
export type Terms = Omit<Plan, 'id' | 'active'>;

/** What is to change of a plan; undefined stays as it is. */
export interface TermsChange {
  readonly name?: string | undefined;
  readonly lessonsPerPeriod?: number | undefined;
  readonly cents?: number | undefined;
  readonly currency?: string | undefined;
  readonly stripePriceId?: string | null | undefined;
  readonly active?: boolean | undefined;
}

@Injectable()
export class PlansService {
  constructor(private readonly db: Database) {}

  /** Plans by name. */
  list(listing: PlanListing): Promise<Plan[]> {
    return this.db.transaction((tx) => listPlans(tx, listing));
  }

  /** Makes a plan that students can be subscribed to from now on. */
  make(terms: Terms, by: PersonId, request: Repeatable): Promise<Plan> {
    const plan = { id: newId<PlanId>(), ...terms, active: true };
    return polite(() =>
      this.db.transaction((tx) =>
        once(tx, request, async () => {
          await insertPlan(tx, plan, by);
          audit(tx, { action: 'PlanMade', subject: ['plan', plan.id] });
          return plan;
        }),
      ),
    );
  }

  /** Changes a plan, for the periods that begin from now on. */
  change(id: PlanId, { cents, currency, ...change }: TermsChange): Promise<Plan> {
    return polite(() =>
      this.db.transaction(async (tx) => {
        const plan = await lockPlan(tx, id);
        if (!plan) throw new PlanNotFound(id);
        const price = { cents: cents ?? plan.price.cents, currency: currency ?? plan.price.currency };
        const changed = {
          ...plan,
          name: change.name ?? plan.name,
          lessonsPerPeriod: change.lessonsPerPeriod ?? plan.lessonsPerPeriod,
          price,
          stripePriceId: change.stripePriceId === undefined ? plan.stripePriceId : change.stripePriceId,
          active: change.active ?? plan.active,
        };
        await updatePlan(tx, changed);
        audit(tx, { action: 'PlanChanged', subject: ['plan', id] });
        return changed;
      }),
    );
  }
}

/** Refuses politely what the table refuses. */
async function polite(keep: () => Promise<Plan>): Promise<Plan> {
  try {
    return await keep();
  } catch (error) {
    throw violates(error, 'plans_one_per_stripe_price') ? new StripePriceTaken() : error;
  }
}
