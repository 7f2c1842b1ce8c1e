import { Injectable } from '@nestjs/common';
import { WaitlistOffered } from '@scheduling/contracts';
import type { PersonId } from '@scheduling/domain';
import { announce } from '@scheduling/events';
import { Database, type Tx } from '@scheduling/persistence';
import { endHold, type Hold } from '../holds/holds.store.ts';
import { placeOf, released } from '../holds/lapse.service.ts';
import { heldBy, Seating } from '../holds/seating.service.ts';
import { Namer } from '../reservations/namer.ts';
import { isUnnamed, nameStudent } from '../reservations/reservations.store.ts';
import { ReservingService } from '../reservations/reserving.service.ts';
import { TimeBack } from '../slots/time-back.service.ts';
import { FreeSlotsService } from './free-slots.service.ts';
import { type First, firstInLine, markOffered, passOver, tutorsWaitedFor, waitedSpan } from './line.store.ts';
import { turn } from './waitlist.policy.ts';

/** Offers a reserved seat to the first in line who has the time: a transaction for each who is asked, since each is locked. */
@Injectable()
export class OffersService extends Namer {
  readonly kind = 'waitlist';

  constructor(
    private readonly db: Database,
    private readonly seating: Seating,
    private readonly timeBack: TimeBack,
    private readonly reserving: ReservingService,
    private readonly freeSlots: FreeSlotsService,
  ) {
    super();
  }

  async name(reserved: Hold): Promise<void> {
    for (let isOver = false; !isOver;) isOver = await this.db.transaction((tx) => this.ask(tx, reserved));
  }

  async reserveMore(tx: Tx, tutor: PersonId): Promise<Hold | null> {
    const span = await waitedSpan(tx, tutor);
    if (!span) return null;
    const free = await this.freeSlots.find(tx, tutor, span, null);
    const waited = free.find(({ isWaitedFor }) => isWaitedFor);
    return waited ? this.reserving.reserveSeat(tx, waited.id, this.kind) : null;
  }

  tutorsDue(tx: Tx, after: PersonId | null, limit: number): Promise<PersonId[]> {
    return tutorsWaitedFor(tx, after, limit);
  }

  /** Asks the first in line; answers whether the seat is not reserved any more. */
  private async ask(tx: Tx, reserved: Hold): Promise<boolean> {
    const { slotId, tutorId } = reserved;
    const glanced = await firstInLine(tx, slotId);
    const person = glanced?.studentId ?? tutorId;
    const glance = await this.seating.look(tx, slotId, person);
    const situation = await this.seating.lockAndLook(tx, glance, person, glance.inTheWay);
    if (!(await isUnnamed(tx, reserved.id))) return true;
    // Another may have left or come to the head of the line meanwhile: whoever is asked is the first, and locked.
    const first = await firstInLine(tx, slotId);
    if (first?.id !== glanced?.id) return false;

    const next = turn(first?.studentId ?? null, situation, tx.now);
    if (!first || next.kind === 'open') await this.open(tx, reserved);
    else if (next.kind === 'pass') await passOver(tx, first.id, [slotId]);
    else await this.offer(tx, reserved, first, { ...next, timezone: situation.slot.timezone });
    return next.kind !== 'pass';
  }

  private async offer(
    tx: Tx,
    reserved: Hold,
    { id, studentId }: First,
    { expiresAt, timezone }: { expiresAt: Date; timezone: string },
  ): Promise<void> {
    const hold = await nameStudent(tx, reserved, studentId, expiresAt);
    await markOffered(tx, id, hold);
    announce(tx, heldBy(hold, studentId));
    announce(
      tx,
      WaitlistOffered.of({
        waitlist_id: id,
        hold_id: hold.id,
        slot_id: hold.slotId,
        tutor_id: hold.tutorId,
        student_id: studentId,
        start_at: hold.startAt.toISOString(),
        end_at: hold.endAt.toISOString(),
        expires_at: expiresAt.toISOString(),
        tutor_timezone: timezone,
      }),
    );
  }

  /** Nobody in line can have the seat: it is everyone's. */
  private async open(tx: Tx, reserved: Hold): Promise<void> {
    await endHold(tx, reserved.id, 'released');
    await this.timeBack.release(tx, [placeOf(reserved)]);
    announce(tx, released(reserved));
  }
}
