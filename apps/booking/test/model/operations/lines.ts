import type { WaitlistId } from '@scheduling/domain';
import { holdExpected } from '../answers.ts';
import { minutes } from '../calendar.ts';
import { seatRefusal } from '../holding.ts';
import { isWaiting, minutePasses, waitersFor } from '../lines.ts';
import { kind } from '../operation.ts';
import { pick } from '../random.ts';
import { free, isLive, isStudentBusy, seatsIn } from '../seats.ts';
import type { ModelEntry, ModelSlot, ModelStudent, World } from '../world.ts';
import { someStudent } from './choices.ts';

type Wish = Pick<ModelEntry, 'student' | 'tutor' | 'slot' | 'from' | 'until'>;

/** Whether an offer that was confirmed or a time that passed has ended it, written down or not. */
const hasEnded = ({ now }: World, { status, offer, expires }: ModelEntry): boolean =>
  status === 'waiting' ? expires <= now : status !== 'offered' || offer!.status === 'confirmed';

/** Whether a student sits anywhere while a slot goes on, in the slot itself as well. */
const isBusy = (world: World, slot: ModelSlot, student: ModelStudent): boolean =>
  isStudentBusy(world, slot, student) || seatsIn(world, slot).some((seat) => seat.student === student);

function joined(world: World, { student, tutor, slot, from, until }: Wish) {
  if (!tutor.terms) return { refused: 'tutor_unknown' };
  const expires = until - minutes(120);
  if (expires <= world.now) return { refused: 'too_late_to_wait' };
  const own = world.entries.filter((entry) => entry.student === student && !hasEnded(world, entry));
  const known = own.find((entry) => entry.from === from && entry.until === until);
  if (known) return { entry: known, isRepeated: true };
  if (own.length >= 10) return { refused: 'waitlist_limit' };

  if (slot && seatsIn(world, slot).some((seat) => seat.student === student)) return { refused: 'already_seated' };
  const open = world.slots.filter(
    (any) =>
      any.tutor === tutor &&
      (slot ? any === slot : any.start >= from && any.start < until) &&
      seatRefusal(world, any, null) === null &&
      waitersFor(world, any).length === 0,
  );
  if (open.some((any) => slot || !isBusy(world, any, student))) return { refused: 'slot_open' };
  const entry: ModelEntry = {
    student,
    tutor,
    slot,
    from,
    until,
    status: 'waiting',
    passed: open,
    offer: null,
    expires,
  };
  world.entries.push(entry);
  return { entry, isRepeated: false };
}

export const join = kind({
  name: 'join a line',
  weight: 10,
  draw: (random) => ({
    student: random.lot(),
    slot: random.lot(),
    full: random.chance(0.8),
    hours: random.oneOf([0, 0, 6, 30]),
  }),
  aim(world, lots, service) {
    const [tutor] = world.tutors;
    const student = someStudent(world, lots.student);
    const ahead = world.slots.filter((any) => any.tutor === tutor && any.start > world.now);
    const full = ahead.filter((any) => seatsIn(world, any).length >= any.capacity);
    const slot = pick(lots.full && full.length > 0 ? full : ahead, lots.slot);
    if (!slot && lots.hours === 0) return null;
    const window = { slot: null, from: world.now, until: world.now + minutes(60 * lots.hours) };
    const wish = {
      student,
      tutor: tutor!,
      ...(lots.hours > 0 ? window : { slot: slot!, from: slot!.start, until: slot!.start }),
    };
    const asked = wish.slot?.id ?? { from: new Date(wish.from), until: new Date(wish.until) };
    return {
      about: `${student.name} waits for ${wish.slot?.name ?? `${lots.hours} hours of ${tutor!.name}`}`,
      expected() {
        const result = joined(world, wish);
        if (!('entry' in result)) return result;
        const entry = result.entry!;
        return { place: service.expected.of(entry), status: entry.status, isRepeated: result.isRepeated };
      },
      actual: () => service.join(student.id, tutor!.id, asked),
    };
  },
});

export const leave = kind({
  name: 'leave a line',
  weight: 2,
  draw: (random) => ({ entry: random.lot() }),
  aim(world, lots, service) {
    const entry = pick(world.entries, lots.entry);
    if (!entry) return null;
    return {
      about: `${entry.student.name} leaves the line of ${entry.slot?.name ?? 'a window'}`,
      expected() {
        if (hasEnded(world, entry)) return {};
        entry.status = 'left';
        world.isNaming = true;
        if (!entry.offer || !isLive(world, entry.offer)) return {};
        entry.offer.status = 'released';
        free(world, [entry.offer.slot]);
        return {};
      },
      actual: () => service.leave(entry.student.id, service.idOf(entry) as WaitlistId),
    };
  },
});

function aheadOf(world: World, own: ModelEntry): number {
  const meets = (other: ModelEntry) =>
    (own.slot ? own.from + 1 : own.until) > other.from && (other.slot ? other.from + 1 : other.until) > own.from;
  return world.entries
    .slice(0, world.entries.indexOf(own))
    .filter((other) => meets(other) && !(own.slot && other.passed.includes(own.slot)))
    .filter(({ status, expires, offer }) =>
      status === 'waiting' ? expires > world.now : status === 'offered' && offer!.status === 'held',
    ).length;
}

export const place = kind({
  name: 'place in a line',
  weight: 6,
  draw: (random) => ({ entry: random.lot() }),
  aim(world, lots, service) {
    const entry = pick(world.entries, lots.entry);
    if (!entry) return null;
    return {
      about: `${entry.student.name} looks at their place for ${entry.slot?.name ?? 'a window'}`,
      expected() {
        const ended = entry.status === 'waiting' ? 'expired' : 'taken';
        const status = isWaiting(entry) && hasEnded(world, entry) ? ended : entry.status;
        const offer = status === 'offered' && isLive(world, entry.offer!) ? entry.offer! : null;
        const shown = offer && { ...holdExpected(offer, service.expected), slot: service.expected.of(offer.slot) };
        return { status, ahead: hasEnded(world, entry) ? null : aheadOf(world, entry), offer: shown };
      },
      actual: () => service.place(entry.student.id, service.idOf(entry) as WaitlistId),
    };
  },
});

export const minute = kind({
  name: 'minute',
  weight: 2,
  draw: () => null,
  aim: (world, _lots, service) => ({
    about: 'a minute’s work is done for those who wait',
    expected() {
      minutePasses(world);
      return {};
    },
    actual: () => service.minute(),
  }),
});
