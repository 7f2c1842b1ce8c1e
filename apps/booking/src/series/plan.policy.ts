import type { PersonId, SlotId } from '@scheduling/domain';
import { SlotRefused } from '../holds/holds.errors.ts';
import { seatFor } from '../holds/holds.policy.ts';
import type { Hold } from '../holds/holds.store.ts';
import type { Situation } from '../holds/situation.store.ts';
import { type Caps, capsReached, countedSpan, type Lesson } from '../slots/caps.policy.ts';

const DAY = 86_400_000;

/** A seat that a date can have. */
export interface FreeSeat {
  readonly situation: Situation;
  readonly seat: number;
  /** What the student holds there already, if they do. */
  readonly own: Hold | null;
}

/** What can be had of a date: its own slot, or another near it, or none; or nobody knows yet. */
export type Outcome =
  | ({ readonly kind: 'available' } & FreeSeat)
  | ({ readonly kind: 'nearest'; readonly code: string } & FreeSeat)
  | { readonly kind: 'conflict'; readonly code: string }
  | { readonly kind: 'beyond_horizon' };

/** A date of a series with what can be had of it. */
export interface PlannedDate {
  /** By the rule. */
  readonly startAt: Date;
  readonly outcome: Outcome;
}

/** What decides about the dates of a series. */
export interface Scene {
  readonly student: PersonId;
  readonly now: Date;
  /** How far the tutor's openings reach. */
  readonly horizonAt: Date;
  /** Dates for which other series wait for every seat that there will be, as far as anyone knows. */
  readonly promised: readonly Date[];
  /** The tutor's lessons that count for the caps. */
  readonly lessons: readonly Lesson[];
}

/** What a slot is like for the student of a series, but for the tutor's lessons. */
export type Look = Omit<FreeSeat, 'seat'>;

/** A slot with a free seat, which caps may rule out. */
export interface Candidate extends Caps {
  readonly id: SlotId;
  readonly startAt: Date;
  readonly isWaitedFor: boolean;
  readonly studentBusy: boolean;
}

/** What each date's own slot gives, the dates before it taken. */
export function planDates(dates: readonly Date[], looks: readonly Look[], scene: Scene): PlannedDate[] {
  const byStart = new Map(looks.map((look) => [look.situation.slot.startAt.getTime(), look]));
  const lessons = [...scene.lessons];
  return dates.map((startAt) => {
    const outcome = ownSlot(startAt, byStart.get(startAt.getTime()), { ...scene, lessons });
    if ('situation' in outcome) lessons.push(outcome.situation.slot);
    return { startAt, outcome };
  });
}

function ownSlot(startAt: Date, look: Look | undefined, scene: Scene): Outcome {
  // What was withdrawn with a horizon that came nearer may come back with it.
  const isBeyond = startAt >= scene.horizonAt && !look?.situation.slot.offered;
  if (isBeyond)
    return isPromised(startAt, scene) ? { kind: 'conflict', code: 'slot_planned' } : { kind: 'beyond_horizon' };
  return look ? seatIn(look, scene) : { kind: 'conflict', code: 'not_offered' };
}

const isPromised = (at: Date, { promised }: Scene): boolean => promised.some((date) => date.getTime() === at.getTime());

function seatIn(look: Look, { student, now, lessons }: Scene): Outcome {
  // A hold was granted: whatever has changed since does not take it away.
  if (look.own) return { kind: 'available', ...look, seat: look.own.seat };
  const situation = { ...look.situation, lessons: lessonsAround(look.situation.slot, lessons) };
  try {
    return { kind: 'available', ...look, seat: seatFor(situation, student, now) };
  } catch (error) {
    if (error instanceof SlotRefused) return { kind: 'conflict', code: error.code };
    throw error;
  }
}

/** Which slot within a day is nearest to each date that cannot have its own; the sooner one of two. No slot is near two dates. */
export function nearestSlots(
  plan: readonly PlannedDate[],
  candidates: readonly Candidate[],
  scene: Scene,
): Map<Date, SlotId> {
  const lessons = lessonsWith(plan, scene);
  const chosen = new Map<Date, SlotId>();
  for (const { startAt, outcome } of plan) {
    if (outcome.kind !== 'conflict') continue;
    const nearest = candidates
      .filter((slot) => distance(slot, startAt) <= DAY && !slot.isWaitedFor && !slot.studentBusy)
      .toSorted((a, b) => distance(a, startAt) - distance(b, startAt))
      .find((slot) => capsReached(slot, lessonsAround(slot, lessons))(slot) === null);
    if (!nearest) continue;
    chosen.set(startAt, nearest.id);
    if (!lessons.some(({ id }) => id === nearest.id)) lessons.push(nearest);
  }
  return chosen;
}

/** The plan with each date put where another slot was found for it, wherever that gives a seat. */
export function withNearest(
  plan: readonly PlannedDate[],
  chosen: ReadonlyMap<Date, SlotId>,
  looks: readonly Look[],
  scene: Scene,
): PlannedDate[] {
  const lessons = lessonsWith(plan, scene);
  return plan.map((date) => {
    const look = looks.find(({ situation }) => situation.slot.id === chosen.get(date.startAt));
    if (date.outcome.kind !== 'conflict' || !look) return date;
    const found = seatIn(look, { ...scene, lessons });
    if (found.kind !== 'available') return date;
    lessons.push(look.situation.slot);
    return { ...date, outcome: { ...found, kind: 'nearest', code: date.outcome.code } };
  });
}

/** The tutor's lessons, and those that the plan makes of slots which are none yet. */
function lessonsWith(plan: readonly PlannedDate[], { lessons }: Scene): Lesson[] {
  const known = new Set(lessons.map(({ id }) => id));
  const planned = plan.flatMap(({ outcome }) => ('situation' in outcome ? outcome.situation.slot : []));
  return [...lessons, ...planned.filter(({ id }) => !known.has(id))];
}

const distance = ({ startAt }: { readonly startAt: Date }, at: Date): number =>
  Math.abs(startAt.getTime() - at.getTime());

/** Only the lessons of its own week decide about a slot, and counting a year of them for each date is what costs. */
function lessonsAround(slot: Caps & { readonly startAt: Date }, lessons: readonly Lesson[]): Lesson[] {
  const week = countedSpan(slot, { from: slot.startAt, until: slot.startAt });
  return week ? lessons.filter(({ startAt }) => startAt >= week.from && startAt < week.until) : [];
}
