import type { BookingId, PersonId } from '@scheduling/domain';
import type { Tx } from '@scheduling/persistence';
import type { BookingStatus } from '../bookings/bookings.entity.ts';

/** One thing that happened to a booking. */
export interface Step {
  readonly at: Date;
  /** Null: the system did it. */
  readonly by: PersonId | null;
  /** A word such as `canceled`. */
  readonly action: string;
  /** Null at the beginning. */
  readonly from: BookingStatus | null;
  readonly to: BookingStatus;
  /** The version that the booking had from then on. */
  readonly version: number;
  /** What a person wrote, or a code. */
  readonly reason: string | null;
}

/** What became of a booking, the first thing first: at most so many, after the first ones; what was appended never moves. */
export function historyOf(tx: Tx, id: BookingId, after: number, limit: number): Promise<Step[]> {
  return tx.sql<Step>`
    select at, by, action, from_status as "from", to_status as "to", version, reason
      from audit where booking_id = ${id} order by audit.id limit ${limit} offset ${after}`;
}
