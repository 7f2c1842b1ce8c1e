import type { BookingId, PersonId, SlotId } from '@scheduling/domain';
import { statement, takeDue, type Tx } from '@scheduling/persistence';
import type { Hold } from '../holds/holds.store.ts';
import type { Goal, Outcome } from './payment-steps.policy.ts';

/** What a card pays for a hold, and how far that has come. */
export interface Payment {
  /** The hold's id, which its booking takes. */
  readonly id: BookingId;
  readonly slotId: SlotId;
  readonly studentId: PersonId;
  readonly tutorId: PersonId;
  /** Whether the student may still confirm: the hold stands. */
  readonly holdStatus: Hold['status'];
  readonly expiresAt: Date;
  readonly goal: Goal | 'await';
  /** Null until it is settled. */
  readonly outcome: Outcome | null;
  /** Null until Stripe has told its name. */
  readonly intentId: string | null;
  /** Whose saved card is charged; null where the student pays by themselves. */
  readonly customerId: string | null;
  readonly methodId: string | null;
  readonly amountCents: number;
  readonly currency: string;
  readonly refundedCents: number;
  /** How many idempotency keys were used up to make the intent. */
  readonly keys: number;
  readonly attempts: number;
  readonly leaseUntil: Date | null;
}

const PAYMENT = `
  select p.id, h.slot_id as "slotId", h.student_id as "studentId", h.tutor_id as "tutorId", h.status as "holdStatus",
         h.expires_at as "expiresAt", p.goal, p.outcome, p.intent_id as "intentId", p.customer_id as "customerId",
         p.method_id as "methodId", p.amount_cents as "amountCents", p.currency, p.refunded_cents as "refundedCents",
         p.keys, p.attempts, p.lease_until as "leaseUntil"
    from payments p join holds h using (id)`;
const FIND = statement(`${PAYMENT} where p.id = $1`);
const LOCK = statement(`${PAYMENT} where p.id = $1 for update of p`);
const THESE = statement(`${PAYMENT} where p.id = any($1)`);

/** The payment of a hold, or of the booking that it has become. */
export async function findPayment(tx: Tx, id: BookingId): Promise<Payment | undefined> {
  return (await tx.run<Payment>(FIND, [id]))[0];
}

/** Locks a payment until the transaction ends; people and slots are locked before. */
export async function lockPayment(tx: Tx, id: BookingId): Promise<Payment | undefined> {
  return (await tx.run<Payment>(LOCK, [id]))[0];
}

/** Begins to await the payment of a hold; what began before stays. It is looked at again once the hold has run out. */
export async function awaitPayment(tx: Tx, hold: Hold): Promise<void> {
  await tx.sql`
    insert into payments (id, goal, state, amount_cents, currency, next_attempt_at, created_at)
    values (${hold.id}, 'await', 'planned', ${hold.priceCents}, ${hold.currency},
            ${hold.expiresAt}::timestamptz + interval '1 minute', ${tx.now})
    on conflict (id) do nothing`;
}

/** A booking that a saved card is to pay. */
export interface SavedCharge {
  readonly id: BookingId;
  readonly amountCents: number;
  readonly currency: string;
  readonly customerId: string;
  readonly methodId: string;
}

/** Plans to charge a saved card for a booking, once more where one was declined or nothing was taken; false where a charge is under way or over. */
export async function planCharge(tx: Tx, charge: SavedCharge): Promise<boolean> {
  const planned = await tx.sql<{ id: BookingId }>`
    insert into payments as p (id, goal, state, amount_cents, currency, customer_id, method_id, next_attempt_at, created_at)
    values (${charge.id}, 'charge', 'planned', ${charge.amountCents}, ${charge.currency}, ${charge.customerId},
            ${charge.methodId}, ${tx.now}, ${tx.now})
    on conflict (id) do update
       set goal = 'charge', state = 'planned', outcome = null, attempts = 0, settled_at = null, lease_until = null, keys = p.keys + 1,
           -- An intent that was canceled, or is of a price before the lesson was moved or of another card, is not gone on with.
           intent_id = case when p.outcome = 'declined' and (p.amount_cents, p.currency, p.method_id)
                                                          = (excluded.amount_cents, excluded.currency, excluded.method_id)
                            then p.intent_id end,
           amount_cents = excluded.amount_cents, currency = excluded.currency,
           customer_id = excluded.customer_id, method_id = excluded.method_id, next_attempt_at = excluded.next_attempt_at
     where p.outcome in ('declined', 'released')
    returning p.id`;
  return planned.length > 0;
}

/** Keeps what Stripe calls the intent; answers the one that was kept first. */
export async function keepIntent(tx: Tx, id: BookingId, intentId: string): Promise<string> {
  const [kept] = await tx.sql<{ intentId: string }>`
    update payments set intent_id = coalesce(intent_id, ${intentId}) where id = ${id} returning intent_id as "intentId"`;
  return kept!.intentId;
}

/** Says that an idempotency key gives nothing but an error by now. */
export async function spendKey(tx: Tx, { id, keys }: Payment): Promise<void> {
  await tx.sql`update payments set keys = ${keys + 1} where id = ${id} and keys = ${keys}`;
}

/** Sets another goal for a payment that is not settled, due at once; false where it is, or had another goal before. */
export async function aimFor(tx: Tx, id: BookingId, from: readonly Payment['goal'][], goal: Goal): Promise<boolean> {
  const aimed = await tx.sql<{ id: BookingId }>`
    update payments set goal = ${goal}, next_attempt_at = ${tx.now}
     where id = ${id} and goal = any(${from}) and state <> 'settled'
    returning id`;
  return aimed.length > 0;
}

/** Takes due payments under a lease for this worker alone. */
export async function takePayments(tx: Tx, limit: number, leaseSeconds: number): Promise<Payment[]> {
  const rows = await takeDue<{ id: BookingId }>(tx, 'payments', limit, leaseSeconds);
  return rows.length === 0 ? [] : tx.run<Payment>(THESE, [rows.map(({ id }) => id)]);
}

/** Takes one payment under a lease, due or not; nothing where it is settled or another worker has it. */
export async function takePayment(tx: Tx, which: { id: BookingId } | { intentId: string }, leaseSeconds: number) {
  const [id, intentId] = 'id' in which ? [which.id, null] : [null, which.intentId];
  const [row] = await tx.sql<{ id: BookingId }>`
    update payments
       set state = 'working', attempts = attempts + 1, is_news = false,
           lease_until = ${tx.now}::timestamptz + make_interval(secs => ${leaseSeconds})
     where (id = ${id} or intent_id = ${intentId})
       and (state = 'planned' or state = 'working' and lease_until <= ${tx.now})
    returning id`;
  return row && findPayment(tx, row.id);
}

/** Takes up again what a card had declined and has paid after all: nothing else follows on an outcome. */
export async function reopenDeclined(tx: Tx, intentId: string): Promise<void> {
  await tx.sql`
    update payments set state = 'planned', outcome = null, settled_at = null, attempts = 0, next_attempt_at = ${tx.now}
     where intent_id = ${intentId} and outcome = 'declined'`;
}

/** Keeps for the worker who has a payment that Stripe has told of it meanwhile. */
export async function keepNews(tx: Tx, intentId: string): Promise<void> {
  await tx.sql`update payments set is_news = true where intent_id = ${intentId} and state = 'working'`;
}

/**
 * Gives a payment back to be looked at later, or at once where Stripe has told of it meanwhile: answers that with true. One whose
 * lease another worker has by now stays as it is.
 */
export async function postponePayment(tx: Tx, payment: Payment, at: Date, why: string | null): Promise<boolean> {
  const { id, leaseUntil } = payment;
  const [postponed] = await tx.sql<{ isDue: boolean }>`
    update payments set state = 'planned', lease_until = null, last_error = ${why}, is_news = false,
                        next_attempt_at = case when is_news then ${tx.now}::timestamptz else ${at} end
     where id = ${id} and state = 'working' and lease_until = ${leaseUntil}
    returning next_attempt_at <= ${tx.now} as "isDue"`;
  return postponed?.isDue ?? false;
}

/** Writes down how a payment has ended. */
export async function settlePayment(tx: Tx, id: BookingId, outcome: Outcome): Promise<void> {
  await tx.sql`
    update payments set state = 'settled', outcome = ${outcome}, lease_until = null, settled_at = ${tx.now}
     where id = ${id} and state <> 'settled'`;
}
