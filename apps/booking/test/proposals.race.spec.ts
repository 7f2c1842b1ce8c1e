import { rush } from '@scheduling/testing';
import { BookingNotActive } from '../src/bookings/bookings.errors.ts';
import { SlotBooked, SlotHeldByOthers, TutorBusy } from '../src/holds/holds.errors.ts';
import { ProposalOver } from '../src/proposals/proposals.errors.ts';
import { TimeTaken } from '../src/claims/claims.errors.ts';
import { ProposalsService } from '../src/proposals/proposals.service.ts';
import { type ProposalsScenario, proposalsScenario } from './proposals.scenario.ts';

const day = (n: number) => `2030-03-${String(n).padStart(2, '0')}T12:00:00.000Z`;

describe('answers at once', () => {
  let s: ProposalsScenario;
  const retried: string[] = [];
  beforeAll(async () => {
    s = await proposalsScenario();
    s.db.onRetry((sqlState) => retried.push(sqlState));
  });
  afterEach(async () => {
    await s.checkAll();
    if (retried.length > 0) throw new Error(`Transactions ran again: ${retried.join()}`);
  });
  afterAll(() => s.end());

  /** A lesson that its tutor has moved in their calendar, and the proposal that was made of it. */
  const dragged = async () => {
    const lesson = await s.lesson([day(8), day(9)]);
    await s.drag(lesson.booking, lesson.tutor, day(9));
    return { ...lesson, proposal: (await s.proposed(lesson.booking.id))[0]! };
  };

  it('move the lesson once, however often it is accepted', async () => {
    const { booking, student, slots, proposal } = await dragged();
    const { won, refusals } = await rush(12, () => s.answer(student, proposal, true));
    expect([won.map(({ status }) => status), refusals]).toEqual([won.map(() => 'accepted'), []]);
    expect(won).toHaveLength(12);
    expect(await s.row(booking.id)).toMatchObject({ version: 2, reschedules: 1, slot_id: slots[1] });
    expect(await s.announced(slots[1]!)).toEqual(['BookingRescheduled', 'ProposalAnswered']);
  });

  it('are one answer where some accept and some refuse', async () => {
    const { booking, student, proposal } = await dragged();
    const { won, refusals } = await rush(12, (i) => s.answer(student, proposal, i % 2 === 0));
    expect([won.length, refusals.every((refusal) => refusal instanceof ProposalOver)]).toEqual([6, true]);
    const [outcome] = await s.outcomes(booking.id);
    expect(await s.row(booking.id)).toMatchObject({ version: outcome === 'accepted' ? 2 : 1 });
  });

  it('and cancellations leave no lesson that is both moved and gone', async () => {
    for (let round = 0; round < 5; round++) {
      const { tutor, booking, student, slots, proposal } = await dragged();
      const { won, refusals } = await rush(6, async (i) => {
        if (i % 3 === 0) return (await s.cancel(student, booking.id)).status;
        return (await s.answer(student, proposal, true)).status;
      });
      expect(won).toContain('refunded');
      expect(refusals.filter((e) => !(e instanceof ProposalOver) && !(e instanceof BookingNotActive))).toEqual([]);
      expect([await s.claims(slots[0]!), await s.claims(slots[1]!)]).toEqual([[], []]);
      expect(await s.balance(student)).toBe(10_000);
      const { version } = await s.row(booking.id);
      expect(await s.outcomes(booking.id)).toEqual([version === 3 ? 'accepted' : 'overtaken']);
      expect((await s.since(tutor)).filter((name) => name === 'ProposalAnswered')).toHaveLength(1);
    }
  });

  it('never take a seat that a bystander takes', async () => {
    for (let round = 0; round < 5; round++) {
      const { booking, student, slots, proposal } = await dragged();
      const { won, refusals } = await rush(6, async (i) => {
        if (i === 3) return (await s.answer(student, proposal, true)).status;
        return (await s.hold(s.person(), slots[1]!)).hold.status;
      });
      const kinds = [SlotHeldByOthers, SlotBooked, TimeTaken, TutorBusy];
      expect(refusals.filter((refusal) => !kinds.some((kind) => refusal instanceof kind))).toEqual([]);
      expect(won).toHaveLength(1);
      const [outcome] = await s.outcomes(booking.id);
      expect([outcome, (await s.row(booking.id)).slot_id]).toEqual(
        won[0] === 'accepted' ? ['accepted', slots[1]] : ['open', slots[0]],
      );
    }
  });

  it('come too late once, however many replicas see that', async () => {
    const { tutor, proposal, student } = await dragged();
    s.clock.advance(7 * 24 * 60 + 180);
    await rush<unknown>(8, (i) => (i % 2 ? s.get(ProposalsService).expire() : s.answer(student, proposal, true)));
    s.clock.advance(-7 * 24 * 60 - 180);
    expect(await s.since(tutor)).toEqual(['ProposalMade', 'ProposalAnswered']);
  });

  it('and links, drags and moves never deadlock, and leave what can be answered up to date', async () => {
    const lessons = [await dragged(), await dragged(), await dragged()];
    await rush(45, async (i) => {
      const { tutor, booking, student, slots, proposal } = lessons[i % 3]!;
      const now = { ...booking, version: 1 + (i % 4) };
      if (i % 5 === 0) return s.write(now, tutor, `https://meet.google.com/${i}`);
      if (i % 5 === 1) return s.drag(now, i % 2 ? tutor : student, day(8 + (i % 2)));
      if (i % 5 === 2) return s.remove(now, student);
      if (i % 5 === 3) return s.answer(student, proposal, true);
      return s.move(tutor, booking.id, slots[i % 2]!);
    });
    for (const { booking } of lessons) expect(await s.outcomes(booking.id)).not.toEqual(['open']);
  });
});
