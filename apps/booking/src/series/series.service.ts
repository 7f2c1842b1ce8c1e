import { Injectable } from '@nestjs/common';
import type { PersonId, SeriesId } from '@scheduling/domain';
import { audit, Database, lockPeople, once, type Repeatable, type Tx } from '@scheduling/persistence';
import { cancel } from '../bookings/cancel.policy.ts';
import { CancelService } from '../bookings/cancel.service.ts';
import { lockPeopleAndSlots } from '../slots/slots.store.ts';
import { affected, type Extent } from './cancel-series.policy.ts';
import { SeriesNotFound } from './series.errors.ts';
import { cancelPlanned, findOwnSeries, listSeries, type WholeSeries } from './series.store.ts';

/** Who cancels how much of which series. */
export interface CancelSeriesWish {
  readonly by: PersonId;
  readonly seriesId: SeriesId;
  readonly extent: Extent;
  /** For the other person to read. */
  readonly reason: string | null;
}

@Injectable()
export class SeriesService {
  constructor(
    private readonly db: Database,
    private readonly canceling: CancelService,
  ) {}

  /** A series of this person's, as student or tutor. */
  find(person: PersonId, id: SeriesId): Promise<WholeSeries> {
    return this.db.transaction((tx) => this.own(tx, person, id));
  }

  /** This person's series, the newest first. */
  list(person: PersonId, page: { after: SeriesId | null; limit: number }): Promise<WholeSeries[]> {
    return this.db.transaction((tx) => listSeries(tx, person, page));
  }

  /** Cancels lessons of a series, each by its own policy, and what is planned: all of it or nothing. A repeat changes nothing. */
  cancel(wish: CancelSeriesWish, request: Repeatable): Promise<WholeSeries> {
    return this.db.transaction((tx) => once(tx, request, () => this.cancelIn(tx, wish)));
  }

  private async cancelIn(tx: Tx, { by, seriesId, extent, reason }: CancelSeriesWish): Promise<WholeSeries> {
    const { tutorId, studentId } = await this.own(tx, by, seriesId);
    await lockPeople(tx, [tutorId, studentId]);
    const series = await this.own(tx, by, seriesId);
    const { lessons, plannedFrom } = affected(series, extent, tx.now);
    // Whoever wants a slot of this tutor's waits for the tutor first.
    await lockPeopleAndSlots(
      tx,
      [],
      lessons.map(({ slotId }) => slotId),
    );
    if (plannedFrom !== null) await cancelPlanned(tx, seriesId, plannedFrom);
    audit(tx, { action: 'SeriesCanceled', subject: ['series', seriesId] });
    for (const booking of lessons) {
      await this.canceling.callOff(tx, booking, { by, cause: 'person', reason, ...cancel(booking, by, false, tx.now) });
    }
    return this.own(tx, by, seriesId);
  }

  private async own(tx: Tx, person: PersonId, id: SeriesId): Promise<WholeSeries> {
    const series = await findOwnSeries(tx, id, person);
    if (!series) throw new SeriesNotFound(id);
    return series;
  }
}
