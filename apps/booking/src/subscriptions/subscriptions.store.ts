import type { PeriodId, PersonId, PlanId, SubscriptionId } from '@scheduling/domain';
import { statement, type Tx } from '@scheduling/persistence';
import type { Unit } from '../plans/units.ts';

/** A student's subscription to a plan. */
export interface Subscription {
  readonly id: SubscriptionId;
  readonly studentId: PersonId;
  readonly planId: PlanId;
  readonly planName: string;
  readonly period: Unit;
  readonly lessonsPerPeriod: number;
  /** What Stripe calls it; null where its periods follow the calendar. */
  readonly stripeId: string | null;
  readonly startsAt: Date;
  /** Null: nobody has ended it. */
  readonly endsAt: Date | null;
  /** When its next period is due by the calendar; null where Stripe says, or nothing follows. */
  readonly rollsAt: Date | null;
}

/** A stretch of a subscription. */
export interface Period {
  readonly id: PeriodId;
  readonly startsAt: Date;
  readonly endsAt: Date;
  /** How many lessons it pays for. */
  readonly allowance: number;
  readonly used: number;
}

/** A subscription with the period that runs now, if one does. */
export interface Standing {
  readonly subscription: Subscription;
  readonly current: Period | null;
}

const SUBSCRIPTION = `
  s.id, s.student_id as "studentId", s.plan_id as "planId", p.name as "planName", p.period, p.lessons_per_period as "lessonsPerPeriod",
  s.stripe_subscription_id as "stripeId", s.starts_at as "startsAt", s.ends_at as "endsAt", s.rolls_at as "rollsAt"`;
const FROM = 'from subscriptions s join plans p on p.id = s.plan_id';

/** Keeps a new subscription. */
export async function insertSubscription(
  tx: Tx,
  {
    id,
    studentId,
    planId,
    stripeId,
    startsAt,
    rollsAt,
  }: Pick<Subscription, 'id' | 'studentId' | 'planId' | 'stripeId' | 'startsAt' | 'rollsAt'>,
  by: PersonId,
): Promise<void> {
  await tx.sql`
    insert into subscriptions (id, student_id, plan_id, stripe_subscription_id, starts_at, rolls_at, made_by, created_at)
    values (${id}, ${studentId}, ${planId}, ${stripeId}, ${startsAt}, ${rollsAt}, ${by}, ${tx.now})`;
}

const LOCK = statement(`select ${SUBSCRIPTION} ${FROM} where s.id = $1 for update of s`);

/** A subscription, which nobody else changes until the transaction ends. */
export async function lockSubscription(tx: Tx, id: SubscriptionId): Promise<Subscription | null> {
  const [found] = await tx.run<Subscription>(LOCK, [id]);
  return found ?? null;
}

const DUE = statement(
  `select ${SUBSCRIPTION} ${FROM} where s.rolls_at <= $1 order by s.rolls_at limit $2 for update of s skip locked`,
);

/** Subscriptions whose next period is due, the longest ago first, past those that somebody else has locked. */
export function lockDue(tx: Tx, limit: number): Promise<Subscription[]> {
  return tx.run<Subscription>(DUE, [tx.now, limit]);
}

const DUE_OF_STUDENT = statement(`
  select ${SUBSCRIPTION} ${FROM} where s.student_id = $2 and s.rolls_at <= $1 order by s.id for update of s`);

/** A student's subscriptions whose next period is due. */
export function lockDueOf(tx: Tx, student: PersonId): Promise<Subscription[]> {
  return tx.run<Subscription>(DUE_OF_STUDENT, [tx.now, student]);
}

const OF_STRIPE = statement(`select ${SUBSCRIPTION} ${FROM} where s.stripe_subscription_id = $1 for update of s`);

/** The subscription that Stripe calls so, which nobody else changes until the transaction ends. */
export async function lockSubscriptionOfStripe(tx: Tx, stripeId: string): Promise<Subscription | null> {
  const [found] = await tx.run<Subscription>(OF_STRIPE, [stripeId]);
  return found ?? null;
}

/** Says when a subscription ends, which nothing follows then by the calendar. */
export async function endSubscription(tx: Tx, id: SubscriptionId, endsAt: Date, by: PersonId | null): Promise<void> {
  await tx.sql`
    update subscriptions set ends_at = ${endsAt}, rolls_at = null, canceled_by = coalesce(canceled_by, ${by}) where id = ${id}`;
}

/** Has a subscription follow another plan. */
export async function movePlan(tx: Tx, id: SubscriptionId, planId: PlanId): Promise<void> {
  await tx.sql`update subscriptions set plan_id = ${planId} where id = ${id}`;
}

const STANDING = `
  ${SUBSCRIPTION}, n.id as "periodId", n.starts_at as "from", n.ends_at as until, n.allowance, n.used
  ${FROM} left join subscription_periods n on n.subscription_id = s.id and n.starts_at <= $1 and n.ends_at > $1`;
const FIND = statement(`select ${STANDING} where s.id = $2`);
const LIST = statement(`
  select ${STANDING}
   where s.student_id = $2
     and ($3::uuid is null or s.number < (select number from subscriptions where id = $3 and student_id = $2))
   order by s.number desc limit $4`);

/** How a subscription stands. */
export async function findStanding(tx: Tx, id: SubscriptionId): Promise<Standing | null> {
  const [row] = await tx.run<Row>(FIND, [tx.now, id]);
  return row ? read(row) : null;
}

/** How a student's subscriptions stand, the newest first, after one that has been seen, if any. */
export async function listStandings(
  tx: Tx,
  student: PersonId,
  { after, limit }: { after: SubscriptionId | null; limit: number },
): Promise<Standing[]> {
  return (await tx.run<Row>(LIST, [tx.now, student, after, limit])).map(read);
}

interface Row extends Subscription {
  readonly periodId: PeriodId | null;
  readonly from: Date;
  readonly until: Date;
  readonly allowance: number;
  readonly used: number;
}

const read = ({ periodId: id, from, until, allowance, used, ...subscription }: Row): Standing => ({
  subscription,
  current: id && { id, startsAt: from, endsAt: until, allowance, used },
});
