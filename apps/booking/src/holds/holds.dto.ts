import { Count, Currency, Instant, Uuid } from '@scheduling/contracts';
import type { HoldId, SlotId } from '@scheduling/domain';
import type { Hold } from './holds.store.ts';

export class PlaceHold {
  /** The slot to set a seat aside in. */
  @Uuid() readonly slot_id!: SlotId;
}

export class HoldView {
  /** The hold's id, and the booking's once it is confirmed. */
  @Uuid() readonly hold_id!: HoldId;
  /** The slot that the seat is in. */
  @Uuid() readonly slot_id!: SlotId;
  /** Counted from 1. */
  @Count(1, 1000) readonly seat!: number;
  /** When the hold runs out. */
  @Instant() readonly expires_at!: string;
  /** What confirming will charge, in the smallest unit of the currency. */
  @Count(0, 100_000_000) readonly price_cents!: number;
  /** ISO 4217. */
  @Currency() readonly currency!: string;

  /** Shows a hold to the student who has it. */
  static of(hold: Hold): HoldView {
    return {
      hold_id: hold.id,
      slot_id: hold.slotId,
      seat: hold.seat,
      expires_at: hold.expiresAt.toISOString(),
      price_cents: hold.priceCents,
      currency: hold.currency,
    };
  }
}
