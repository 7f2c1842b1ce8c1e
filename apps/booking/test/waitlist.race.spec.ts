import type { PersonId, SlotId } from '@scheduling/domain';
import { lockPeople } from '@scheduling/persistence';
import { rush, until } from '@scheduling/testing';
import { nextUnnamed } from '../src/reservations/reservations.store.ts';
import { OffersService } from '../src/waitlist/offers.service.ts';
import { type WaitlistScenario, waitlistScenario } from './waitlist.scenario.ts';

const WAITING_FOR_LOCKS = `
  select 1 from pg_locks
   where locktype = 'advisory' and not granted and database = (select oid from pg_database where datname = current_database())`;

describe('whoever waits', () => {
  let s: WaitlistScenario;
  beforeEach(async () => {
    s = await waitlistScenario();
  });
  afterEach(() => s.end());

  it('stands where the numbers say, when twenty come at once', async () => {
    const { tutor, slot, booking } = await s.taken();
    const { won } = await rush(20, () => s.join(tutor, slot));
    const ahead = await Promise.all(won.map(async (place) => (await s.place(place)).ahead));
    expect(ahead.toSorted((a, b) => a! - b!)).toEqual(Array.from({ length: 20 }, (_, i) => i));

    await s.cancel(booking.studentId, booking.id);
    for (let turn = 0; turn < 20; turn++) {
      await s.settle();
      const next = won[ahead.indexOf(turn)]!;
      expect(await s.holders(slot)).toMatchObject([{ student_id: next.student }]);
      await s.holds.release(next.student, slot);
    }
    await s.settle();
    expect(await s.listed(tutor)).toHaveLength(1);
  });

  it('has one place, who asks for it ten times at once', async () => {
    const { tutor, slot } = await s.taken();
    const student = s.person();
    const { won } = await rush(10, () => s.join(tutor, slot, student));
    expect(won.filter(({ isRepeated }) => !isRepeated)).toHaveLength(1);
    expect(new Set(won.map(({ id }) => id)).size).toBe(1);
  });

  it('never has more than ten places, however many they ask for at once', async () => {
    const student = s.person();
    const slots: { tutor: PersonId; slot: SlotId }[] = [];
    for (let i = 0; i < 14; i++) slots.push(await s.taken());
    const { won, refusals } = await rush(14, (i) => s.join(slots[i]!.tutor, slots[i]!.slot, student));
    expect([won.length, refusals.length]).toEqual([10, 4]);
  });

  it('is asked once, when several replicas ask at once', async () => {
    const tutor = s.person();
    const slot = await s.slot({ tutor, capacity: 3 });
    for (let seat = 0; seat < 3; seat++) await s.book(slot);
    const line = [];
    for (let i = 0; i < 5; i++) line.push(await s.join(tutor, slot));
    const asked = s.pause();
    for (const { studentId, id } of await s.bookingsIn(slot)) await s.cancel(studentId, id);
    asked.resume();

    const { refusals } = await rush(6, () => s.naming.name(tutor));
    expect(refusals).toEqual([]);
    expect(await Promise.all(line.map(s.statusOf))).toEqual(['offered', 'offered', 'offered', 'waiting', 'waiting']);
    for (const place of line.slice(0, 3)) expect(await s.stepsOf(place)).toEqual(['joined', 'offered']);
  });

  it('is asked as the first by the time that they are locked, not by when it was looked who that is', async () => {
    const { tutor, slot, booking } = await s.taken();
    const line = [await s.join(tutor, slot), await s.join(tutor, slot), await s.join(tutor, slot)] as const;
    await s.book(await s.slot(), line[1].student);
    s.pause();
    await s.cancel(booking.studentId, booking.id);

    const asked = await s.db.transaction(async (tx) => {
      await lockPeople(tx, [tutor]);
      const asking = s.get(OffersService).name((await nextUnnamed(tx, tutor))!);
      await until('the lock is waited for', async () => (await s.source.query(WAITING_FOR_LOCKS)).length > 0);
      await tx.sql`update waitlist set status = 'left' where id = ${line[0].id}`;
      return { asking };
    });
    await asked.asking;

    expect(await Promise.all(line.map(s.statusOf))).toEqual(['left', 'passed_over', 'offered']);
  });

  it('gets one of two offers that come at once for the same time', async () => {
    const student = s.person();
    const lines = [await s.taken(), await s.taken()];
    const places = [];
    for (const { tutor, slot } of lines) places.push(await s.join(tutor, slot, student));
    await Promise.all(lines.map(({ slot }) => s.cancelIn(slot)));
    const { refusals } = await rush(4, (i) => s.naming.name(lines[i % 2]!.tutor));
    await s.settle();
    expect(refusals).toEqual([]);
    expect((await Promise.all(places.map(s.statusOf))).toSorted()).toEqual(['offered', 'passed_over']);
  });

  it('is written down once as served, whoever finds it out at once', async () => {
    for (let round = 0; round < 5; round++) {
      const { tutor, slot } = await s.taken();
      const first = await s.join(tutor, slot);
      await s.cancelIn(slot);
      await s.settle();
      await s.book(slot, first.student);
      const { refusals } = await rush(5, async (i): Promise<unknown> => (i ? s.waitlist.tidy() : s.cancelIn(slot)));
      expect(refusals).toEqual([]);
      expect(await s.stepsOf(first)).toEqual(['joined', 'offered', 'taken']);
    }
  });

  it('either books or leaves, who does both at once', async () => {
    for (let round = 0; round < 5; round++) {
      const { tutor, slot, booking } = await s.taken();
      const [first, second] = [await s.join(tutor, slot), await s.join(tutor, slot)];
      await s.grant(first.student, 5000);
      await s.cancel(booking.studentId, booking.id);
      await s.settle();
      const { won } = await rush(2, async (i): Promise<unknown> =>
        i ? s.leave(first) : s.confirm(first.student, slot),
      );
      await s.settle();
      const isBooked = (await s.bookingsIn(slot)).length === 1;
      expect(won.length).toBe(isBooked ? 2 : 1);
      expect(await s.statusOf(first)).toBe(isBooked ? 'taken' : 'left');
      expect(await s.statusOf(second)).toBe(isBooked ? 'waiting' : 'offered');
    }
  });
});
