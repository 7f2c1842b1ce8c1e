import { minutes } from './calendar.ts';
import { capReached, isLive, isStudentBusy, isTutorBusy, paddedSpan, seatsIn } from './seats.ts';
import type { ModelEntry, ModelHold, ModelSlot, ModelStudent, World } from './world.ts';

/** Why a slot is not to be had by anyone, or by this student whom others may come before; null where it is. */
export function seatRefusal(
  world: World,
  slot: ModelSlot,
  student: ModelStudent | null,
  waiters: readonly ModelEntry[] = [],
): string | null {
  if (slot.start <= world.now) return 'slot_started';
  if (!slot.offered || slot.withheld) return 'slot_closed';
  if (slot.start - world.now < minutes(slot.tutor.terms!.notice)) return 'too_soon';
  const seats = seatsIn(world, slot);
  if (seats.some((seat) => seat.student === student)) return 'already_booked';
  if (seats.length >= slot.capacity) return seats.some(({ until }) => until !== null) ? 'slot_held' : 'slot_booked';
  if (waiters.length > 0) return 'slot_held';
  if (isTutorBusy(world, slot)) return 'tutor_busy';
  const cap = capReached(world, slot);
  if (cap) return cap;
  return student && isStudentBusy(world, slot, student) ? 'student_busy' : null;
}

/** The lowest seat that nobody sits in. */
export function lowestSeat(world: World, slot: ModelSlot): number {
  const taken = seatsIn(world, slot).map(({ seat }) => seat);
  return Array.from({ length: slot.capacity }, (_, i) => i + 1).find((seat) => !taken.includes(seat))!;
}

/** Whether a student asked for, or holds, as many slots as one may. */
export function isHoarding(world: World, student: ModelStudent): boolean {
  const own = world.holds.filter(
    (hold) => hold.student === student && hold.kind === 'student' && hold.heldAt > world.now - minutes(60),
  );
  return own.filter((hold) => isLive(world, hold)).length >= 3 || own.length >= 20;
}

/** The newest hold that a student has, or had, on a slot. */
export const newestHold = (world: World, slot: ModelSlot, student: ModelStudent): ModelHold | undefined =>
  world.holds.findLast((hold) => hold.slot === slot && hold.student === student);

/** The tutor's time is taken by the first who comes, on the terms of that moment. */
export function takeTime(world: World, slot: ModelSlot): void {
  if (seatsIn(world, slot).length === 0) slot.taken = paddedSpan(slot);
}

/** Sets a seat aside that nothing stands in the way of. */
export function setAside(
  world: World,
  slot: ModelSlot,
  student: ModelStudent,
  { kind, until }: { kind: ModelHold['kind']; until: number },
): ModelHold {
  takeTime(world, slot);
  const hold: ModelHold = {
    slot,
    student,
    kind,
    seat: lowestSeat(world, slot),
    price: slot.price,
    currency: slot.currency,
    start: slot.start,
    end: slot.end,
    policy: slot.tutor.terms!.policy,
    heldAt: world.now,
    expires: Math.min(until, slot.start),
    status: 'held',
  };
  world.holds.push(hold);
  return hold;
}
