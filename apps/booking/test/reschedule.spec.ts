import { BookingNotFound } from '../src/bookings/bookings.errors.ts';
import { NotEnoughCredit } from '../src/credits/credits.errors.ts';
import { DailyCapReached, SlotBooked, SlotClosed, StudentBusy, TooSoon, TutorBusy } from '../src/holds/holds.errors.ts';
import {
  AnotherTutor,
  MovedTooOften,
  NotMovable,
  PriceDiffers,
  TooLateToMove,
} from '../src/reschedules/reschedules.errors.ts';
import { ReschedulesService } from '../src/reschedules/reschedules.service.ts';
import { SlotNotFound } from '../src/slots/slots.errors.ts';
import { type Lifecycle, lifecycle } from './lifecycle.scenario.ts';

const at = (day: number, time = '12:00') => `2030-03-${String(day).padStart(2, '0')}T${time}:00.000Z`;

describe('a reschedule', () => {
  let s: Lifecycle;
  beforeAll(async () => {
    s = await lifecycle();
  });
  afterEach(() => s.checkBooks());
  afterAll(() => s.end());

  it('gives the old time back and takes the new one, in the same booking', async () => {
    const { tutor, slots } = await s.teach({ starts: [at(8), at(9)] });
    const booking = await s.book(slots[0]!);
    const moved = await s.move(booking.studentId, booking.id, slots[1]!);

    const shown = {
      id: booking.id,
      slotId: slots[1],
      version: 2,
      reschedules: 1,
      status: 'confirmed',
      freeCancellation: false,
    };
    expect(moved).toMatchObject({
      ...shown,
      startAt: new Date(at(9)),
      endAt: new Date(at(9, '13:00')),
      policy: booking.policy,
    });
    expect([await s.status(slots[0]!), await s.status(slots[1]!)]).toEqual(['open', 'booked']);
    expect(await s.claims(slots[0]!)).toEqual([]);
    expect(await s.seats(slots[1]!)).toEqual([
      [0, tutor],
      [1, booking.studentId],
    ]);
    expect(await s.balance(booking.studentId)).toBe(7500);
    expect((await s.history(booking.id)).at(-1)).toEqual(['rescheduled', 'confirmed', 'confirmed', booking.studentId]);
    expect((await s.statedOf(tutor)).at(-1)).toMatchObject([
      'BookingRescheduled',
      {
        booking_id: booking.id,
        version: 2,
        slot_id: slots[1],
        start_at: at(9),
        previous_slot_id: slots[0],
        previous_start_at: at(8),
        previous_end_at: at(8, '13:00'),
        rescheduled_by: booking.studentId,
        reason: 'a trip',
      },
    ]);
  });

  it('to a time that overlaps the old one is one step, either way', async () => {
    const { slots } = await s.teach({ starts: [at(8), at(8, '12:30')], terms: { buffer_before_minutes: 15 } });
    const booking = await s.book(slots[0]!);
    expect((await s.move(booking.studentId, booking.id, slots[1]!)).slotId).toBe(slots[1]);
    expect((await s.move(booking.studentId, booking.id, slots[0]!)).slotId).toBe(slots[0]);
    expect([await s.claims(slots[1]!), await s.status(slots[1]!)]).toEqual([[], 'open']);
  });

  it('changes nothing when it is repeated, whoever repeats it', async () => {
    const { tutor, slots } = await s.teach({ starts: [at(8), at(9)] });
    const booking = await s.book(slots[0]!);
    const moved = await s.move(booking.studentId, booking.id, slots[1]!);
    expect(await s.move(booking.studentId, booking.id, slots[1]!)).toEqual(moved);
    expect(await s.move(tutor, booking.id, slots[1]!)).toEqual(moved);
    expect(await s.announced(slots[1]!)).toEqual(['BookingRescheduled']);
  });

  it('answers a repeat under its key by the first answer, also after another move', async () => {
    const { slots } = await s.teach({ starts: [at(8), at(9), at(10)] });
    const booking = await s.book(slots[0]!);
    const request = { personId: booking.studentId, key: 'move-1', content: 'move' };
    const move = { by: booking.studentId, bookingId: booking.id, newSlotId: slots[1]!, reason: null };
    const first = await s.get(ReschedulesService).move(move, request);
    await s.move(booking.studentId, booking.id, slots[2]!);
    expect(await s.get(ReschedulesService).move(move, request)).toEqual(first);
    expect((await s.row(booking.id)).slot_id).toBe(slots[2]);
  });

  it('by the tutor makes leaving free until the start, and one by the student ends that', async () => {
    const strict = await s.policy({ full_refund_until_minutes: 100_000, reschedule_until_minutes: 100_000 });
    const { tutor, slots } = await s.teach({ starts: [at(8), at(9), at(10)], terms: strict });
    const booking = await s.book(slots[0]!);
    const free = await s.move(tutor, booking.id, slots[1]!);
    expect(free.freeCancellation).toBe(true);
    const chosen = await s.move(booking.studentId, booking.id, slots[2]!);
    expect([chosen.freeCancellation, chosen.reschedules]).toEqual([false, 2]);
    await expect(s.move(booking.studentId, booking.id, slots[0]!)).rejects.toThrow(TooLateToMove);
    await s.move(tutor, booking.id, slots[0]!);
    expect((await s.cancel(booking.studentId, booking.id)).refundedCents).toBe(2500);
  });

  it('binds students to their policy, and tutors to none', async () => {
    const once = await s.policy({ maximum_reschedules: 1, reschedule_until_minutes: 60 });
    const { tutor, slots } = await s.teach({ starts: [at(8), at(9), at(10)], terms: once });
    const booking = await s.book(slots[0]!);
    await s.move(booking.studentId, booking.id, slots[1]!);
    await expect(s.move(booking.studentId, booking.id, slots[2]!)).rejects.toThrow(MovedTooOften);
    expect((await s.move(tutor, booking.id, slots[2]!)).reschedules).toBe(2);
  });

  it('settles another price in credits, and a refund then gives back what was paid in all', async () => {
    const { tutor, slots } = await s.teach({ starts: [at(8)] });
    const booking = await s.book(slots[0]!);
    await s.publish(tutor, { starts: [at(9)], price: 4000 });
    const [, dear] = await s.slotsOf(tutor);
    expect((await s.move(booking.studentId, booking.id, dear!)).priceCents).toBe(4000);
    expect(await s.balance(booking.studentId)).toBe(6000);
    await s.publish(tutor, { starts: [at(10)], price: 1000 });
    const [, , cheap] = await s.slotsOf(tutor);
    await s.move(booking.studentId, booking.id, cheap!);
    expect(await s.balance(booking.studentId)).toBe(9000);
    expect((await s.cancel(booking.studentId, booking.id)).refundedCents).toBe(1000);
    expect(await s.balance(booking.studentId)).toBe(10_000);
  });

  it('is refused where the credits do not reach, or the tutor would make it dearer, and leaves all as it was', async () => {
    const { tutor, slots } = await s.teach({ starts: [at(8)] });
    const booking = await s.book(slots[0]!);
    await s.publish(tutor, { starts: [at(9)], price: 20_000 });
    const [, dear] = await s.slotsOf(tutor);
    await expect(s.move(booking.studentId, booking.id, dear!)).rejects.toThrow(NotEnoughCredit);
    await expect(s.move(tutor, booking.id, dear!)).rejects.toThrow(PriceDiffers);
    expect([await s.balance(booking.studentId), await s.status(dear!)]).toEqual([7500, 'open']);
    expect(await s.row(booking.id)).toMatchObject({ slot_id: slots[0], version: 1, price_cents: 2500 });
  });

  it('is refused to whatever a hold would be refused', async () => {
    const terms = { maximum_lessons_per_day: 1, minimum_notice_minutes: 60 };
    const { tutor, slots } = await s.teach({ starts: [at(1, '09:30'), at(8), at(9), at(9, '15:00')], terms });
    const [soon, mine, taken, capped] = slots;
    const [booking] = [await s.book(mine!), await s.book(taken!)];
    const move = (slot: typeof soon) => s.move(booking.studentId, booking.id, slot!);
    await expect(move(soon)).rejects.toThrow(TooSoon);
    await expect(move(taken)).rejects.toThrow(SlotBooked);
    await expect(move(capped)).rejects.toThrow(DailyCapReached);
    await s.publish(tutor, { starts: [at(8)], terms });
    await expect(move(soon)).rejects.toThrow(SlotClosed);
    expect(await s.row(booking.id)).toMatchObject({ slot_id: mine, version: 1 });
  });

  it('within a day that is full moves the lesson that fills it', async () => {
    const { slots } = await s.teach({ starts: [at(8), at(8, '18:00')], terms: { maximum_lessons_per_day: 1 } });
    const booking = await s.book(slots[0]!);
    expect((await s.move(booking.studentId, booking.id, slots[1]!)).slotId).toBe(slots[1]);
  });

  it('puts neither of the two into two lessons at once', async () => {
    const { tutor, slots } = await s.teach({ starts: [at(8), at(9), at(9, '12:30'), at(10)] });
    const booking = await s.book(slots[0]!);
    await s.book(slots[1]!);
    await expect(s.move(booking.studentId, booking.id, slots[2]!)).rejects.toThrow(TutorBusy);
    const elsewhere = await s.slot({ starts: [at(10, '12:30')] });
    await s.book(elsewhere, booking.studentId);
    await expect(s.move(tutor, booking.id, slots[3]!)).rejects.toThrow(StudentBusy);
  });

  it('tells the student what else is free, and the tutor nothing of the student’s', async () => {
    const { tutor, slots } = await s.teach({ starts: [at(8), at(9), at(10)] });
    const booking = await s.book(slots[0]!);
    await s.book(slots[1]!);
    const refusal = (by: typeof tutor) => s.move(by, booking.id, slots[1]!).catch((error) => error.facts);
    const facts = await refusal(booking.studentId);
    expect(facts.alternatives.map(({ slot_id }: { slot_id: string }) => slot_id)).toEqual([slots[2]]);
    expect(facts.yours).toEqual({ holds: [], bookings: [] });
    expect(await refusal(tutor)).toEqual({ slot_id: slots[1] });
  });

  it('takes the seat that the student holds already', async () => {
    const { slots } = await s.teach({ starts: [at(8), at(9)], capacity: 2 });
    const booking = await s.book(slots[0]!);
    await s.hold(booking.studentId, slots[1]!);
    await s.hold(s.person(), slots[1]!);
    expect((await s.move(booking.studentId, booking.id, slots[1]!)).seat).toBe(1);
    expect(await s.announced(slots[1]!)).toEqual(['SlotHeld', 'SlotHeld', 'SlotReleased', 'BookingRescheduled']);
  });

  it('takes the time that a hold which ran out still claims', async () => {
    const { slots } = await s.teach({ starts: [at(8), at(9)] });
    const booking = await s.book(slots[0]!);
    await s.hold(s.person(), slots[1]!);
    s.clock.advance(11);
    await s.move(booking.studentId, booking.id, slots[1]!);
    expect(await s.announced(slots[1]!)).toEqual(['SlotHeld', 'SlotReleased', 'BookingRescheduled']);
    s.clock.advance(-11);
  });

  it('leaves the others of a group where they are', async () => {
    const { tutor, slots } = await s.teach({ starts: [at(8), at(9)], capacity: 3 });
    const [first, second] = [await s.book(slots[0]!), await s.book(slots[0]!)];
    await s.move(first.studentId, first.id, slots[1]!);
    expect(await s.seats(slots[0]!)).toEqual([
      [0, tutor],
      [2, second.studentId],
    ]);
    const third = await s.book(slots[0]!);
    expect(third.seat).toBe(1);
  });

  it('is of a confirmed lesson of one’s own, to a slot of the same tutor', async () => {
    const { slots } = await s.teach({ starts: [at(8), at(9)] });
    const booking = await s.book(slots[0]!);
    const { slots: elsewhere } = await s.teach({ starts: [at(9)] });
    await expect(s.move(s.person(), booking.id, slots[1]!)).rejects.toThrow(BookingNotFound);
    await expect(s.move(booking.studentId, booking.id, elsewhere[0]!)).rejects.toThrow(AnotherTutor);
    await expect(s.move(booking.studentId, booking.id, booking.id as never)).rejects.toThrow(SlotNotFound);
    await s.cancel(booking.studentId, booking.id);
    await expect(s.move(booking.studentId, booking.id, slots[1]!)).rejects.toThrow(NotMovable);
  });

  it('of a lesson that is to be charged later costs nothing now', async () => {
    const { tutor, slots } = await s.teach({ starts: [at(8)] });
    const booking = await s.book(slots[0]!);
    await s.source.query("update bookings set status = 'pending_payment' where id = $1", [booking.id]);
    await s.publish(tutor, { starts: [at(9)], price: 3000 });
    const moved = await s.move(booking.studentId, booking.id, (await s.slotsOf(tutor))[1]!);
    expect([moved.status, moved.priceCents, await s.balance(booking.studentId)]).toEqual([
      'pending_payment',
      3000,
      7500,
    ]);
    expect(await s.move(tutor, booking.id, moved.slotId)).toEqual(moved);
  });

  it('of a lesson that was booked before seats were kept finds its place all the same', async () => {
    const { slots } = await s.teach({ starts: [at(8), at(9)] });
    const booking = await s.book(slots[0]!);
    await s.source.query('update bookings set seat = null where id = $1', [booking.id]);
    expect((await s.move(booking.studentId, booking.id, slots[1]!)).seat).toBe(1);
    expect(await s.claims(slots[0]!)).toEqual([]);
  });
});
