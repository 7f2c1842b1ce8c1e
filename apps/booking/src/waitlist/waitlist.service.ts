import { Injectable } from '@nestjs/common';
import type { PersonId, WaitlistId } from '@scheduling/domain';
import { announce } from '@scheduling/events';
import { audit, Database, lockPeople, type Tx } from '@scheduling/persistence';
import { endHold, type Hold } from '../holds/holds.store.ts';
import { placeOf, released } from '../holds/lapse.service.ts';
import { NamingQueue } from '../reservations/naming-queue.ts';
import { lockPeopleAndSlots } from '../slots/slots.store.ts';
import { TimeBack } from '../slots/time-back.service.ts';
import { endOffers, expire } from './line.store.ts';
import { aheadOf, type Step, stepsOf } from './position.store.ts';
import { WaitlistEntryNotFound } from './waitlist.errors.ts';
import { isLive } from './waitlist.policy.ts';
import { type Entry, findEntry, leaveLine, listEntries, type Place, withOffers } from './waitlist.store.ts';

/** A place in a line, and why it is there. */
export interface PlaceInLine extends Place {
  /** How many come before; null where nobody waits any more. */
  readonly ahead: number | null;
  /** The newest first. */
  readonly steps: readonly Step[];
}

const STEPS = 50;
const BATCH = 500;

@Injectable()
export class WaitlistService {
  constructor(
    private readonly db: Database,
    private readonly timeBack: TimeBack,
    private readonly naming: NamingQueue,
  ) {}

  /** A student's places, the newest first. */
  list(student: PersonId, page: { after: WaitlistId | null; limit: number }): Promise<Place[]> {
    return this.db.transaction(async (tx) => withOffers(tx, await listEntries(tx, student, page)));
  }

  /** A student's place, who is before them, and what has happened so far. */
  find(student: PersonId, id: WaitlistId): Promise<PlaceInLine> {
    return this.db.transaction(async (tx) => {
      const entry = await this.own(tx, student, id);
      const [place] = await withOffers(tx, [entry]);
      const ahead = isLive(entry) ? await aheadOf(tx, entry) : null;
      return { ...place!, ahead, steps: await stepsOf(tx, entry, STEPS) };
    });
  }

  /** Takes a student out of a line; an offer that is open goes to the next. Whoever does not wait any more stays as they were. */
  leave(student: PersonId, id: WaitlistId): Promise<void> {
    return this.db.transaction(async (tx) => {
      const { tutorId } = await this.own(tx, student, id);
      await lockPeople(tx, [tutorId, student]);
      const entry = await this.own(tx, student, id);
      if (!isLive(entry)) return;
      const [place] = await withOffers(tx, [entry]);
      await leaveLine(tx, entry);
      audit(tx, { action: 'WaitlistLeft', subject: ['waitlist', id] });
      if (place?.offer) await this.decline(tx, place.offer);
      this.naming.afterCommit(tx, tutorId);
    });
  }

  /** Writes down what the clock and confirmations have ended; answers how many places ran out. */
  async tidy(): Promise<number> {
    await this.db.transaction((tx) => endOffers(tx, null));
    const expired = await this.db.transaction((tx) => expire(tx, BATCH));
    return expired < BATCH ? expired : expired + (await this.tidy());
  }

  private async decline(tx: Tx, offer: Hold): Promise<void> {
    await lockPeopleAndSlots(tx, [], [offer.slotId]);
    await endHold(tx, offer.id, 'released');
    await this.timeBack.release(tx, [placeOf(offer)]);
    announce(tx, released(offer));
  }

  private async own(tx: Tx, student: PersonId, id: WaitlistId): Promise<Entry> {
    const entry = await findEntry(tx, id, student);
    if (!entry) throw new WaitlistEntryNotFound(id);
    return entry;
  }
}
