import { Injectable } from '@nestjs/common';
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
import { SeriesLessons } from './lessons.service.ts';
import { turn } from './planned.policy.ts';
import { firstPlanned, markBooked, markSkipped, type Planned, slotsPlanned, tutorsPlanned } from './planned.store.ts';
import { dateSkipped } from './series-facts.ts';

/** Books later weeks of series, whose seats were reserved as their slots were made: a transaction for each, since each student is locked. */
@Injectable()
export class DatesNamer extends Namer {
  readonly kind = 'series';

  constructor(
    private readonly db: Database,
    private readonly seating: Seating,
    private readonly timeBack: TimeBack,
    private readonly reserving: ReservingService,
    private readonly lessons: SeriesLessons,
  ) {
    super();
  }

  async name(reserved: Hold): Promise<void> {
    for (let isOver = false; !isOver;) isOver = await this.db.transaction((tx) => this.decide(tx, reserved));
  }

  async reserveMore(tx: Tx, tutor: PersonId): Promise<Hold | null> {
    for (const { slotId } of await slotsPlanned(tx, [tutor])) {
      const hold = await this.reserving.reserveSeat(tx, slotId, this.kind);
      if (hold) return hold;
    }
    return null;
  }

  tutorsDue(tx: Tx, after: PersonId | null, limit: number): Promise<PersonId[]> {
    return tutorsPlanned(tx, after, limit);
  }

  /** Decides about the series that was made first; answers whether the seat is not reserved any more. */
  private async decide(tx: Tx, reserved: Hold): Promise<boolean> {
    const { slotId, tutorId } = reserved;
    const glanced = await firstPlanned(tx, reserved);
    const person = glanced?.studentId ?? tutorId;
    const glance = await this.seating.look(tx, slotId, person);
    const situation = await this.seating.lockAndLook(tx, glance, person, glance.inTheWay);
    if (!(await isUnnamed(tx, reserved.id))) return true;
    // It may have been canceled meanwhile: whose turn it is, is locked.
    const planned = await firstPlanned(tx, reserved);
    if (planned?.seriesId !== glanced?.seriesId) return false;

    const next = turn(planned, situation, tx.now);
    if (!planned || next.kind === 'open') await this.open(tx, reserved);
    else if (next.kind === 'skip') await this.skip(tx, reserved, planned, next.code);
    else await this.book(tx, reserved, planned, situation.slot.timezone);
    return next.kind !== 'skip';
  }

  private async book(tx: Tx, reserved: Hold, planned: Planned, timezone: string): Promise<void> {
    const { studentId, seriesId: id, paymentMethod } = planned;
    const hold = await nameStudent(tx, reserved, studentId, reserved.expiresAt);
    announce(tx, heldBy(hold, studentId));
    const booking = await this.lessons.book(tx, hold, { id, paymentMethod }, timezone);
    await markBooked(tx, planned, booking.id);
  }

  private async skip(tx: Tx, reserved: Hold, planned: Planned, code: string): Promise<void> {
    await markSkipped(tx, planned, code);
    const { tutorId, startAt } = reserved;
    announce(tx, dateSkipped({ ...planned, tutorId, startAt }, code));
  }

  /** No series can have the seat: it is everyone's. */
  private async open(tx: Tx, reserved: Hold): Promise<void> {
    await endHold(tx, reserved.id, 'released');
    await this.timeBack.release(tx, [placeOf(reserved)]);
    announce(tx, released(reserved));
  }
}
