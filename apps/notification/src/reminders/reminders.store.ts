import type { BookingId, HoldId } from '@scheduling/domain';
import type { Tx } from '@scheduling/persistence';
import type { Kind } from '../messages/kinds.ts';

/** Takes back what is still to be said, in these kinds, of a booking or of the hold that it was. */
export async function revokeKinds(tx: Tx, id: BookingId | HoldId, kinds: readonly Kind[]): Promise<void> {
  await tx.sql`
    update messages set state = 'revoked' where booking_id = ${id} and kind = any(${kinds}::text[]) and state = 'planned'`;
}
