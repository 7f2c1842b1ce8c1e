import { Controller } from '@nestjs/common';
import { BookingCanceled, BookingConfirmed, SlotHeld, SlotReleased } from '@scheduling/contracts';
import { On } from '@scheduling/events';
import type { Tx } from '@scheduling/persistence';
import { TakenService } from './taken.service.ts';

const GROUP = 'availability.taken';

@Controller()
export class TakenConsumer {
  constructor(private readonly taken: TakenService) {}

  /** Remembers a hold. */
  @On(SlotHeld, GROUP)
  held(tx: Tx, event: SlotHeld): Promise<void> {
    return this.taken.held(tx, event);
  }

  /** Forgets a hold. */
  @On(SlotReleased, GROUP)
  released(tx: Tx, event: SlotReleased): Promise<void> {
    return this.taken.released(tx, event);
  }

  /** Remembers a lesson. */
  @On(BookingConfirmed, GROUP)
  booked(tx: Tx, event: BookingConfirmed): Promise<void> {
    return this.taken.booked(tx, event);
  }

  /** Forgets a lesson. */
  @On(BookingCanceled, GROUP)
  canceled(tx: Tx, event: BookingCanceled): Promise<void> {
    return this.taken.canceled(tx, event);
  }
}
