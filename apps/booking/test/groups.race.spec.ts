import type { Tx } from '@scheduling/persistence';
import { outcome, rush } from '@scheduling/testing';
import { SlotClosed } from '../src/holds/holds.errors.ts';
import { Seating } from '../src/holds/seating.service.ts';
import { GroupsService } from '../src/groups/groups.service.ts';
import { MinimumsService } from '../src/groups/minimums.service.ts';
import { type Lifecycle, lifecycle } from './lifecycle.scenario.ts';

const at = (day: number) => `2030-03-${String(day).padStart(2, '0')}T12:00:00.000Z`;

describe('a group that is canceled while others come and go', () => {
  let s: Lifecycle;
  beforeAll(async () => {
    s = await lifecycle();
  });
  afterEach(() => s.checkBooks());
  afterAll(() => s.end());

  const cancelAll = (
    by: Parameters<Lifecycle['cancel']>[0],
    slotId: Parameters<Lifecycle['hold']>[1],
    reopen = false,
  ) => s.get(GroupsService).cancel({ by, slotId, reason: null, reopen }, s.unnamed(by));

  it('leaves nobody in it, with their money or without', async () => {
    for (let round = 0; round < 5; round++) {
      const { tutor, slots } = await s.teach({ starts: [at(10 + round)], capacity: 10 });
      const slot = slots[0]!;
      const students = Array.from({ length: 10 }, () => s.person());
      for (const student of students) await s.grant(student, 2500);
      for (const student of students.slice(0, 5)) await s.hold(student, slot);
      const attempts = students.map(async (student, i) => {
        if (i >= 5) await s.hold(student, slot);
        await s.confirm(student, slot);
      });
      const { won } = outcome(await Promise.allSettled([cancelAll(tutor, slot), ...attempts]));
      expect(Array.isArray(won[0])).toBe(true);
      expect([await s.claims(slot), await s.status(slot)]).toEqual([[], 'closed']);
      for (const student of students) expect(await s.balance(student)).toBe(2500);
    }
  });

  it('refunds each seat once, whoever cancels it', async () => {
    const { tutor, slots } = await s.teach({ starts: [at(20)], capacity: 6 });
    const bookings = await Promise.all(Array.from({ length: 6 }, () => s.book(slots[0]!)));
    const { refusals } = await rush<unknown>(12, (i) =>
      i % 3 ? s.cancel(bookings[i % 6]!.studentId, bookings[i % 6]!.id) : cancelAll(tutor, slots[0]!),
    );
    expect(refusals).toEqual([]);
    for (const { studentId } of bookings) expect(await s.balance(studentId)).toBe(10_000);
    await expect(s.hold(s.person(), slots[0]!)).rejects.toThrow(SlotClosed);
  });

  it('waits for whoever took a seat while it waited for the tutor', async () => {
    const { tutor, slots } = await s.teach({ starts: [at(24)], capacity: 2 });
    const newcomer = s.person();
    await s.grant(newcomer, 2500);
    const seating = s.get(Seating);
    const sitDown = async (tx: Tx) => {
      const situation = await seating.look(tx, slots[0]!, newcomer);
      const expiresAt = new Date(tx.now.getTime() + 600_000);
      await seating.take(tx, situation, { seat: 1, expiresAt }, { studentId: newcomer, kind: 'student' });
    };
    const canceled = await s.behind(newcomer, () => s.behind(tutor, () => cancelAll(tutor, slots[0]!), sitDown));
    expect(canceled).toEqual([]);
    expect(await s.claims(slots[0]!)).toEqual([]);
  });

  it('is decided once by many replicas', async () => {
    const { tutor, slots } = await s.teach({ starts: [at(25)], capacity: 6 });
    const booking = await s.book(slots[0]!);
    await s.get(MinimumsService).ask(tutor, slots[0]!, { attendance: 2, minutesBefore: 60 });
    s.clock.advance(24 * 24 * 60 + 2 * 60);
    const { won } = await rush(6, () => s.get(MinimumsService).decide());
    expect(won.reduce((sum, slotsMissed) => sum + slotsMissed, 0)).toBe(1);
    expect(await s.balance(booking.studentId)).toBe(10_000);
  });
});
