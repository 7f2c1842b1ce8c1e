import { holdExpected } from '../answers.ts';
import { minutes } from '../calendar.ts';
import { isHoarding, newestHold, seatRefusal, setAside } from '../holding.ts';
import { waitersFor } from '../lines.ts';
import { kind } from '../operation.ts';
import { inTheWay, isLive, lapse } from '../seats.ts';
import { transaction } from '../transaction.ts';
import type { ModelSlot, ModelStudent, World } from '../world.ts';
import { someSlot, someStudent } from './choices.ts';

function place(world: World, slot: ModelSlot, student: ModelStudent) {
  const own = newestHold(world, slot, student);
  if (own && isLive(world, own)) return { hold: own, isRepeated: true };
  const refusal = () =>
    seatRefusal(world, slot, student, waitersFor(world, slot)) ?? (isHoarding(world, student) ? 'hold_limit' : null);
  const atFirst = refusal();
  if (atFirst) return { refused: atFirst };
  return transaction(world, () => {
    const gone = inTheWay(world, slot, student);
    lapse(world, (hold) => gone.includes(hold));
    const refused = refusal();
    return refused ? { refused } : { hold: setAside(world, slot, student, inTenMinutes(world)), isRepeated: false };
  });
}

const inTenMinutes = ({ now }: World) => ({ kind: 'student' as const, until: now + minutes(10) });

export const hold = kind({
  name: 'hold',
  weight: 30,
  draw: (random) => ({ student: random.lot(), slot: random.lot(), fair: random.chance(0.6) }),
  aim(world, lots, service) {
    const student = someStudent(world, lots.student);
    const slot = someSlot(world, lots);
    if (!slot) return null;
    return {
      about: `${student.name} holds ${slot.name}`,
      expected() {
        const placed = place(world, slot, student);
        if (!('hold' in placed)) return placed;
        return { ...holdExpected(placed.hold!, service.expected), isRepeated: placed.isRepeated };
      },
      actual: () => service.hold(student.id, slot.id!),
    };
  },
});
