import { bookingExpected } from '../answers.ts';
import { newestHold } from '../holding.ts';
import { payByAllowance, payByCredit } from '../money.ts';
import { kind } from '../operation.ts';
import { pick } from '../random.ts';
import { isLive } from '../seats.ts';
import type { ModelBooking, ModelHold, ModelSlot, ModelStudent, World } from '../world.ts';
import { someSlot, someStudent } from './choices.ts';

type Method = 'credit' | 'subscription';

/** The hold that a student confirms, the booking that it has become, or why neither is there. */
export function heldBy(world: World, slot: ModelSlot, student: ModelStudent) {
  const held = newestHold(world, slot, student);
  if (!held) return { refused: 'hold_not_found' };
  const known = world.bookings.find(({ hold }) => hold === held);
  if (known && known.status !== 'canceled' && known.status !== 'refunded') return { booking: known, isRepeated: true };
  return isLive(world, held) ? { held } : { refused: 'hold_lapsed' };
}

function confirmed(world: World, slot: ModelSlot, student: ModelStudent, method: Method) {
  const found = heldBy(world, slot, student);
  if (!('held' in found)) return found;
  const held = found.held!;
  const pay = method === 'credit' ? payByCredit : payByAllowance;
  const paid = pay(world, student, held.price, held.currency);
  if ('refused' in paid) return paid;
  return { booking: booked(world, held, { method, paidBy: paid.week ?? null }), isRepeated: false };
}

/** The lesson that a hold becomes. */
export function booked(
  world: World,
  held: ModelHold,
  payment: Pick<ModelBooking, 'method' | 'paidBy'>,
  status: ModelBooking['status'] = 'confirmed',
): ModelBooking {
  held.status = 'confirmed';
  const { slot, student, seat, start, end, price, currency, policy } = held;
  const tutor = slot.tutor;
  const fresh = { status, version: 1, refunded: 0, moves: 0, isFree: false, noShowBy: null, nextCharge: null };
  const booking = { hold: held, slot, student, tutor, seat, start, end, price, currency, policy, ...payment, ...fresh };
  world.bookings.push(booking);
  return booking;
}

export const confirm = kind({
  name: 'confirm',
  weight: 26,
  draw: (random) => ({
    method: random.oneOf<Method>(['credit', 'credit', 'credit', 'subscription']),
    hold: random.lot(),
    own: random.chance(0.9),
    late: random.chance(0.2),
    student: random.lot(),
    slot: random.lot(),
  }),
  aim(world, lots, service) {
    const live = world.holds.filter((hold) => isLive(world, hold));
    const held = lots.late || live.length === 0 ? world.holds.slice(-9) : live;
    const own = lots.own ? pick(held, lots.hold) : undefined;
    const student = own?.student ?? someStudent(world, lots.student);
    const slot = own?.slot ?? someSlot(world, { ...lots, fair: false });
    if (!slot) return null;
    return {
      about: `${student.name} pays for ${slot.name} by ${lots.method}`,
      expected() {
        const result = confirmed(world, slot, student, lots.method);
        if (!('booking' in result)) return result;
        return { ...bookingExpected(result.booking, service.expected), isRepeated: result.isRepeated };
      },
      actual: () => service.confirm(student.id, slot.id!, lots.method),
    };
  },
});
