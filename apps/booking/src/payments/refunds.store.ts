import { type BookingId, type PersonId } from '@scheduling/domain';
import { statement, takeDue, type Tx } from '@scheduling/persistence';

/** Money that goes back to the card that it came from. */
export interface Refund {
  readonly id: string;
  /** Which is the booking's, too. */
  readonly paymentId: BookingId;
  readonly intentId: string;
  readonly amountCents: number;
  readonly currency: string;
  readonly state: 'planned' | 'working' | 'returned' | 'failed';
  /** What Stripe calls it; null until it has taken it on. */
  readonly refundId: string | null;
  readonly madeBy: PersonId;
  /** How many idempotency keys were used up to make it. */
  readonly keys: number;
  readonly attempts: number;
  readonly leaseUntil: Date | null;
}

const REFUND = `
  select r.id, r.payment_id as "paymentId", p.intent_id as "intentId", r.amount_cents as "amountCents", p.currency, r.state,
         r.refund_id as "refundId", r.made_by as "madeBy", r.keys, r.attempts, r.lease_until as "leaseUntil"
    from refunds r join payments p on p.id = r.payment_id`;
const LOCK = statement(`${REFUND} where r.id = $1 for update of r`);
const THESE = statement(`${REFUND} where r.id = any($1)`);
const AT_STRIPE = statement(`${REFUND} where r.refund_id = $1`);

/** Plans to give back so much of a captured payment, which is locked: never more than was captured. */
export async function planRefund(tx: Tx, id: string, paymentId: BookingId, cents: number, by: PersonId): Promise<void> {
  await tx.sql`update payments set refunded_cents = refunded_cents + ${cents} where id = ${paymentId}`;
  await tx.sql`
    insert into refunds (id, payment_id, amount_cents, state, made_by, next_attempt_at, created_at)
    values (${id}, ${paymentId}, ${cents}, 'planned', ${by}, ${tx.now}, ${tx.now})`;
}

/** Locks a refund until the transaction ends. */
export async function lockRefund(tx: Tx, id: string): Promise<Refund> {
  return (await tx.run<Refund>(LOCK, [id]))[0]!;
}

/** The refund that Stripe calls so. */
export async function refundAtStripe(tx: Tx, refundId: string): Promise<Refund | undefined> {
  return (await tx.run<Refund>(AT_STRIPE, [refundId]))[0];
}

/** Takes due refunds under a lease for this worker alone. */
export async function takeRefunds(tx: Tx, limit: number, leaseSeconds: number): Promise<Refund[]> {
  const rows = await takeDue<{ id: string }>(tx, 'refunds', limit, leaseSeconds);
  return rows.length === 0 ? [] : tx.run<Refund>(THESE, [rows.map(({ id }) => id)]);
}

/** Keeps that Stripe has taken a refund on. */
export async function keepRefund(tx: Tx, id: string, refundId: string): Promise<void> {
  await tx.sql`update refunds set refund_id = ${refundId} where id = ${id}`;
}

/** Says that an idempotency key gives nothing but an error by now. */
export async function spendRefundKey(tx: Tx, { id, keys }: Refund): Promise<void> {
  await tx.sql`update refunds set keys = ${keys + 1} where id = ${id} and keys = ${keys}`;
}

/** Writes down how a refund has ended; one that has returned can still fail. */
export async function settleRefund(tx: Tx, id: string, state: 'returned' | 'failed'): Promise<void> {
  await tx.sql`update refunds set state = ${state}, lease_until = null, settled_at = ${tx.now} where id = ${id}`;
}

/** Gives a refund back to be looked at later; one whose lease another worker has by now stays as it is. */
export async function postponeRefund(tx: Tx, { id, leaseUntil }: Refund, at: Date, why: string | null): Promise<void> {
  await tx.sql`
    update refunds set state = 'planned', lease_until = null, next_attempt_at = ${at}, last_error = ${why}
     where id = ${id} and state = 'working' and lease_until = ${leaseUntil}`;
}
