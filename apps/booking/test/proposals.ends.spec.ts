import { BookingNotFound } from '../src/bookings/bookings.errors.ts';
import { OwnProposal, ProposalNotFound, ProposalOver } from '../src/proposals/proposals.errors.ts';
import { ProposalsService } from '../src/proposals/proposals.service.ts';
import { type ProposalsScenario, proposalsScenario } from './proposals.scenario.ts';

const at = (day: number, time = '12:00') => `2030-03-${String(day).padStart(2, '0')}T${time}:00.000Z`;

describe('a proposal about a lesson', () => {
  let s: ProposalsScenario;
  beforeAll(async () => {
    s = await proposalsScenario();
  });
  afterEach(() => s.checkAll());
  afterAll(() => s.end());

  it('can no longer be answered once anything else changes the lesson', async () => {
    const { tutor, slots, booking, student } = await s.lesson([at(8), at(9), at(10)]);
    await s.drag(booking, tutor, at(9));
    await s.drag(booking, student, at(9));
    await s.move(student, booking.id, slots[2]!);
    const [byStudent, byTutor] = await s.proposed(booking.id);
    expect(await s.outcomes(booking.id)).toEqual(['overtaken', 'overtaken']);
    await expect(s.answer(student, byTutor!, true)).rejects.toThrow(ProposalOver);
    await expect(s.answer(tutor, byStudent!, false)).rejects.toThrow(ProposalOver);
    expect((await s.since(tutor)).slice(2)).toEqual(['ProposalAnswered', 'ProposalAnswered', 'BookingRescheduled']);
    const link = { ...booking, version: 2 };
    await s.drag(link, tutor, at(9));
    await s.write(link, tutor, 'https://meet.google.com/abc');
    expect(await s.outcomes(booking.id)).toEqual(['overtaken', 'overtaken', 'overtaken']);
  });

  it('can be answered until the lesson begins, or would have begun', async () => {
    const { tutor, booking, student } = await s.lesson([at(8), at(7), at(9)]);
    await s.drag(booking, tutor, at(9));
    await s.drag(booking, student, at(7));
    const [sooner, later] = await s.proposed(booking.id);
    expect([sooner!.expiresAt, later!.expiresAt]).toEqual([new Date(at(7)), new Date(at(8))]);
    await s.get(ProposalsService).expire();
    expect(await s.since(tutor)).toEqual(['ProposalMade', 'ProposalMade']);

    const untilThen = 6 * 24 * 60 + 180;
    s.clock.advance(untilThen);
    expect(await s.outcomes(booking.id)).toEqual(['open', 'expired']);
    await expect(s.answer(tutor, sooner!, true)).rejects.toThrow(ProposalOver);
    await s.get(ProposalsService).expire(1);
    expect((await s.since(tutor)).slice(2)).toEqual(['ProposalAnswered']);
    s.clock.advance(24 * 60);
    expect(await s.get(ProposalsService).expire(1)).toBeGreaterThan(0);
    expect(await s.get(ProposalsService).expire()).toBe(0);
    expect((await s.since(tutor)).slice(2)).toEqual(['ProposalAnswered', 'ProposalAnswered']);
    expect((await s.statedOf(tutor)).at(-1)![1]).toMatchObject({ outcome: 'expired', answered_by: null });
    await s.drag(booking, tutor, at(9));
    expect(await s.outcomes(booking.id)).toEqual(['expired', 'expired']);
    s.clock.advance(-untilThen - 24 * 60);
  });

  it('is answered by the other one alone', async () => {
    const { tutor, booking, student } = await s.lesson([at(8), at(9)]);
    const { booking: another } = await s.lesson([at(8)]);
    await s.drag(booking, tutor, at(9));
    const [proposal] = await s.proposed(booking.id);
    await expect(s.answer(tutor, proposal!, true)).rejects.toThrow(OwnProposal);
    await expect(s.answer(tutor, proposal!, false)).rejects.toThrow(OwnProposal);
    await expect(s.answer(s.person(), proposal!, true)).rejects.toThrow(BookingNotFound);
    const elsewhere = { id: proposal!.id, bookingId: another.id };
    await expect(s.answer(another.studentId, elsewhere, true)).rejects.toThrow(ProposalNotFound);
    await s.drag(booking, s.person(), at(9));
    expect(await s.outcomes(booking.id)).toEqual(['open']);
    expect((await s.answer(student, proposal!, true)).status).toBe('accepted');
  });

  it('is answered once for a key, by the same answer each time', async () => {
    const { tutor, slots, booking, student } = await s.lesson([at(8), at(9)]);
    await s.drag(booking, tutor, at(9));
    const [proposal] = await s.proposed(booking.id);
    const answer = { by: student, bookingId: booking.id, proposalId: proposal!.id, accept: true };
    const request = { personId: student, key: `answer ${proposal!.id}`, content: 'accept' };
    const first = await s.get(ProposalsService).answer(answer, request);
    await s.move(tutor, booking.id, slots[0]!);
    expect(await s.get(ProposalsService).answer(answer, request)).toEqual(first);
    expect((await s.row(booking.id)).slot_id).toBe(slots[0]);
  });
});

describe('a lesson that somebody takes out of their calendar', () => {
  let s: ProposalsScenario;
  beforeAll(async () => {
    s = await proposalsScenario();
  });
  afterEach(() => s.checkAll());
  afterAll(() => s.end());

  it.each([
    ['its tutor, all of it', 'tutor' as const, 2500, 'refunded', 'closed'],
    ['its student, as much as the policy says', 'student' as const, 1000, 'refunded', 'open'],
  ])('is called off once the other one accepts, and gives back to %s', async (_, side, cents, status, slot) => {
    const terms = await s.policy({
      full_refund_until_minutes: 30 * 24 * 60,
      partial_refund_until_minutes: 60,
      partial_refund_percent: 40,
    });
    const { tutor, slots, booking, student } = await s.lesson([at(8)], { terms });
    const [by, other] = side === 'tutor' ? [tutor, student] : [student, tutor];
    await s.remove(booking, by);
    await s.remove(booking, by);
    expect(await s.row(booking.id)).toMatchObject({ status: 'confirmed', version: 1, refunded_cents: 0 });
    expect([await s.balance(student), await s.status(slots[0]!)]).toEqual([7500, 'booked']);
    const [proposal] = await s.proposed(booking.id);
    expect(proposal).toMatchObject({ kind: 'cancel', newSlotId: null, newStartAt: null, expiresAt: new Date(at(8)) });

    expect((await s.answer(other, proposal!, true)).status).toBe('accepted');
    expect(await s.row(booking.id)).toMatchObject({ status, version: 2, refunded_cents: cents, canceled_by: by });
    expect([await s.balance(student), await s.status(slots[0]!)]).toEqual([7500 + cents, slot]);
    expect(await s.since(tutor)).toEqual(['ProposalMade', 'BookingCanceled', 'ProposalAnswered']);
    expect((await s.statedOf(tutor)).slice(-2)).toMatchObject([
      ['BookingCanceled', { canceled_by: by, refunded_cents: cents, cause: 'person' }],
      ['ProposalAnswered', { outcome: 'accepted', answered_by: other, status, version: 2 }],
    ]);
  });

  it('takes place all the same when the other one refuses', async () => {
    const { tutor, booking, student } = await s.lesson([at(8)]);
    await s.remove(booking, student);
    const [proposal] = await s.proposed(booking.id);
    await s.answer(tutor, proposal!, false);
    expect(await s.row(booking.id)).toMatchObject({ status: 'confirmed', version: 1 });
  });

  it('and moved before, is asked about as it was taken out', async () => {
    const { tutor, booking } = await s.lesson([at(8), at(9)]);
    await s.drag(booking, tutor, at(9));
    await s.remove(booking, tutor);
    expect((await s.proposed(booking.id)).map(({ kind, status }) => [kind, status])).toEqual([
      ['cancel', 'open'],
      ['reschedule', 'overtaken'],
    ]);
  });
});
