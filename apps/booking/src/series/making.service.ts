import { Injectable } from '@nestjs/common';
import { newId, type PersonId, type SeriesId, type SlotId } from '@scheduling/domain';
import { announce } from '@scheduling/events';
import { Database, isExcluded, once, type Repeatable, type Tx, violates } from '@scheduling/persistence';
import type { PaymentMethod } from '../bookings/bookings.entity.ts';
import { TimeTaken } from '../claims/claims.errors.ts';
import { OwnSlot } from '../holds/holds.errors.ts';
import { LapseService } from '../holds/lapse.service.ts';
import { SavedMethods } from '../payments/saved-methods.service.ts';
import { findSlot, lockPeopleAndSlots, type SlotOnTerms } from '../slots/slots.store.ts';
import { datesOf, type Recurrence } from './dates.policy.ts';
import { SeriesLessons } from './lessons.service.ts';
import type { PlannedDate } from './plan.policy.ts';
import { PlanService } from './plan.service.ts';
import { MOST_DATES, type OnConflict } from './series-rules.ts';
import { seriesBooked } from './series-facts.ts';
import { SavedMethodNeeded, SeriesConflict } from './series.errors.ts';
import {
  findOwnSeries,
  insertDates,
  insertSeries,
  type Series,
  type SeriesDate,
  type WholeSeries,
} from './series.store.ts';
import { lapsedOf, slotsAt } from './situations.store.ts';

/** What a student asks for: a slot that comes back. */
export interface SeriesWish extends Pick<Recurrence, 'rule' | 'ends'> {
  readonly slotId: SlotId;
  readonly onConflict: OnConflict;
}

@Injectable()
export class MakingService {
  constructor(
    private readonly db: Database,
    private readonly plans: PlanService,
    private readonly lapsing: LapseService,
    private readonly lessons: SeriesLessons,
    private readonly savedMethods: SavedMethods,
  ) {}

  /** What could be had of a series just now; nothing is set aside. */
  preview(student: PersonId, wish: SeriesWish): Promise<PlannedDate[]> {
    return this.db.transaction(async (tx) => {
      const { first, dates } = await this.read(tx, student, wish);
      return this.plans.plan(tx, { student, first, dates, onConflict: wish.onConflict });
    });
  }

  /** Books all dates that the student chose, in one transaction, or none; what lies beyond the tutor's horizon is planned. */
  async make(student: PersonId, wish: SeriesWish, method: PaymentMethod, request: Repeatable): Promise<WholeSeries> {
    if (method === 'stripe' && !(await this.savedMethods.has(student))) throw new SavedMethodNeeded();
    try {
      return await this.db.transaction((tx) => once(tx, request, () => this.makeIn(tx, student, wish, method)));
    } catch (error) {
      // As with holds: what the checks let through is impossible all the same.
      throw isExcluded(error) || violates(error, 'claims_one_person_per_seat') ? new TimeTaken(wish.slotId) : error;
    }
  }

  private async makeIn(tx: Tx, student: PersonId, wish: SeriesWish, method: PaymentMethod): Promise<WholeSeries> {
    const { first, dates } = await this.read(tx, student, wish);
    const people = [first.tutorId, student];
    await this.lapsing.lock(tx, people, await slotsAt(tx, first.tutorId, dates), await lapsedOf(tx, people));
    const plan = await this.plans.plan(tx, { student, first, dates, onConflict: wish.onConflict });
    refuseConflicts(plan, wish.onConflict);
    // Whoever wants a slot of this tutor's waits for the tutor first: nobody has those that the plan has found.
    await lockPeopleAndSlots(
      tx,
      [],
      plan.flatMap(({ outcome }) => (outcome.kind === 'nearest' ? outcome.situation.slot.id : [])),
    );

    const series = newSeries(student, first, { ...wish, method, now: tx.now });
    await insertSeries(tx, series);
    const kept: SeriesDate[] = [];
    for (const [i, date] of plan.entries()) kept.push({ number: i + 1, ...(await this.keep(tx, series, date)) });
    await insertDates(tx, series, kept);
    const whole = (await findOwnSeries(tx, series.id, student))!;
    announce(tx, seriesBooked(whole));
    return whole;
  }

  private async read(tx: Tx, student: PersonId, { slotId, rule, ends }: SeriesWish) {
    const first = await findSlot(tx, slotId);
    if (first.tutorId === student) throw new OwnSlot(first);
    return { first, dates: datesOf({ startAt: first.startAt, timezone: first.timezone, rule, ends }, MOST_DATES) };
  }

  /** Books a date, if it can be had; answers what became of it. */
  private async keep(tx: Tx, series: Series, { startAt, outcome }: PlannedDate): Promise<Omit<SeriesDate, 'number'>> {
    if (outcome.kind === 'beyond_horizon') return { startAt, status: 'planned', code: null, bookingId: null };
    if (outcome.kind === 'conflict') return { startAt, status: 'skipped', code: outcome.code, bookingId: null };
    const { id: bookingId } = await this.lessons.take(tx, series, outcome);
    return { startAt, status: 'booked', code: outcome.kind === 'nearest' ? outcome.code : null, bookingId };
  }
}

/** Refuses a plan that the student does not want so, or of which nothing is left. */
function refuseConflicts(plan: readonly PlannedDate[], onConflict: OnConflict): void {
  const conflicts = plan.flatMap(({ startAt, outcome }) =>
    outcome.kind === 'conflict' ? { startAt, code: outcome.code } : [],
  );
  const isRefused = onConflict === 'refuse' ? conflicts.length > 0 : conflicts.length === plan.length;
  if (isRefused) throw new SeriesConflict(conflicts);
}

const newSeries = (
  studentId: PersonId,
  { tutorId, timezone, priceCents, currency }: SlotOnTerms,
  { rule, onConflict, method, now }: Pick<SeriesWish, 'rule' | 'onConflict'> & { method: PaymentMethod; now: Date },
): Series => ({
  id: newId<SeriesId>(),
  studentId,
  tutorId,
  timezone,
  rule,
  onConflict,
  paymentMethod: method,
  priceCents,
  currency,
  createdAt: now,
});
