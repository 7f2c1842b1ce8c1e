import { outcome, rush } from '@scheduling/testing';
import type { Booking } from '../src/bookings/bookings.entity.ts';
import { BookingNotActive } from '../src/bookings/bookings.errors.ts';
import { TimeTaken } from '../src/claims/claims.errors.ts';
import { SlotBooked, SlotHeldByOthers, StudentBusy, TutorBusy } from '../src/holds/holds.errors.ts';
import { NotMovable } from '../src/reschedules/reschedules.errors.ts';
import { type Lifecycle, lifecycle } from './lifecycle.scenario.ts';

const day = (n: number) => `2030-03-${String(n).padStart(2, '0')}T12:00:00.000Z`;
const half = (n: number) => day(n).replace('12:00', '12:30');

describe('reschedules at once', () => {
  let s: Lifecycle;
  /** Counts from here on how often a transaction had to run again, as it does when PostgreSQL breaks a deadlock. */
  const countRetries = () => {
    const transaction = s.db.transaction.bind(s.db);
    let retries = 0;
    const spy = jest.spyOn(s.db, 'transaction').mockImplementation((work) => {
      retries--;
      return transaction((tx) => {
        retries++;
        return work(tx);
      });
    });
    return () => {
      spy.mockRestore();
      return retries;
    };
  };
  beforeAll(async () => {
    s = await lifecycle();
  });
  afterEach(() => s.checkBooks());
  afterAll(() => s.end());

  it('leave the lesson in one slot, with as many versions as there were moves', async () => {
    const { tutor, slots } = await s.teach({ starts: [8, 9, 10, 11].map(day), terms: await s.policy({}) });
    const booking = await s.book(slots[0]!);
    const { won, refusals } = await rush(12, (i) =>
      s.move(i % 2 ? tutor : booking.studentId, booking.id, slots[1 + (i % 3)]!),
    );
    expect([won.length, refusals]).toEqual([12, []]);
    const row = await s.row(booking.id);
    expect(row.version).toBe(1 + Number(row.reschedules));
    const statuses = await Promise.all(slots.map((slot) => s.status(slot)));
    expect(statuses).toEqual(slots.map((slot) => (slot === row.slot_id ? 'booked' : 'open')));
  });

  it('count once when the same one comes ten times', async () => {
    const { slots } = await s.teach({ starts: [day(8), half(8)] });
    const booking = await s.book(slots[0]!);
    const { won } = await rush(10, () => s.move(booking.studentId, booking.id, slots[1]!));
    expect(won.map(({ version, reschedules }) => [version, reschedules])).toEqual(won.map(() => [2, 1]));
    expect(won).toHaveLength(10);
    expect(await s.announced(slots[1]!)).toEqual(['BookingRescheduled']);
  });

  it('either move the lesson before it is canceled or find it gone', async () => {
    const { slots } = await s.teach({ starts: [day(8), day(9)] });
    for (let round = 0; round < 10; round++) {
      const booking = await s.book(slots[0]!);
      const { won, refusals } = outcome(
        await Promise.allSettled([
          s.move(booking.studentId, booking.id, slots[1]!),
          s.cancel(booking.studentId, booking.id),
        ]),
      );
      expect(won.at(-1)).toMatchObject({ status: 'refunded' });
      expect(refusals.every((refusal) => refusal instanceof NotMovable)).toBe(true);
      expect([await s.claims(slots[0]!), await s.claims(slots[1]!)]).toEqual([[], []]);
      expect(await s.balance(booking.studentId)).toBe(10_000);
    }
  });

  it('never take a seat that a bystander takes', async () => {
    const { slots } = await s.teach({ starts: [day(8), day(9)] });
    const booking = await s.book(slots[0]!);
    const bystanders = Array.from({ length: 10 }, () => s.person());
    const { won, refusals } = await rush(11, async (i) => {
      if (i === 5) return (await s.move(booking.studentId, booking.id, slots[1]!)).studentId;
      return (await s.hold(bystanders[i]!, slots[1]!).catch((error) => Promise.reject(error))).hold.studentId;
    });
    expect(won).toHaveLength(1);
    const kinds = [SlotHeldByOthers, SlotBooked, TimeTaken, TutorBusy];
    expect(refusals.filter((refusal) => !kinds.some((kind) => refusal instanceof kind))).toEqual([]);
    expect((await s.seats(slots[1]!)).map(([seat]) => seat)).toEqual([0, 1]);
  });

  it('give one free slot to one of many who want to move there', async () => {
    const starts = [2, 3, 4, 5, 6, 7, 8].map(day);
    const { slots } = await s.teach({ starts });
    const bookings: Booking[] = [];
    for (const slot of slots.slice(1)) bookings.push(await s.book(slot));
    const { won, refusals } = await rush(6, (i) => s.move(bookings[i]!.studentId, bookings[i]!.id, slots[0]!));
    expect(won).toHaveLength(1);
    expect(refusals.filter((refusal) => !(refusal instanceof SlotBooked))).toEqual([]);
    const open = (await Promise.all(slots.map((slot) => s.status(slot)))).filter((status) => status === 'open');
    expect(open).toHaveLength(1);
  });

  it('of two who want each other’s slot refuse both, and never deadlock', async () => {
    const { slots } = await s.teach({ starts: [day(8), day(9)] });
    const [ann, bob] = [await s.book(slots[0]!), await s.book(slots[1]!)];
    const retries = countRetries();
    const { won, refusals } = await rush(20, (i) =>
      i % 2 ? s.move(ann.studentId, ann.id, slots[1]!) : s.move(bob.studentId, bob.id, slots[0]!),
    );
    expect([won, refusals.filter((refusal) => !(refusal instanceof SlotBooked))]).toEqual([[], []]);
    expect(retries()).toBe(0);
  });

  it('of two tutors’ lessons that one student swaps around never deadlock', async () => {
    const terms = await s.policy({});
    const ann = await s.teach({ starts: [day(8), day(9)], terms });
    const bob = await s.teach({ starts: [half(8), half(9)], terms });
    const student = s.person();
    const withAnn = await s.book(ann.slots[0]!, student);
    const withBob = await s.book(bob.slots[1]!, student);
    const retries = countRetries();
    const { refusals } = await rush(20, (i) =>
      i % 2
        ? s.move(student, withAnn.id, ann.slots[i % 4 > 1 ? 1 : 0]!)
        : s.move(student, withBob.id, bob.slots[i % 4 > 1 ? 1 : 0]!),
    );
    expect(refusals.filter((refusal) => !(refusal instanceof StudentBusy))).toEqual([]);
    expect(retries()).toBe(0);
  });

  it('lose to a cancellation no cent and no seat, however many move around in groups', async () => {
    const { slots } = await s.teach({ starts: [8, 9, 10].map(day), capacity: 3, terms: await s.policy({}) });
    const bookings: Booking[] = [];
    for (const slot of [...slots, ...slots]) bookings.push(await s.book(slot));
    const { refusals } = await rush(36, (i) => {
      const { studentId, id } = bookings[i % 6]!;
      return i > 30 ? s.cancel(studentId, id) : s.move(studentId, id, slots[(i * 7) % 3]!);
    });
    const kinds = [SlotBooked, NotMovable, BookingNotActive];
    expect(refusals.filter((refusal) => !kinds.some((kind) => refusal instanceof kind))).toEqual([]);
  });
});
