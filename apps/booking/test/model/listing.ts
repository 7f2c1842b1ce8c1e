import { seatRefusal } from './holding.ts';
import { waitersFor } from './lines.ts';
import { seatsIn } from './seats.ts';
import type { ModelSlot, ModelTutor, World } from './world.ts';

/** The slots of a tutor that a newcomer can have, the soonest first. */
export const listedOf = (world: World, tutor: ModelTutor): ModelSlot[] =>
  world.slots
    .filter((slot) => slot.tutor === tutor && seatRefusal(world, slot, null, waitersFor(world, slot)) === null)
    .toSorted((a, b) => a.start - b.start);

export const seatsLeft = (world: World, slot: ModelSlot): number => slot.capacity - seatsIn(world, slot).length;
