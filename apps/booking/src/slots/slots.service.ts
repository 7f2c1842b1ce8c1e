import { Injectable } from '@nestjs/common';
import { LessonConflicted, type OpeningsPublished, SlotsChanged } from '@scheduling/contracts';
import type { SlotId } from '@scheduling/domain';
import { announce } from '@scheduling/events';
import type { Tx } from '@scheduling/persistence';
import { conflictFacts } from '../bookings/booking-facts.ts';
import { confirmedIn } from '../bookings/bookings.store.ts';
import { LapseService } from '../holds/lapse.service.ts';
import { ReservationsService } from '../reservations/reservations.service.ts';
import { reconcile } from './reconcile.store.ts';

@Injectable()
export class SlotsService {
  constructor(
    private readonly lapsing: LapseService,
    private readonly reservations: ReservationsService,
  ) {}

  /** Offers exactly what a tutor published; openings that are older than the last ones change nothing. */
  async offer(tx: Tx, published: OpeningsPublished): Promise<void> {
    const { tutor_id: tutorId, schedule_version: version } = published;
    await this.lapsing.lockTutor(tx, tutorId);
    const reconciled = await reconcile(tx, published);
    if (!reconciled) return;

    const { hasNewTerms, changes, offered, withdrawn } = reconciled;
    this.reservations.reserve(tx, offered);
    if (hasNewTerms || changes > 0) announce(tx, SlotsChanged.of({ tutor_id: tutorId, schedule_version: version }));
    if (withdrawn.length > 0) await this.reportStranded(tx, published, withdrawn);
  }

  /** Taken lessons stay; that their tutor no longer wants to teach then is for someone to decide about. */
  private async reportStranded(tx: Tx, published: OpeningsPublished, withdrawn: readonly SlotId[]): Promise<void> {
    const { tutor_id: tutorId, from_at: from, horizon_at: horizon, terms } = published;
    const confirmed = await confirmedIn(tx, tutorId, withdrawn, new Date(from));
    const stranded = confirmed.filter(({ startAt }) => horizon === undefined || startAt < new Date(horizon));
    announce(tx, ...stranded.map((booking) => LessonConflicted.of(conflictFacts(booking, terms.timezone))));
  }
}
