import { Injectable } from '@nestjs/common';
import { newId, type PersonId, type SlotId, type WaitlistId } from '@scheduling/domain';
import { audit, Database, lockPeople, once, type Repeatable, type Tx } from '@scheduling/persistence';
import { Seating } from '../holds/seating.service.ts';
import type { Span } from '../slots/caps.policy.ts';
import { SlotNotFound } from '../slots/slots.errors.ts';
import { findSlot } from '../slots/slots.store.ts';
import { FreeSlotsService } from './free-slots.service.ts';
import { endOffers, passOver } from './line.store.ts';
import { AlreadySeated, SlotOpen, TutorUnknown, WaitlistFull } from './waitlist.errors.ts';
import { offeredUntil, PLACES, refuseWish, type Wish } from './waitlist.policy.ts';
import { insertEntry, isTutor, type Place, placesOf, sameEntry, withOffers } from './waitlist.store.ts';

/** What somebody asks to wait for: a slot of a tutor's, or any that starts within a window. */
export interface AskedWish {
  readonly tutorId: PersonId;
  readonly wanted: SlotId | Span;
}

/** A place in a line, and whether the student had it before. */
export interface Joined extends Place {
  readonly isRepeated: boolean;
}

@Injectable()
export class JoinService {
  constructor(
    private readonly db: Database,
    private readonly seating: Seating,
    private readonly freeSlots: FreeSlotsService,
  ) {}

  /** Puts a student at the end of a line; repeated, it answers the same place. Refused where a seat is free to be held. */
  join(student: PersonId, asked: AskedWish, request: Repeatable): Promise<Joined> {
    return this.db.transaction((tx) => once(tx, request, () => this.joinIn(tx, student, asked)));
  }

  private async joinIn(tx: Tx, student: PersonId, asked: AskedWish): Promise<Joined> {
    const wish = await this.read(tx, asked);
    refuseWish(wish, student, tx.now);
    // Nobody takes or frees this tutor's time until it is clear that there is none, and that the place is the last.
    await lockPeople(tx, [wish.tutorId, student]);
    // A place whose offer the student has taken is none any more.
    await endOffers(tx, null, student);
    const known = await sameEntry(tx, student, wish);
    if (known) return { ...(await withOffers(tx, [known]))[0]!, isRepeated: true };
    if ((await placesOf(tx, student)) >= PLACES) throw new WaitlistFull(PLACES);

    const busyAt = await this.refuseOpen(tx, wish, student);
    const place = { id: newId<WaitlistId>(), studentId: student, expiresAt: offeredUntil(wish.starts.until) };
    const entry = await insertEntry(tx, { ...wish, ...place });
    audit(tx, { action: 'WaitlistJoined', subject: ['waitlist', entry.id] });
    if (busyAt.length > 0) await passOver(tx, entry.id, busyAt);
    return { entry, offer: null, isRepeated: false };
  }

  private async read(tx: Tx, { tutorId, wanted }: AskedWish): Promise<Wish> {
    if (typeof wanted !== 'string') {
      if (!(await isTutor(tx, tutorId))) throw new TutorUnknown();
      return { tutorId, slotId: null, starts: wanted };
    }
    const slot = await findSlot(tx, wanted);
    if (slot.tutorId !== tutorId) throw new SlotNotFound(wanted);
    return { tutorId, slotId: wanted, starts: { from: slot.startAt, until: slot.startAt } };
  }

  /** Refuses where the student can have a seat at once; answers what is open at times at which they are busy, and not waited for. */
  private async refuseOpen(tx: Tx, { tutorId, slotId, starts }: Wish, student: PersonId): Promise<SlotId[]> {
    if (slotId !== null) {
      const { seated } = await this.seating.look(tx, slotId, student);
      if (seated.some(({ personId }) => personId === student)) throw new AlreadySeated(slotId);
    }
    const until = slotId === null ? starts.until : new Date(starts.until.getTime() + 1);
    const free = await this.freeSlots.find(tx, tutorId, { from: starts.from, until }, student);
    const open = free.filter(({ isWaitedFor }) => !isWaitedFor);
    const holdable = slotId === null ? open.find(({ studentBusy }) => !studentBusy) : open[0];
    if (holdable) throw new SlotOpen(holdable.id, holdable.startAt);
    return open.map(({ id }) => id);
  }
}
