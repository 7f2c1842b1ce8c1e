import { newestHold } from '../holding.ts';
import { kind } from '../operation.ts';
import { pick } from '../random.ts';
import { free, isLive } from '../seats.ts';
import { someSlot, someStudent } from './choices.ts';

export const release = kind({
  name: 'release',
  weight: 6,
  draw: (random) => ({ hold: random.lot(), live: random.chance(0.8), student: random.lot(), slot: random.lot() }),
  aim(world, lots, service) {
    const held = world.holds.filter((hold) => isLive(world, hold));
    const own = lots.live ? pick(held, lots.hold) : undefined;
    const student = own?.student ?? someStudent(world, lots.student);
    const slot = own?.slot ?? someSlot(world, { ...lots, fair: false });
    if (!slot) return null;
    return {
      about: `${student.name} lets go of ${slot.name}`,
      expected() {
        const hold = newestHold(world, slot, student);
        if (!hold) return { refused: 'hold_not_found' };
        if (hold.status === 'confirmed') return { refused: 'hold_confirmed' };
        if (hold.status !== 'held') return {};
        hold.status = 'released';
        free(world, [slot]);
        return {};
      },
      actual: () => service.release(student.id, slot.id!),
    };
  },
});
