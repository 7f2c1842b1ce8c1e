import { Injectable } from '@nestjs/common';
import type { CalendarBusyChanged } from '@scheduling/contracts';
import { lockPeople, type Tx } from '@scheduling/persistence';
import { horizonOf } from '../openings/openings.policy.ts';
import { PublishService } from '../openings/publish.service.ts';
import { teachingOf } from '../openings/teaching.store.ts';
import { changesOpenings } from './busy.policy.ts';
import { advanceReading, busyOf, keepBusy, type Reading } from './busy.store.ts';

@Injectable()
export class BusyService {
  constructor(private readonly publishing: PublishService) {}

  /** Remembers what a person's calendars say, and publishes anew where that changes what they offer. */
  async changed(tx: Tx, event: CalendarBusyChanged): Promise<void> {
    const reading = readingOf(event);
    const { personId } = reading;
    await lockPeople(tx, [personId]);
    if (!(await advanceReading(tx, reading))) return;
    const before = (await teachingOf(tx, [personId])).get(personId)!;
    await keepBusy(tx, reading);
    const busy = await busyOf(tx, [personId]);
    // Most of a calendar lies outside of teaching hours: nobody need hear of that.
    if (changesOpenings(before, { ...before, busy }, horizonOf(before.settings, tx.now)))
      await this.publishing.publish(tx, personId);
  }
}

const readingOf = ({ user_id, version, window_start, window_end, busy }: CalendarBusyChanged): Reading => ({
  personId: user_id,
  version,
  window: { startAt: new Date(window_start), endAt: new Date(window_end) },
  busy: busy.map(({ start_at, end_at }) => ({ startAt: new Date(start_at), endAt: new Date(end_at) })),
});
