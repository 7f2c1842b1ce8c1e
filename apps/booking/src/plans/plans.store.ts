import type { Money, PersonId, PlanId } from '@scheduling/domain';
import { statement, type Tx } from '@scheduling/persistence';
import type { Unit } from './units.ts';

/** So many lessons each week or month. */
export interface Plan {
  readonly id: PlanId;
  readonly name: string;
  readonly period: Unit;
  readonly lessonsPerPeriod: number;
  /** What people are told that a period costs. */
  readonly price: Money;
  /** What Stripe calls the price; null unless Stripe charges for it. */
  readonly stripePriceId: string | null;
  /** Whether it takes new subscriptions. */
  readonly active: boolean;
}

const PLAN = `
  id, name, period, lessons_per_period as "lessonsPerPeriod", json_build_object('cents', price_cents, 'currency', currency) as price,
  stripe_price_id as "stripePriceId", active`;

/** Keeps a new plan. */
export async function insertPlan(tx: Tx, plan: Plan, by: PersonId): Promise<void> {
  await tx.sql`
    insert into plans (id, name, period, lessons_per_period, price_cents, currency, stripe_price_id, active, made_by,
                       created_at, updated_at)
    values (${plan.id}, ${plan.name}, ${plan.period}, ${plan.lessonsPerPeriod}, ${plan.price.cents}, ${plan.price.currency},
            ${plan.stripePriceId}, ${plan.active}, ${by}, ${tx.now}, ${tx.now})`;
}

/** Keeps what has changed of a plan; how long its periods are never does. */
export async function updatePlan(tx: Tx, plan: Plan): Promise<void> {
  await tx.sql`
    update plans
       set name = ${plan.name}, lessons_per_period = ${plan.lessonsPerPeriod}, price_cents = ${plan.price.cents},
           currency = ${plan.price.currency}, stripe_price_id = ${plan.stripePriceId}, active = ${plan.active},
           updated_at = ${tx.now}
     where id = ${plan.id}`;
}

const FIND = statement(`select ${PLAN} from plans where id = $1`);

/** A plan by its id. */
export async function findPlan(tx: Tx, id: PlanId): Promise<Plan | null> {
  const [plan] = await tx.run<Plan>(FIND, [id]);
  return plan ?? null;
}

const LOCK = statement(`select ${PLAN} from plans where id = $1 for update`);

/** A plan, which nobody else changes until the transaction ends. */
export async function lockPlan(tx: Tx, id: PlanId): Promise<Plan | null> {
  const [plan] = await tx.run<Plan>(LOCK, [id]);
  return plan ?? null;
}

const LIST = statement(`
  select ${PLAN} from plans
   where (active or $1)
     and ($2::uuid is null or (name, id) > (select name, id from plans where id = $2))
   order by name, id limit $3`);

/** Plans by name, after one that has been seen, if any; those that take no subscriptions only where they are asked for. */
export function listPlans(tx: Tx, { all, after, limit }: PlanListing): Promise<Plan[]> {
  return tx.run<Plan>(LIST, [all, after, limit]);
}

/** Which plans are asked for, at most so many. */
export interface PlanListing {
  readonly all: boolean;
  readonly after: PlanId | null;
  readonly limit: number;
}
