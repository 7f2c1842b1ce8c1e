import type { PersonId } from '@scheduling/domain';
import type { Tx } from '@scheduling/persistence';

/** A student as Stripe knows them. */
export interface StripeCustomer {
  readonly customerId: string;
  /** The card that they saved last; null while there is none. */
  readonly methodId: string | null;
}

/** What Stripe calls a student, if they ever saved a card or began to. */
export async function findCustomer(tx: Tx, student: PersonId): Promise<StripeCustomer | undefined> {
  const [customer] = await tx.sql<StripeCustomer>`
    select customer_id as "customerId", method_id as "methodId" from stripe_customers where student_id = ${student}`;
  return customer;
}

/** Keeps what Stripe calls a student; answers what was kept first. */
export async function keepCustomer(tx: Tx, student: PersonId, customerId: string): Promise<string> {
  const [kept] = await tx.sql<{ customerId: string }>`
    insert into stripe_customers as known (student_id, customer_id, updated_at) values (${student}, ${customerId}, ${tx.now})
    on conflict (student_id) do update set customer_id = known.customer_id
    returning customer_id as "customerId"`;
  return kept!.customerId;
}

/** Keeps which card of a customer is charged from now on; none, where they have none left. */
export async function keepMethod(tx: Tx, customerId: string, methodId: string | null): Promise<void> {
  await tx.sql`
    update stripe_customers set method_id = ${methodId}, updated_at = ${tx.now} where customer_id = ${customerId}`;
}
