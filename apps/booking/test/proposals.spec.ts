import { SlotBooked } from '../src/holds/holds.errors.ts';
import { ProposalOver } from '../src/proposals/proposals.errors.ts';
import { MovedTooOften, PriceDiffers, TooLateToMove } from '../src/reschedules/reschedules.errors.ts';
import { type ProposalsScenario, proposalsScenario } from './proposals.scenario.ts';

const at = (day: number, time = '12:00') => `2030-03-${String(day).padStart(2, '0')}T${time}:00.000Z`;

describe('a lesson that somebody moves in their calendar', () => {
  let s: ProposalsScenario;
  beforeAll(async () => {
    s = await proposalsScenario();
  });
  afterEach(() => s.checkAll());
  afterAll(() => s.end());

  it('stays where it is, and the other one is asked', async () => {
    const { tutor, slots, booking, student } = await s.lesson([at(8), at(9)]);
    await s.drag(booking, tutor, at(9));

    expect(await s.row(booking.id)).toMatchObject({ slot_id: slots[0], version: 1, refunded_cents: 0 });
    expect([await s.status(slots[0]!), await s.status(slots[1]!)]).toEqual(['booked', 'open']);
    const [proposal] = await s.proposed(booking.id);
    expect(proposal).toMatchObject({ status: 'open', kind: 'reschedule', proposedBy: tutor, newSlotId: slots[1] });
    expect((await s.statedOf(tutor)).at(-1)).toMatchObject([
      'ProposalMade',
      {
        proposal_id: proposal!.id,
        booking_id: booking.id,
        version: 1,
        start_at: at(8),
        kind: 'reschedule',
        proposed_by: tutor,
        new_slot_id: slots[1],
        new_start_at: at(9),
        new_end_at: at(9, '13:00'),
        expires_at: at(8),
      },
    ]);
    expect((await s.history(booking.id)).at(-1)).toEqual(['proposed', 'confirmed', 'confirmed', tutor]);
    expect(await s.balance(student)).toBe(7500);
  });

  it('moves once the other one accepts, as if whoever asked had moved it', async () => {
    const strict = await s.policy({ maximum_reschedules: 0, full_refund_until_minutes: 100_000 });
    const { tutor, slots, booking, student } = await s.lesson([at(8), at(9)], { terms: strict });
    await s.drag(booking, tutor, at(9));
    const [proposal] = await s.proposed(booking.id);
    const accepted = await s.answer(student, proposal!, true);
    expect(accepted).toMatchObject({ id: proposal!.id, status: 'accepted', answeredBy: student });
    expect(await s.answer(student, proposal!, true)).toEqual(accepted);

    expect(await s.row(booking.id)).toMatchObject({
      slot_id: slots[1],
      version: 2,
      reschedules: 1,
      free_cancellation: true,
    });
    expect([await s.status(slots[0]!), await s.status(slots[1]!)]).toEqual(['open', 'booked']);
    expect(await s.since(tutor)).toEqual(['ProposalMade', 'BookingRescheduled', 'ProposalAnswered']);
    expect((await s.statedOf(tutor)).slice(-2)).toMatchObject([
      ['BookingRescheduled', { version: 2, rescheduled_by: tutor, start_at: at(9), previous_start_at: at(8) }],
      ['ProposalAnswered', { version: 2, start_at: at(9), outcome: 'accepted', answered_by: student }],
    ]);
    expect((await s.history(booking.id)).slice(-2)).toEqual([
      ['proposal_accepted', 'confirmed', 'confirmed', student],
      ['rescheduled', 'confirmed', 'confirmed', tutor],
    ]);
  });

  it('costs its student the difference when they asked, and never when the tutor did', async () => {
    const { tutor, booking, student } = await s.lesson([at(8)]);
    await s.publish(tutor, { starts: [at(9)], price: 4000 });
    await s.drag(booking, tutor, at(9));
    const [byTutor] = await s.proposed(booking.id);
    await expect(s.answer(student, byTutor!, true)).rejects.toThrow(PriceDiffers);
    await s.drag(booking, student, at(9));
    const [byStudent] = await s.proposed(booking.id);
    expect(await s.balance(student)).toBe(7500);
    await s.answer(tutor, byStudent!, true);
    expect(await s.balance(student)).toBe(6000);
    expect(await s.outcomes(booking.id)).toEqual(['overtaken', 'accepted']);
  });

  it('goes back in the calendar when the other one refuses', async () => {
    const { tutor, slots, booking, student } = await s.lesson([at(8), at(9)]);
    await s.drag(booking, student, at(9));
    const [proposal] = await s.proposed(booking.id);
    expect(await s.answer(tutor, proposal!, false)).toMatchObject({ status: 'refused', answeredBy: tutor });
    await s.answer(tutor, proposal!, false);
    await expect(s.answer(tutor, proposal!, true)).rejects.toThrow(ProposalOver);
    expect(await s.row(booking.id)).toMatchObject({ slot_id: slots[0], version: 1 });
    expect((await s.statedOf(tutor)).at(-1)).toMatchObject([
      'ProposalAnswered',
      { outcome: 'refused', answered_by: tutor, proposed_by: student, version: 1, start_at: at(8) },
    ]);
    expect(await s.since(tutor)).toEqual(['ProposalMade', 'ProposalAnswered']);
    expect((await s.history(booking.id)).at(-1)).toEqual(['proposal_refused', 'confirmed', 'confirmed', tutor]);
  });

  it.each([
    ['nothing is offered', at(10), undefined],
    ['a lesson would be of another length', at(9), at(9, '12:30')],
    ['the tutor teaches someone else', at(11), undefined],
    ['the tutor teaches next to it', at(11, '12:30'), undefined],
    ['it has been already', '2030-02-01T12:00:00.000Z', undefined],
  ])('cannot move where %s', async (_, start, end) => {
    const { tutor, slots, booking } = await s.lesson([at(8), at(9), at(11), at(11, '12:30')]);
    await s.book(slots[2]!);
    await s.drag(booking, tutor, start, end);
    expect(await s.outcomes(booking.id)).toEqual(['impossible']);
    expect((await s.statedOf(tutor)).at(-1)).toMatchObject([
      'ProposalAnswered',
      { outcome: 'impossible', answered_by: null, new_slot_id: null, new_start_at: start, start_at: at(8) },
    ]);
    expect(await s.row(booking.id)).toMatchObject({ slot_id: slots[0], version: 1 });
  });

  it('cannot move where its student is elsewhere, or sooner than its tutor wants to know', async () => {
    const { tutor, booking, student } = await s.lesson([at(8), at(9), at(1, '09:30')], {
      terms: { minimum_notice_minutes: 60 },
    });
    const elsewhere = await s.slot({ starts: [at(9, '12:30')] });
    await s.book(elsewhere, student);
    await s.drag(booking, tutor, at(9));
    await s.drag(booking, tutor, at(1, '09:30'));
    expect(await s.outcomes(booking.id)).toEqual(['impossible', 'impossible']);
  });

  it('cannot move into the pause that its tutor makes, nor to a time that they keep free or no longer offer', async () => {
    const terms = { buffer_after_minutes: 15 };
    const starts = [at(8), at(9), at(9, '13:10'), at(10), at(11)];
    const { tutor, slots, booking } = await s.lesson(starts, { terms });
    await s.book(slots[2]!);
    const canceled = await s.book(slots[3]!);
    await s.cancel(tutor, canceled.id);
    await s.publish(tutor, { starts: starts.slice(0, -1), terms });
    for (const day of [9, 10, 11]) await s.drag(booking, tutor, at(day));
    expect(await s.outcomes(booking.id)).toEqual(['impossible', 'impossible', 'impossible']);
  });

  it('may overlap its own old time', async () => {
    const { tutor, slots, booking, student } = await s.lesson([at(8), at(8, '12:30')], {
      terms: { buffer_before_minutes: 15, maximum_lessons_per_day: 1 },
    });
    await s.drag(booking, tutor, at(8, '12:30'));
    const [proposal] = await s.proposed(booking.id);
    await s.answer(student, proposal!, true);
    expect((await s.row(booking.id)).slot_id).toBe(slots[1]);
  });

  it('is asked about once, however often it is said, and as it was moved last', async () => {
    const { tutor, booking, student } = await s.lesson([at(8), at(9), at(10)]);
    await s.drag(booking, tutor, at(9));
    await s.drag(booking, tutor, at(9));
    expect(await s.since(tutor)).toEqual(['ProposalMade']);
    await s.drag(booking, tutor, at(10));
    await s.drag(booking, student, at(9));
    expect(await s.outcomes(booking.id)).toEqual(['overtaken', 'open', 'open']);
    await s.drag(booking, tutor, at(8));
    expect(await s.outcomes(booking.id)).toEqual(['overtaken', 'overtaken', 'open']);
  });

  it('was moved for nothing where the lesson has changed since', async () => {
    const { tutor, slots, booking, student } = await s.lesson([at(8), at(9), at(10)]);
    await s.move(student, booking.id, slots[2]!);
    await s.drag(booking, tutor, at(9));
    expect(await s.outcomes(booking.id)).toEqual(['overtaken']);
    expect((await s.statedOf(tutor)).at(-1)).toMatchObject([
      'ProposalAnswered',
      { outcome: 'overtaken', answered_by: null, version: 2, start_at: at(10), new_start_at: at(9) },
    ]);
  });

  it('is moved by the policy of whoever asked, and can still be once that lets it', async () => {
    const once = await s.policy({ maximum_reschedules: 1, reschedule_until_minutes: 60 });
    const { tutor, slots, booking, student } = await s.lesson([at(8), at(9), at(10)], { terms: once });
    const moved = await s.move(student, booking.id, slots[1]!);
    await s.drag(moved, student, at(10));
    const [often] = await s.proposed(booking.id);
    await expect(s.answer(tutor, often!, true)).rejects.toThrow(MovedTooOften);
    expect(await s.outcomes(booking.id)).toEqual(['open']);
    expect(await s.row(booking.id)).toMatchObject({ slot_id: slots[1], version: 2 });

    const other = await s.lesson([at(8), at(9)], { terms: once });
    await s.drag(other.booking, other.student, at(9));
    const [late] = await s.proposed(other.booking.id);
    s.clock.advance(7 * 24 * 60 + 150);
    await expect(s.answer(other.tutor, late!, true)).rejects.toThrow(TooLateToMove);
    s.clock.advance(-(7 * 24 * 60 + 150));
    expect((await s.answer(other.tutor, late!, true)).status).toBe('accepted');
  });

  it('stays where it is while another has taken the time, and moves when it is free again', async () => {
    const { tutor, slots, booking, student } = await s.lesson([at(8), at(9)]);
    await s.drag(booking, tutor, at(9));
    const [proposal] = await s.proposed(booking.id);
    const other = await s.book(slots[1]!);
    await expect(s.answer(student, proposal!, true)).rejects.toThrow(SlotBooked);
    await s.cancel(other.studentId, other.id);
    expect((await s.answer(student, proposal!, true)).status).toBe('accepted');
  });

  it('that is off or over is nobody’s question', async () => {
    const { tutor, booking, student } = await s.lesson([at(8), at(9)]);
    await s.cancel(student, booking.id);
    await s.drag({ ...booking, version: 2 }, tutor, at(9));
    await s.remove(booking, tutor);
    await s.drag({ ...booking, id: s.person() as never }, tutor, at(9));
    expect(await s.since(tutor)).toEqual(['BookingCanceled']);
  });
});
