import { SlotHeldByOthers } from '../src/holds/holds.errors.ts';
import { type WaitlistScenario, waitlistScenario } from './waitlist.scenario.ts';

const NOON = '2030-03-01T12:00:00.000Z';

describe('a seat that is reserved', () => {
  let s: WaitlistScenario;
  beforeEach(async () => {
    s = await waitlistScenario();
  });
  afterEach(() => s.end());

  it('is open at once when who waits leaves before they are asked', async () => {
    const { tutor, slot, booking } = await s.taken();
    const first = await s.join(tutor, slot);
    const asked = s.pause();
    await s.cancel(booking.studentId, booking.id);
    asked.resume();
    await s.leave(first);
    await s.settle();
    expect(await s.listed(tutor)).toHaveLength(1);
  });

  it('is offered to nobody once its tutor withdraws it', async () => {
    const { tutor, slot, booking } = await s.taken();
    const first = await s.join(tutor, slot);
    const asked = s.pause();
    await s.cancel(booking.studentId, booking.id);
    expect(await s.holders(slot)).toEqual([{ student_id: null, kind: 'waitlist', seat: 1 }]);
    await s.publish(tutor, { starts: [] });
    asked.resume();

    await s.minute();
    expect([await s.status(slot), await s.claims(slot), await s.statusOf(first)]).toEqual(['closed', [], 'waiting']);
    await s.publish(tutor, {});
    await s.settle();
    expect(await s.statusOf(first)).toBe('offered');
  });

  it('is not in the way of a lesson that is moved to a time which overlaps its old one', async () => {
    const { tutor, slot, booking } = await s.taken();
    await s.publish(tutor, { starts: [NOON, '2030-03-01T12:30:00.000Z'] });
    const first = await s.join(tutor, slot);
    const [, half] = await s.slotsOf(tutor);
    expect(await s.move(tutor, booking.id, half!)).toMatchObject({ slotId: half });
    await s.settle();
    expect([await s.statusOf(first), await s.claims(slot)]).toEqual(['waiting', []]);

    await expect(s.move(tutor, booking.id, slot)).rejects.toThrow(SlotHeldByOthers);
    await s.cancel(booking.studentId, booking.id);
    await s.settle();
    expect(await s.statusOf(first)).toBe('offered');
  });

  it('is offered by the next minute after a process that died before it asked', async () => {
    const { tutor, slot, booking } = await s.taken();
    const first = await s.join(tutor, slot);
    const asked = s.pause();
    await s.cancel(booking.studentId, booking.id);
    await s.settle();
    asked.resume();
    expect(await s.claims(slot)).toHaveLength(2);
    await s.minute();
    expect(await s.statusOf(first)).toBe('offered');
  });

  it('is kept from everyone else also when nobody was asked in time', async () => {
    const { tutor, slot, booking } = await s.taken();
    const first = await s.join(tutor, slot);
    const asked = s.pause();
    await s.cancel(booking.studentId, booking.id);
    s.clock.advance(15);
    expect(await s.listed(tutor)).toEqual([]);
    expect(await s.found(tutor)).toEqual([]);
    await expect(s.hold(s.person(), slot)).rejects.toThrow(SlotHeldByOthers);
    asked.resume();
    await s.minute();
    expect(await s.statusOf(first)).toBe('offered');
  });

  it('waits for a hold that ran out, where buffers have grown over it, instead of stopping who gives the seat back', async () => {
    const tutor = s.person();
    const starts = [NOON, '2030-03-01T13:00:00.000Z'];
    await s.publish(tutor, { starts });
    const [noon, one] = await s.slotsOf(tutor);
    const booking = await s.book(noon!);
    const first = await s.join(tutor, noon!);
    await s.hold(s.person(), one!);
    await s.publish(tutor, { starts, terms: { buffer_after_minutes: 30 } });
    s.clock.advance(10);

    await s.cancel(booking.studentId, booking.id);
    await s.settle();
    expect(await s.statusOf(first)).toBe('offered');
  });
});
