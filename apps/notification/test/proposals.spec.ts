import { answer, cancellation, lesson, move, proposal } from './booking-says.ts';
import { type Scenario, scenario } from './scenario.ts';

describe('a proposal', () => {
  let s: Scenario;
  beforeAll(async () => {
    s = await scenario();
  });
  afterAll(() => s.end());

  const readers = async (of: ReturnType<typeof lesson>) =>
    (await s.ledger(of)).map(({ kind, recipient_id }) => [kind, recipient_id === of.tutor_id ? 'tutor' : 'student']);

  it('is told the other one of the two, once, and its answer whoever made it', async () => {
    const booked = lesson();
    const { student, tutor } = await s.meetBoth(booked);
    const made = proposal(booked);
    await Promise.all([s.propose(made), s.propose(made)]);
    await s.propose(made);
    await s.work(s.worker());
    await s.answer(answer(made));
    await s.answer(answer(made));
    await s.work(s.worker());
    expect(await s.states(booked)).toEqual({ 'proposal_made sent': 1, 'proposal_answered sent': 1 });
    expect((await readers(booked)).toSorted()).toEqual([
      ['proposal_answered', 'tutor'],
      ['proposal_made', 'student'],
    ]);
    const mails = s.smtp.arrived.filter(({ to }) => [student, tutor].includes(to));
    expect(mails.map(({ to, mail }) => [to, mail.subject])).toEqual([
      [student, expect.stringContaining('Proposed: move lesson with Olena to Fri, 1 Mar 2030, 13:00')],
      [tutor, expect.stringContaining('Refused: move lesson with Sam to Fri, 1 Mar 2030, 13:00')],
    ]);
    expect(mails.map(({ raw }) => raw).join('')).not.toContain('text/calendar');
  });

  it('is one of several about the same version of a booking', async () => {
    const booked = lesson();
    const [first, second] = [proposal(booked), proposal(booked)];
    await s.propose(first);
    await s.answer(answer(first, { outcome: 'overtaken', answered_by: null }));
    await s.propose(second);
    await s.propose(proposal(booked, { proposed_by: booked.student_id }));
    expect(await s.states(booked)).toEqual({ 'proposal_made revoked': 1, 'proposal_made planned': 2 });
    const ids = (await s.ledger(booked)).map(({ message_id }) => message_id);
    expect(new Set(ids).size).toBe(3);
    expect(ids).toContain(
      `<proposal_made.${booked.booking_id}.1.${second.proposal_id}.${booked.student_id}@localhost.localdomain>`,
    );
  });

  it.each([
    ['moved', (of: ReturnType<typeof lesson>) => s.move(move(of)), 'rescheduled planned'],
    ['canceled', (of: ReturnType<typeof lesson>) => s.cancel(cancellation(of)), 'canceled planned'],
  ])('is told nobody any more of a lesson that has %s', async (_, say, planned) => {
    const [booked, late] = [lesson(), lesson()];
    await s.propose(proposal(booked));
    await say(booked);
    await say(late);
    await s.propose(proposal(late));
    for (const one of [booked, late]) {
      expect(await s.states(one)).toEqual({ 'proposal_made revoked': 1, [planned]: 2 });
    }
  });

  it('is told nobody any more whose time has come', async () => {
    const booked = lesson({ start_at: '2030-03-01T08:59:00.000Z' });
    await s.propose(proposal(booked));
    expect((await s.ledger(booked)).map(({ state, last_error }) => [state, last_error])).toEqual([
      ['skipped', 'the proposal has run out'],
    ]);
  });

  it('that nobody was asked about is told its maker alone', async () => {
    const booked = lesson();
    await s.answer(answer(proposal(booked), { outcome: 'impossible', answered_by: null }));
    expect(await readers(booked)).toEqual([['proposal_answered', 'tutor']]);
  });
});
