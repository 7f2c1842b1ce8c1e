import { dayOf, minutes, weekOf } from './calendar.ts';
import type { ModelHold, ModelLesson, ModelSlot, ModelStudent, World } from './world.ts';

/** Somebody who sits in a slot just now; `until` null: a booking. */
export interface ModelSeat {
  slot: ModelSlot;
  student: ModelStudent;
  seat: number;
  start: number;
  end: number;
  until: number | null;
}

export const isLive = (world: World, hold: ModelHold): boolean => hold.status === 'held' && hold.expires > world.now;

/** Whether a hold is over by the clock, and nobody has needed its time yet. */
export const hasRunOut = (world: World, hold: ModelHold): boolean =>
  hold.status === 'held' && hold.expires <= world.now;

/** Everyone who sits anywhere. */
const allSeats = (world: World): ModelSeat[] => [
  ...world.holds.filter((hold) => isLive(world, hold)).map((hold) => ({ ...hold, until: hold.expires })),
  ...world.bookings
    .filter(({ status }) => ['pending_payment', 'confirmed', 'completed'].includes(status))
    .map((booking) => ({ ...booking, until: null })),
];

export const seatsIn = (world: World, slot: ModelSlot): ModelSeat[] =>
  allSeats(world).filter((seat) => seat.slot === slot);

const meet = (a: { from: number; until: number }, b: { from: number; until: number }): boolean =>
  a.from < b.until && b.from < a.until;

const spanOf = ({ start, end }: { start: number; end: number }) => ({ from: start, until: end });

/** The tutor's time that a slot would take on the terms of now. */
export function paddedSpan({ tutor, start, end }: ModelSlot): { from: number; until: number } {
  return { from: start - minutes(tutor.terms!.before), until: end + minutes(tutor.terms!.after) };
}

/** The other slots that a tutor teaches in just now. */
function lessonsBeside(world: World, slot: ModelSlot): ModelSlot[] {
  const taught = new Set(allSeats(world).map((seat) => seat.slot));
  return world.slots.filter((other) => other.tutor === slot.tutor && other !== slot && taught.has(other));
}

export const isTutorBusy = (world: World, slot: ModelSlot): boolean =>
  lessonsBeside(world, slot).some((other) => meet(other.taken, paddedSpan(slot)));

export const isStudentBusy = (world: World, slot: ModelSlot, student: ModelStudent): boolean =>
  allSeats(world).some((seat) => seat.student === student && seat.slot !== slot && meet(spanOf(seat), spanOf(slot)));

/** Which cap of the tutor keeps a slot from being taken. */
export function capReached(world: World, slot: ModelSlot): 'day_full' | 'week_full' | null {
  if (seatsIn(world, slot).length > 0) return null;
  const { perDay, perWeek, timezone } = slot.tutor.terms!;
  const lessons = lessonsBeside(world, slot);
  const onTheDay = lessons.filter(({ start }) => dayOf(start, timezone) === dayOf(slot.start, timezone));
  if (perDay !== null && onTheDay.length >= perDay) return 'day_full';
  const inTheWeek = lessons.filter(({ start }) => weekOf(start, timezone) === weekOf(slot.start, timezone));
  return perWeek !== null && inTheWeek.length >= perWeek ? 'week_full' : null;
}

/** Remembers that time came free, or is newly offered. */
export function free(world: World, slots: readonly ModelSlot[]): void {
  if (slots.length > 0) world.freed.push([...slots]);
}

/** Lets holds that ran out go. */
export function lapse(world: World, which: (hold: ModelHold) => boolean): void {
  const lapsed = world.holds.filter((hold) => hasRunOut(world, hold) && which(hold));
  for (const hold of lapsed) hold.status = 'lapsed';
  settle(world);
  free(
    world,
    lapsed.map(({ slot }) => slot),
  );
}

/** Lets what a tutor wants of a slot show as soon as nothing stands in it any more, a hold that ran out included. */
export function settle(world: World): void {
  for (const slot of world.slots) {
    if (!slot.later || seatsIn(world, slot).length > 0) continue;
    if (world.holds.some((hold) => hold.slot === slot && hasRunOut(world, hold))) continue;
    Object.assign(slot, slot.later);
    slot.later = null;
  }
}

/** Makes a slot what its tutor wants, at once or once nobody sits in it. */
export function want(world: World, slot: ModelSlot, lesson: ModelLesson): void {
  slot.offered = true;
  slot.later = lesson;
  settle(world);
}

/** The holds that ran out and whose time a student needs for a slot. */
export function inTheWay(world: World, slot: ModelSlot, student: ModelStudent, caps = true): ModelHold[] {
  const ranOut = world.holds.filter((hold) => hasRunOut(world, hold));
  const { perDay, perWeek } = slot.tutor.terms!;
  return ranOut.filter((hold) => {
    if (hold.slot === slot) return true;
    if (hold.slot.tutor === slot.tutor && (perDay !== null || perWeek !== null) && caps) return true;
    const isTutorsTime = hold.slot.tutor === slot.tutor && seatsIn(world, hold.slot).length === 0;
    if (isTutorsTime && meet(hold.slot.taken, paddedSpan(slot))) return true;
    return ranOut.some(
      (own) => own.slot === hold.slot && own.student === student && meet(spanOf(own), paddedSpan(slot)),
    );
  });
}
