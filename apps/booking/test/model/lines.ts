import { minutes } from './calendar.ts';
import { seatRefusal, setAside } from './holding.ts';
import { free, hasRunOut, inTheWay, isLive, isStudentBusy, lapse, seatsIn, settle } from './seats.ts';
import type { ModelEntry, ModelHold, ModelSlot, World } from './world.ts';

const LEAD = minutes(120);

/** Whether somebody may still come to have a seat. */
export const isWaiting = ({ status }: ModelEntry): boolean => status === 'waiting' || status === 'offered';

const wants = (entry: ModelEntry, { tutor, start }: ModelSlot): boolean =>
  entry.tutor === tutor && entry.from <= start && (entry.slot ? start === entry.from : start < entry.until);

/** Those who wait for a slot, the first before the others. */
export const waitersFor = (world: World, slot: ModelSlot): ModelEntry[] =>
  world.entries.filter(
    (entry) =>
      entry.status === 'waiting' && wants(entry, slot) && slot.start > world.now + LEAD && !entry.passed.includes(slot),
  );

/** Does what follows in the line of the one tutor who has one, once an operation has freed or offered something of theirs. */
export function moveOn(world: World): void {
  if (reserveFreed(world) || world.isNaming) nameAll(world);
  world.isNaming = false;
}

/** Keeps seats that came free for those who wait, before anybody else sees them. */
function reserveFreed(world: World): boolean {
  settle(world);
  const lists = world.freed.splice(0);
  const own = lists.map((slots) =>
    slots.filter(({ tutor }) => world.entries.some((entry) => entry.tutor === tutor && isWaiting(entry))),
  );
  for (const slots of own) {
    endOffers(world, slots);
    for (const slot of [...new Set(slots)].toSorted((a, b) => a.start - b.start)) {
      const seats = waitersFor(world, slot).length;
      for (let i = 0; i < seats; i++) if (!reserve(world, slot)) break;
    }
  }
  return own.some((slots) => slots.length > 0);
}

/** Says what became of offers in these slots; whoever let one go in a window waits on, but not for that slot. */
function endOffers(world: World, slots: readonly ModelSlot[]): void {
  for (const entry of world.entries) {
    if (entry.status !== 'offered' || !slots.includes(entry.offer!.slot) || entry.offer!.status === 'held') continue;
    if (entry.offer!.status === 'confirmed') entry.status = 'taken';
    else pass(entry, entry.offer!.slot);
  }
}

function pass(entry: ModelEntry, slot: ModelSlot): void {
  entry.passed.push(slot);
  entry.status = entry.slot ? 'passed_over' : 'waiting';
}

function reserve(world: World, slot: ModelSlot): ModelHold | null {
  const nobody = { name: 'nobody', id: null as never, credits: [] };
  if (inTheWay(world, slot, nobody, false).length > 0) return null;
  if (seatRefusal(world, slot, nobody)) return null;
  return setAside(world, slot, nobody, { kind: 'waitlist', until: world.now + minutes(15) });
}

/** Finds somebody for each seat that is kept, the soonest first, or lets it go. */
function nameAll(world: World): void {
  const [tutor] = world.tutors;
  for (;;) {
    lapse(world, (hold) => hold.slot.tutor === tutor);
    const kept = world.holds
      .filter((hold) => hold.student.name === 'nobody' && isLive(world, hold))
      .toSorted((a, b) => a.start - b.start || a.seat - b.seat)[0];
    const next = kept ?? reserveMore(world);
    const hasMoved = reserveFreed(world);
    if (!next && !hasMoved) return;
    if (next) name(world, next);
  }
}

function reserveMore(world: World): ModelHold | null {
  const waited = world.slots
    .filter((slot) => waitersFor(world, slot).length > 0 && seatRefusal(world, slot, null) === null)
    .toSorted((a, b) => a.start - b.start)[0];
  return waited ? reserve(world, waited) : null;
}

function name(world: World, kept: ModelHold): void {
  const { slot } = kept;
  const { notice } = slot.tutor.terms!;
  for (;;) {
    const first = waitersFor(world, slot)[0];
    if (first) {
      const gone = inTheWay(world, slot, first.student, false);
      lapse(world, (hold) => gone.includes(hold));
      reserveFreed(world);
    }
    const left = slot.start - world.now;
    if (!first || !slot.offered || slot.withheld || left <= LEAD || left < minutes(notice)) {
      world.holds.splice(world.holds.indexOf(kept), 1);
      free(world, [slot]);
      reserveFreed(world);
      return;
    }
    if (
      !isStudentBusy(world, slot, first.student) &&
      seatsIn(world, slot).every(({ student }) => student !== first.student)
    ) {
      Object.assign(kept, { student: first.student, expires: Math.min(world.now + minutes(15), slot.start - LEAD) });
      Object.assign(first, { status: 'offered', offer: kept });
      return;
    }
    pass(first, slot);
  }
}

/** What the clock and confirmations have ended is written down. */
function tidy(world: World): void {
  for (const entry of world.entries) {
    if (entry.status === 'offered' && entry.offer!.status === 'confirmed') entry.status = 'taken';
    if (entry.status === 'waiting' && entry.expires <= world.now) entry.status = 'expired';
  }
}

/** Each minute: what was missed is made up for, where anything can be. */
export function minutePasses(world: World): void {
  tidy(world);
  const [tutor] = world.tutors;
  if (!world.entries.some(isWaiting)) return;
  const hasLapsed = world.holds.some((hold) => hold.slot.tutor === tutor && hasRunOut(world, hold));
  if (hasLapsed || reserveMoreIsDue(world)) nameAll(world);
}

const reserveMoreIsDue = (world: World): boolean =>
  world.slots.some((slot) => waitersFor(world, slot).length > 0 && seatRefusal(world, slot, null) === null);
