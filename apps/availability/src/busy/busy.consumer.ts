import { Controller } from '@nestjs/common';
import { CalendarBusyChanged } from '@scheduling/contracts';
import { On } from '@scheduling/events';
import type { Tx } from '@scheduling/persistence';
import { BusyService } from './busy.service.ts';

@Controller()
export class BusyConsumer {
  constructor(private readonly busy: BusyService) {}

  /** Takes time out of what a tutor offers, or gives it back. */
  @On(CalendarBusyChanged, 'availability.busy')
  changed(tx: Tx, event: CalendarBusyChanged): Promise<void> {
    return this.busy.changed(tx, event);
  }
}
