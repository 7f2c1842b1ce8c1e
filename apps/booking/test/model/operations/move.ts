import type { BookingId } from '@scheduling/domain';
import { bookingExpected } from '../answers.ts';
import { minutes } from '../calendar.ts';
import { lowestSeat, newestHold, seatRefusal, takeTime } from '../holding.ts';
import { waitersFor } from '../lines.ts';
import { addCredit, type Paid, payByCredit } from '../money.ts';
import { kind } from '../operation.ts';
import { pick } from '../random.ts';
import { free, inTheWay, lapse } from '../seats.ts';
import { transaction } from '../transaction.ts';
import type { ModelBooking, ModelSlot, World } from '../world.ts';
import { someBooking, someSlot, someStudent } from './choices.ts';

/** Why a lesson must stay where it is, whatever the new time is like. */
function moveRefusal(world: World, booking: ModelBooking, byTutor: boolean): string | null {
  if (booking.status !== 'confirmed' && booking.status !== 'pending_payment') return 'booking_not_movable';
  if (booking.start <= world.now) return 'lesson_started';
  if (byTutor || booking.isFree) return null;
  if (world.now > booking.start - minutes(booking.policy.moveUntil)) return 'too_late_to_move';
  return booking.moves >= booking.policy.moves ? 'moved_too_often' : null;
}

/** Settles in credits what the new time costs more, or less. */
function settled(
  world: World,
  booking: ModelBooking,
  slot: ModelSlot,
  how: { byTutor: boolean; isPaid: boolean },
): Paid {
  const more = slot.price - booking.price;
  if (more === 0 && slot.currency === booking.currency) return {};
  const canPay = booking.method === 'credit' && slot.currency === booking.currency && (more < 0 || !how.byTutor);
  if (!canPay) return { refused: 'price_differs' };
  if (!how.isPaid) return {};
  if (more > 0) return payByCredit(world, booking.student, more, booking.currency);
  addCredit(world, booking.student, -more, booking.currency);
  return {};
}

function moved(world: World, booking: ModelBooking, slot: ModelSlot, byTutor: boolean) {
  const { student } = booking;
  if (slot.tutor !== booking.tutor) return { refused: 'another_tutor' };
  const gone = inTheWay(world, slot, student);
  lapse(world, (hold) => gone.includes(hold) || hold.slot.tutor === slot.tutor);
  const { status } = booking;
  if (booking.slot === slot && (status === 'confirmed' || status === 'pending_payment')) return { booking };
  const refused = moveRefusal(world, booking, byTutor);
  if (refused) return { refused };

  const own = newestHold(world, slot, student);
  if (own?.status === 'held') own.status = 'released';
  // While the new time is looked at, the student sits nowhere.
  booking.status = 'canceled';
  const noSeat = seatRefusal(world, slot, student, waitersFor(world, slot));
  if (noSeat) return { refused: noSeat };
  const price = settled(world, booking, slot, { byTutor, isPaid: status === 'confirmed' });
  if ('refused' in price) return price;
  takeTime(world, slot);
  free(world, [booking.slot]);
  const { start, end, price: newPrice } = slot;
  const [seat, version, moves] = [lowestSeat(world, slot), booking.version + 1, booking.moves + 1];
  Object.assign(booking, {
    slot,
    seat,
    start,
    end,
    price: newPrice,
    version,
    moves,
    status,
    isFree: byTutor,
  });
  return { booking };
}

export const move = kind({
  name: 'reschedule',
  weight: 10,
  draw: (random) => ({
    booking: random.lot(),
    fair: random.chance(0.85),
    by: random.oneOf(['student', 'student', 'tutor', 'stranger'] as const),
    stranger: random.lot(),
    slot: random.lot(),
    near: random.chance(0.9),
  }),
  aim(world, lots, service) {
    const booking = someBooking(world, lots);
    if (!booking) return null;
    const near = world.slots.filter(({ tutor, start }) => tutor === booking.tutor && start > world.now);
    const slot = (lots.near && pick(near, lots.slot)) || someSlot(world, lots)!;
    const stranger = someStudent(world, lots.stranger);
    const person = { student: booking.student, tutor: booking.tutor, stranger }[lots.by];
    return {
      about: `${person.name} moves ${booking.student.name}'s lesson in ${booking.slot.name} to ${slot.name}`,
      expected() {
        if (person !== booking.student && person !== booking.tutor) return { refused: 'booking_not_found' };
        const result = transaction(world, () => moved(world, booking, slot, person === booking.tutor));
        return 'booking' in result ? bookingExpected(result.booking, service.expected) : result;
      },
      actual: () => service.move(person.id, service.idOf(booking.hold) as BookingId, slot.id!),
    };
  },
});
