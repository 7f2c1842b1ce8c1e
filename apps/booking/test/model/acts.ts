import { ConfirmService } from '../../src/bookings/confirm.service.ts';
import { CompletionService } from '../../src/completion/completion.service.ts';
import { NoShowService } from '../../src/completion/no-show.service.ts';
import { GroupsService } from '../../src/groups/groups.service.ts';
import { ReschedulesService } from '../../src/reschedules/reschedules.service.ts';
import { type Act, type Client, openUp } from './crowd.ts';

/** A slot that is listed, or one that was offered once. */
async function someSlot({ crowd, random }: Client) {
  if (random.chance(0.6)) {
    const listed = await crowd.s.listed(random.oneOf(crowd.tutors));
    if (listed.length > 0) return random.oneOf(listed).id;
  }
  return random.oneOf(crowd.slots);
}

const hold = async (client: Client) => {
  const slot = await someSlot(client);
  await client.crowd.s.hold(client.student, slot);
  client.asked.push(slot);
};

const confirm =
  (method: 'credit' | 'subscription') =>
  async ({ crowd, random, student, asked }: Client) => {
    const { s } = crowd;
    const slot = asked.at(-1) ?? random.oneOf(crowd.slots);
    const { booking } = await s.get(ConfirmService).confirm(student, slot, method, s.unnamed(student));
    crowd.booked.push(booking);
  };

const move = async ({ crowd, random, student }: Client) => {
  const [{ s }, own] = [crowd, crowd.booked.filter(({ studentId }) => studentId === student)];
  if (own.length === 0) return;
  const { id: bookingId, tutorId } = random.oneOf(own);
  const listed = await s.listed(tutorId);
  const newSlotId = listed.length > 0 ? random.oneOf(listed).id : random.oneOf(crowd.slots);
  const by = random.chance(0.7) ? student : tutorId;
  await s.get(ReschedulesService).move({ by, bookingId, newSlotId, reason: null }, s.unnamed(by));
};

const clear = async ({ crowd, random }: Client) => {
  const { s } = crowd;
  if (crowd.booked.length === 0) return;
  const { tutorId: by, slotId } = random.oneOf(crowd.booked);
  await s.get(GroupsService).cancel({ by, slotId, reason: null, reopen: random.chance(0.8) }, s.unnamed(by));
};

const missed = async ({ crowd, random }: Client) => {
  const { s } = crowd;
  if (crowd.booked.length === 0) return;
  const { tutorId: by, id: bookingId } = random.oneOf(crowd.booked);
  const absent = random.oneOf(['student', 'tutor'] as const);
  await s.get(NoShowService).tell({ by, bookingId, absent }, s.unnamed(by));
};

const release = ({ crowd, random, student, asked }: Client) =>
  crowd.s.holds.release(student, asked.at(-1) ?? random.oneOf(crowd.slots));

const cancelOwn = async ({ crowd, random, student }: Client) => {
  const own = crowd.booked.filter(({ studentId }) => studentId === student);
  if (own.length > 0) await crowd.s.cancel(student, random.oneOf(own).id);
};

const cancelAsTutor = async ({ crowd, random }: Client) => {
  if (crowd.booked.length === 0) return;
  const { id, tutorId } = random.oneOf(crowd.booked);
  await crowd.s.cancel(tutorId, id, random.chance(0.7));
};

/** What holds, money and a tutor's calendar have to do with each other. */
export const ACTS: readonly Act[] = [
  { name: 'hold', weight: 30, act: hold },
  { name: 'confirm by credit', weight: 24, act: confirm('credit') },
  { name: 'confirm by subscription', weight: 6, act: confirm('subscription') },
  { name: 'release', weight: 6, act: release },
  { name: 'cancel', weight: 9, act: cancelOwn },
  { name: 'cancel as tutor', weight: 5, act: cancelAsTutor },
  { name: 'reschedule', weight: 8, act: move },
  { name: 'clear a slot', weight: 1, act: clear },
  { name: 'no-show', weight: 1, act: missed },
  { name: 'complete', weight: 1, act: ({ crowd }) => crowd.s.get(CompletionService).complete() },
  { name: 'grant', weight: 3, act: ({ crowd, student }) => crowd.s.grant(student, 5000) },
  { name: 'publish', weight: 3, act: ({ crowd, random }) => openUp(crowd, random.oneOf(crowd.tutors), random) },
  { name: 'wait', weight: 2, act: async ({ crowd, random }) => crowd.s.clock.advance(random.oneOf([1, 3, 11, 30])) },
  { name: 'sweep', weight: 2, act: ({ crowd }) => crowd.s.holds.sweep() },
];
