import { SlotHeldByOthers } from '../src/holds/holds.errors.ts';
import { type WaitlistScenario, waitlistScenario } from './waitlist.scenario.ts';

const NOON = '2030-03-01T12:00:00.000Z';
const ONE = '2030-03-01T13:00:00.000Z';
const AFTERNOON = { from: new Date(NOON), until: new Date('2030-03-01T18:00:00.000Z') };

describe('a waitlist', () => {
  let s: WaitlistScenario;
  beforeEach(async () => {
    s = await waitlistScenario();
  });
  afterEach(() => s.end());

  it('offers a seat that comes free to the first in line, for fifteen minutes and nobody else', async () => {
    const { tutor, slot, booking } = await s.taken();
    const [first, second] = [await s.join(tutor, slot), await s.join(tutor, slot)];

    await s.cancel(booking.studentId, booking.id);
    await s.settle();

    expect(await s.holders(slot)).toEqual([{ student_id: first.student, kind: 'waitlist', seat: 1 }]);
    expect((await s.place(first)).offer?.expiresAt).toEqual(new Date('2030-03-01T09:15:00Z'));
    expect([await s.statusOf(first), await s.statusOf(second)]).toEqual(['offered', 'waiting']);
    await expect(s.hold(s.person(), slot)).rejects.toThrow(SlotHeldByOthers);
    expect(await s.listed(tutor)).toEqual([]);
    expect((await s.announced(slot)).slice(-3)).toEqual(['BookingCanceled', 'SlotHeld', 'WaitlistOffered']);
  });

  it('lets an offer be confirmed like any hold, also by who has three holds, and ends the place with it', async () => {
    const { tutor, slot, booking } = await s.taken();
    const first = await s.join(tutor, slot);
    const others = ['14', '15', '16'].map((hour) => s.slot({ starts: [`2030-03-01T${hour}:00:00.000Z`] }));
    for (const other of await Promise.all(others)) await s.hold(first.student, other);

    await s.cancel(booking.studentId, booking.id);
    await s.settle();
    await s.grant(first.student, 5000);
    const { booking: mine } = await s.confirm(first.student, slot);

    expect(mine).toMatchObject({ studentId: first.student, status: 'confirmed' });
    expect(await s.statusOf(first)).toBe('taken');
    await s.minute();
    expect(await s.stepsOf(first)).toEqual(['joined', 'offered', 'taken']);
  });

  it('passes over who is busy at that time, and says why', async () => {
    const { tutor, slot, booking } = await s.taken();
    const [busy, next] = [await s.join(tutor, slot), await s.join(tutor, slot)];
    await s.book(await s.slot({ starts: ['2030-03-01T12:30:00.000Z'] }), busy.student);

    await s.cancel(booking.studentId, booking.id);
    await s.settle();

    expect(await s.stepsOf(busy)).toEqual(['joined', 'passed_over: busy']);
    expect(await s.statusOf(busy)).toBe('passed_over');
    expect(await s.stepsOf(next)).toEqual(['joined', 'offered']);
  });

  it('does not take a hold that has run out for a lesson', async () => {
    const { tutor, slot, booking } = await s.taken();
    const first = await s.join(tutor, slot);
    const elsewhere = await s.slot({ starts: ['2030-03-01T12:30:00.000Z'] });
    await s.hold(first.student, elsewhere);
    s.clock.advance(10);
    await s.cancel(booking.studentId, booking.id);
    await s.settle();
    expect(await s.stepsOf(first)).toEqual(['joined', 'offered']);
    expect(await s.announced(elsewhere)).toEqual(['SlotHeld', 'SlotReleased']);
  });

  it('asks one after the other, and then everyone', async () => {
    const { tutor, slot, booking } = await s.taken();
    const line = [await s.join(tutor, slot), await s.join(tutor, slot)];
    await s.cancel(booking.studentId, booking.id);
    await s.settle();

    s.clock.advance(15);
    expect(await s.listed(tutor)).toEqual([]);
    await s.minute();
    expect(await s.holders(slot)).toEqual([{ student_id: line[1]!.student, kind: 'waitlist', seat: 1 }]);

    s.clock.advance(15);
    await s.minute();
    expect(await s.holders(slot)).toEqual([]);
    expect(await s.claims(slot)).toEqual([]);
    expect(await s.listed(tutor)).toHaveLength(1);
    expect(await s.found(tutor)).toHaveLength(1);
    for (const who of line) expect(await s.stepsOf(who)).toEqual(['joined', 'offered', 'passed_over: offer_ran_out']);
    const offer = ['SlotHeld', 'WaitlistOffered', 'SlotReleased'];
    expect((await s.announced(slot)).slice(3)).toEqual([...offer, ...offer]);
  });

  it('asks the next when an offer is let go of, and when its student leaves', async () => {
    const { tutor, slot, booking } = await s.taken();
    const line = [await s.join(tutor, slot), await s.join(tutor, slot), await s.join(tutor, slot)] as const;
    await s.cancel(booking.studentId, booking.id);
    await s.settle();

    await s.holds.release(line[0].student, slot);
    await s.settle();
    expect(await s.stepsOf(line[0])).toEqual(['joined', 'offered', 'passed_over: offer_declined']);
    expect(await s.stepsOf(line[1])).toEqual(['joined', 'offered']);

    await s.leave(line[1]);
    await s.leave(line[1]);
    await s.settle();
    expect(await s.stepsOf(line[1])).toEqual(['joined', 'offered', 'left']);
    expect(await s.stepsOf(line[2])).toEqual(['joined', 'offered']);

    await s.leave(line[2]);
    await s.settle();
    expect(await s.listed(tutor)).toHaveLength(1);
  });

  it('forgets who left before a seat came free', async () => {
    const { tutor, slot, booking } = await s.taken();
    const gone = await s.join(tutor, slot);
    await s.leave(gone);
    await s.cancel(booking.studentId, booking.id);
    await s.settle();
    expect(await s.statusOf(gone)).toBe('left');
    expect(await s.listed(tutor)).toHaveLength(1);
  });

  it('tells everyone how many come before, and counts no one who is not asked any more', async () => {
    const { tutor, slot, booking } = await s.taken();
    const line = [await s.join(tutor, slot), await s.join(tutor, AFTERNOON), await s.join(tutor, slot)] as const;
    await s.join(tutor, { from: new Date(ONE), until: AFTERNOON.until });
    const aheadOf = async (place: (typeof line)[number]) => (await s.place(place)).ahead;
    expect(await Promise.all(line.map(aheadOf))).toEqual([0, 1, 2]);

    await s.leave(line[0]);
    expect(await Promise.all(line.map(aheadOf))).toEqual([null, 0, 1]);
    await s.cancel(booking.studentId, booking.id);
    await s.settle();
    await s.holds.release(line[1].student, slot);
    await s.settle();
    expect(await Promise.all(line.map(aheadOf))).toEqual([null, 0, 0]);
    expect(await s.statusOf(line[1])).toBe('waiting');
  });

  it('reserves one seat of a group among others', async () => {
    const tutor = s.person();
    const slot = await s.slot({ tutor, capacity: 3 });
    const seats = [await s.book(slot), await s.book(slot), await s.book(slot)] as const;
    const first = await s.join(tutor, slot);

    await s.cancel(seats[1].studentId, seats[1].id);
    await s.settle();
    expect(await s.holders(slot)).toEqual([{ student_id: first.student, kind: 'waitlist', seat: 2 }]);
    expect(await s.listed(tutor)).toEqual([]);

    await s.cancel(seats[2].studentId, seats[2].id);
    await s.settle();
    expect(await s.listed(tutor)).toMatchObject([{ id: slot, seatsLeft: 1 }]);
    expect((await s.hold(s.person(), slot)).hold.seat).toBe(3);
  });

  it('makes an offer a seat at a time to as many as there are seats', async () => {
    const tutor = s.person();
    const slot = await s.slot({ tutor, capacity: 2 });
    const seats = [await s.book(slot), await s.book(slot)];
    const line = [await s.join(tutor, slot), await s.join(tutor, slot), await s.join(tutor, slot)];
    for (const { studentId, id } of seats) await s.cancel(studentId, id);
    await s.settle();
    expect(await Promise.all(line.map(s.statusOf))).toEqual(['offered', 'offered', 'waiting']);
    expect((await s.holders(slot)).map(({ seat }) => seat)).toEqual([1, 2]);
  });

  it('does not reserve what a tutor does not want taken again, until they change their mind', async () => {
    const { tutor, slot, booking } = await s.taken();
    const first = await s.join(tutor, slot);
    await s.cancel(tutor, booking.id);
    await s.settle();
    expect([await s.status(slot), await s.statusOf(first)]).toEqual(['closed', 'waiting']);

    await s.cancel(tutor, booking.id, true);
    await s.settle();
    expect([await s.status(slot), await s.statusOf(first)]).toEqual(['held', 'offered']);
  });

  it('keeps an offer whose slot the tutor withdraws, and asks nobody else', async () => {
    const { tutor, slot, booking } = await s.taken();
    const line = [await s.join(tutor, slot), await s.join(tutor, slot)] as const;
    await s.cancel(booking.studentId, booking.id);
    await s.settle();
    await s.publish(tutor, { starts: [] });
    expect(await s.statusOf(line[0])).toBe('offered');

    s.clock.advance(15);
    await s.minute();
    expect([await s.status(slot), await s.statusOf(line[1])]).toEqual(['closed', 'waiting']);
  });
});
