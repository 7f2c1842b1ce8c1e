import { Controller } from '@nestjs/common';
import {
  BookingCanceled,
  BookingConfirmed,
  BookingPendingPayment,
  BookingRescheduled,
  SlotHeld,
  SlotReleased,
} from '@scheduling/contracts';
import { On } from '@scheduling/events';
import type { Tx } from '@scheduling/persistence';
import { TAKEN, TakenService } from './taken.service.ts';

@Controller()
export class TakenConsumer {
  constructor(private readonly taken: TakenService) {}

  /** Remembers a hold. */
  @On(SlotHeld, TAKEN)
  held(tx: Tx, event: SlotHeld): Promise<void> {
    return this.taken.held(tx, event);
  }

  /** Forgets a hold. */
  @On(SlotReleased, TAKEN)
  released(tx: Tx, event: SlotReleased): Promise<void> {
    return this.taken.released(tx, event);
  }

  /** Remembers a lesson whose payment is on the way: nobody else can take its time. */
  @On(BookingPendingPayment, TAKEN)
  pending(tx: Tx, event: BookingPendingPayment): Promise<void> {
    return this.taken.booked(tx, event);
  }

  /** Remembers a lesson. */
  @On(BookingConfirmed, TAKEN)
  booked(tx: Tx, event: BookingConfirmed): Promise<void> {
    return this.taken.booked(tx, event);
  }

  /** Remembers a lesson at its new time instead of the one that it had. */
  @On(BookingRescheduled, TAKEN)
  rescheduled(tx: Tx, event: BookingRescheduled): Promise<void> {
    return this.taken.booked(tx, event);
  }

  /** Forgets a lesson. */
  @On(BookingCanceled, TAKEN)
  canceled(tx: Tx, event: BookingCanceled): Promise<void> {
    return this.taken.canceled(tx, event);
  }
}
