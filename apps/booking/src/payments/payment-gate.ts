import type { Tx } from '@scheduling/persistence';
import type { Booking, PaymentMethod } from '../bookings/bookings.entity.ts';

/** Whether a refund has arrived in this transaction, or is a row that goes on outside. */
export type Returned = 'returned' | 'on_its_way';

/** One way to pay for a lesson: what it does to the books, inside the transaction that needs it. */
export abstract class PaymentGate {
  abstract readonly method: PaymentMethod;

  /** Puts the price of a lesson whose row is there on the books, or refuses. */
  abstract charge(tx: Tx, booking: Booking): Promise<void>;

  /** Gives back so much of what was paid, in the smallest unit of the currency and more than nothing, the way that it came. */
  abstract refund(tx: Tx, booking: Booking, cents: number): Promise<Returned>;
}
