import { listedOf } from '../listing.ts';
import { pick } from '../random.ts';
import type { ModelBooking, ModelSlot, ModelStudent, World } from '../world.ts';

/** A slot that can be held, or one that mostly is still to come, or any that there has ever been. */
export function someSlot(world: World, { slot, fair }: { slot: number; fair: boolean }): ModelSlot | undefined {
  if (fair) {
    const listed = listedOf(world, pick(world.tutors, slot)!);
    if (listed.length > 0) return pick(listed, slot);
  }
  const ahead = world.slots.filter(({ start }) => start > world.now);
  return pick(slot % 5 > 0 ? ahead : world.slots, slot) ?? pick(world.slots, slot);
}

export const someStudent = (world: World, lot: number): ModelStudent => pick(world.students, lot)!;

/** Mostly a lesson that stands, at times any that there has ever been. */
export function someBooking(
  world: World,
  { booking, fair }: { booking: number; fair: boolean },
): ModelBooking | undefined {
  const standing = world.bookings.filter(({ status }) => status === 'confirmed' || status === 'pending_payment');
  return pick(fair ? standing : world.bookings, booking) ?? pick(world.bookings, booking);
}
