import { Injectable } from '@nestjs/common';
import type { PersonId } from '@scheduling/domain';
import type { Tx } from '@scheduling/persistence';
import { lessonsOf } from '../holds/situation.store.ts';
import { countedSpan } from '../slots/caps.policy.ts';
import type { SlotOnTerms } from '../slots/slots.store.ts';
import { freeSlotsOf } from '../waitlist/free-slots.store.ts';
import { nearestSlots, type PlannedDate, planDates, type Scene, withNearest } from './plan.policy.ts';
import { promisedAt } from './planned.store.ts';
import type { OnConflict } from './series-rules.ts';
import { horizonOf, looksAt } from './situations.store.ts';

const DAY = 86_400_000;

/** What a student wants of a tutor: lessons at these times. */
export interface Wanted {
  readonly student: PersonId;
  /** The slot that the series begins with. */
  readonly first: SlotOnTerms;
  readonly dates: readonly Date[];
  readonly onConflict: OnConflict;
}

/** Finds out what can be had of a series: in a few statements, however many dates it has. */
@Injectable()
export class PlanService {
  /** Every date with what can be had of it; whoever books by it has locked both people. */
  async plan(tx: Tx, { student, first, dates, onConflict }: Wanted): Promise<PlannedDate[]> {
    const { tutorId } = first;
    const span = { from: new Date(dates[0]!.getTime() - DAY), until: new Date(dates.at(-1)!.getTime() + DAY + 1) };
    const counted = countedSpan(first, span);
    const scene: Scene = {
      student,
      now: tx.now,
      horizonAt: await horizonOf(tx, tutorId),
      promised: await promisedAt(tx, first, dates),
      lessons: counted ? await lessonsOf(tx, tutorId, counted) : [],
    };
    const plan = planDates(dates, await looksAt(tx, { tutorId, student, starts: dates }), scene);
    if (onConflict !== 'nearest' || plan.every(({ outcome }) => outcome.kind !== 'conflict')) return plan;

    const chosen = nearestSlots(plan, await freeSlotsOf(tx, tutorId, span, student), scene);
    return withNearest(plan, chosen, await looksAt(tx, { tutorId, student, ids: [...chosen.values()] }), scene);
  }
}
