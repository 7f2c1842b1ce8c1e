import { bookingExpected } from '../answers.ts';
import { kind } from '../operation.ts';
import { pick } from '../random.ts';
import { free, lapse } from '../seats.ts';
import type { ModelSlot, ModelTutor, World } from '../world.ts';
import { callOff } from './cancel.ts';
import { someSlot } from './choices.ts';

function cleared(world: World, slot: ModelSlot, by: ModelTutor, reopen: boolean) {
  if (slot.tutor !== by) return { refused: 'not_your_slot' };
  if (slot.start <= world.now) return { refused: 'slot_started' };
  lapse(world, (hold) => hold.slot === slot);
  const isNews = slot.withheld === reopen;
  slot.withheld = !reopen;
  for (const hold of reopen ? [] : world.holds) {
    if (hold.slot !== slot || hold.status !== 'held') continue;
    hold.status = 'released';
    free(world, [slot]);
  }
  const standing = world.bookings
    .filter((booking) => booking.slot === slot && ['confirmed', 'pending_payment'].includes(booking.status))
    .toSorted((a, b) => a.seat - b.seat);
  for (const booking of standing) callOff(world, booking, booking.status === 'confirmed' ? booking.price : 0);
  if (isNews) free(world, [slot]);
  return { bookings: standing };
}

export const clearSlot = kind({
  name: 'clear a slot',
  weight: 3,
  draw: (random) => ({
    booking: random.lot(),
    taken: random.chance(0.7),
    slot: random.lot(),
    fair: random.chance(0.3),
    stranger: random.chance(0.1),
    reopen: random.chance(0.6),
  }),
  aim(world, lots, service) {
    const standing = world.bookings.filter(({ status }) => status === 'confirmed');
    const slot = (lots.taken && pick(standing, lots.booking)?.slot) || someSlot(world, lots);
    if (!slot) return null;
    const by = lots.stranger ? world.tutors.find((tutor) => tutor !== slot.tutor)! : slot.tutor;
    return {
      about: `${by.name} cancels everything in ${slot.name}${lots.reopen ? ', reopening' : ''}`,
      expected() {
        const { bookings, ...rest } = cleared(world, slot, by, lots.reopen);
        return bookings ? bookings.map((booking) => bookingExpected(booking, service.expected)) : rest;
      },
      actual: () => service.clear(by.id, slot.id!, lots.reopen),
    };
  },
});
