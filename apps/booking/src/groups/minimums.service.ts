import { Injectable, Logger } from '@nestjs/common';
import { loggable, type PersonId, type SlotId } from '@scheduling/domain';
import { audit, Database, lockPeople, type Tx } from '@scheduling/persistence';
import { findSlot } from '../slots/slots.store.ts';
import { BeyondCapacity, DecidedInThePast } from './groups.errors.ts';
import { ownSlot } from './groups.service.ts';
import { standingIn } from './groups.store.ts';
import { dueSlots, keepMinimum, type Minimum, takeDecision } from './minimums.store.ts';
import { SlotClearing } from './slot-clearing.service.ts';

const MINUTE = 60_000;
const BATCH = 100;

/** What a tutor asks of a slot. */
export interface Ask {
  readonly attendance: number;
  /** So many minutes before the start it is decided whether the lesson takes place. */
  readonly minutesBefore: number;
}

@Injectable()
export class MinimumsService {
  private readonly logger = new Logger(MinimumsService.name);

  constructor(
    private readonly db: Database,
    private readonly clearing: SlotClearing,
  ) {}

  /** Keeps how many students a slot of the tutor's takes, and when that is decided. */
  ask(tutor: PersonId, slotId: SlotId, { attendance, minutesBefore }: Ask): Promise<Minimum> {
    return this.db.transaction(async (tx) => {
      await lockPeople(tx, [tutor]);
      const slot = await ownSlot(tx, slotId, tutor);
      const decideAt = new Date(slot.startAt.getTime() - minutesBefore * MINUTE);
      if (attendance > slot.capacity) throw new BeyondCapacity(slot);
      if (decideAt <= tx.now) throw new DecidedInThePast(slot, decideAt);
      const minimum = { slotId, attendance, decideAt };
      await keepMinimum(tx, slot, minimum);
      audit(tx, { action: 'MinimumAsked', subject: ['slot', slotId] });
      return minimum;
    });
  }

  /** Calls off the lessons to which too few come, once each by the time that their tutors named; answers how many slots that were. */
  async decide(batch = BATCH): Promise<number> {
    let missed = 0;
    for (let after: SlotId | null = null; ;) {
      const due: SlotId[] = await this.db.transaction((tx) => dueSlots(tx, after, batch));
      for (const slotId of due) if (await this.decideAbout(slotId)) missed++;
      if (due.length < batch) return missed;
      after = due.at(-1)!;
    }
  }

  /** One slot that cannot be decided now keeps nobody else waiting: it is asked about again. */
  private async decideAbout(slotId: SlotId): Promise<boolean> {
    try {
      return await this.clearing.transaction((tx) => this.decideIn(tx, slotId));
    } catch (error) {
      this.logger.error({
        message: 'A minimum is decided about in the next minute.',
        slot_id: slotId,
        error: loggable(error),
      });
      return false;
    }
  }

  private async decideIn(tx: Tx, slotId: SlotId): Promise<boolean> {
    const slot = await findSlot(tx, slotId);
    await this.clearing.lock(tx, slot);
    const needed = await takeDecision(tx, slotId);
    // A lesson that has begun while nobody decided takes place.
    if (needed === null || slot.startAt <= tx.now) return false;
    if ((await standingIn(tx, slotId)).length >= needed) return false;
    const how = { by: slot.tutorId, cause: 'minimum_attendance', reason: null, reopens: false } as const;
    await this.clearing.callOffAll(tx, slot, how);
    return true;
  }
}
