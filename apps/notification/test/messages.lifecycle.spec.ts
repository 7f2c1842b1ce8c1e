import { cancellation, collision, failure, lesson, move, offer, refund } from './booking-says.ts';
import { type Scenario, scenario } from './scenario.ts';

describe('the ledger of what becomes of a lesson', () => {
  let s: Scenario;
  beforeAll(async () => {
    s = await scenario();
  });
  afterAll(() => s.end());

  it('has one row a person for a move, however often it is told, and takes back what the move has made untrue', async () => {
    const booked = lesson();
    await s.confirm(booked);
    await s.collide(collision(booked));
    await s.move(move(booked));
    await Promise.all([s.move(move(booked)), s.move(move(booked))]);
    expect(await s.states(booked)).toEqual({
      'confirmed revoked': 2,
      'lesson_conflicted revoked': 1,
      'rescheduled planned': 2,
    });
  });

  it('says nothing any more of the state before a move that was heard first', async () => {
    const booked = lesson();
    await s.move(move(booked));
    await s.confirm(booked);
    expect(await s.states(booked)).toEqual({ 'confirmed revoked': 2, 'rescheduled planned': 2 });
  });

  it('tells the last of several moves, and of a cancellation only that', async () => {
    const booked = lesson();
    await s.move(move(booked, { version: 3 }));
    await s.move(move(booked, { version: 2 }));
    expect(await s.states(booked)).toEqual({ 'rescheduled revoked': 2, 'rescheduled planned': 2 });
    await s.cancel(cancellation(booked, { version: 4 }));
    expect(await s.states(booked)).toEqual({ 'rescheduled revoked': 4, 'canceled planned': 2 });
  });

  it('does not send what a worker had in hand when the lesson moved and has put down since', async () => {
    const booked = lesson();
    await s.meetBoth(booked);
    await s.confirm(booked);
    const worker = s.worker();
    expect(await worker.take(20)).toHaveLength(2);
    await s.move(move(booked));
    s.clock.advance(2);
    await s.work(worker);
    expect(await s.states(booked)).toEqual({ 'confirmed revoked': 2, 'rescheduled sent': 2 });
    s.clock.advance(-2);
  });

  it('tells a later refund beside the cancellation, to the student, once', async () => {
    const booked = lesson();
    await s.cancel(cancellation(booked, { status: 'canceled' }));
    await s.refund(refund(booked));
    await s.refund(refund(booked));
    expect(await s.states(booked)).toEqual({ 'canceled planned': 2, 'refunded planned': 1 });
    expect((await s.ledger(booked)).at(-1)!.recipient_id).toBe(booked.student_id);
  });

  it('tells a refund that arrives after the time of the lesson', async () => {
    const past = lesson({ start_at: '2030-02-28T12:00:00.000Z', end_at: '2030-02-28T13:00:00.000Z' });
    await s.refund(refund(past));
    expect(await s.states(past)).toEqual({ 'refunded planned': 1 });
  });

  it('tells a payment that is tried again and again once for each reason that it fails for', async () => {
    const booked = lesson();
    await s.fail(failure(booked));
    await s.fail(failure(booked, { version: 3 }));
    await s.fail(failure(booked, { version: 5, code: 'expired_card' }));
    await s.fail(failure(booked, { version: 7 }));
    expect(await s.states(booked)).toEqual({ 'payment_failed planned': 2, 'payment_failed skipped': 2 });
    expect((await s.ledger(booked)).map((row) => row.last_error)).toEqual([null, 'told already', null, 'told already']);
  });

  it('tells a payment that failed once, however often it is said, and not at all once it has ended the lesson', async () => {
    const booked = lesson();
    await s.fail(failure(booked));
    await s.fail(failure(booked));
    expect(await s.states(booked)).toEqual({ 'payment_failed planned': 1 });
    await s.cancel(cancellation(booked, { cause: 'payment_failed', status: 'canceled', refunded_cents: 0 }));
    await s.fail(failure(booked, { version: 2, status: 'canceled' }));
    expect(await s.states(booked)).toEqual({ 'payment_failed revoked': 1, 'canceled planned': 1 });
  });

  it('tells an offer once, to whoever waited', async () => {
    const kept = lesson();
    await s.offer(offer(kept));
    await s.offer(offer(kept));
    const rows = await s.ledger(kept);
    expect(rows.map(({ kind, state, recipient_id: to }) => [kind, state, to])).toEqual([
      ['waitlist_offered', 'planned', kept.student_id],
    ]);
    expect(rows[0]!.message_id).toBe(
      `<waitlist_offered.${kept.booking_id}.0.${kept.student_id}@localhost.localdomain>`,
    );
  });

  it('skips an offer that has run out, whether it is heard late or sent late', async () => {
    const [late, slow] = [lesson(), lesson()];
    await s.offer(offer(late, { expires_at: '2030-03-01T09:00:00.000Z' }));
    await s.offer(offer(slow));
    await s.meetBoth(slow);
    s.clock.advance(15);
    await s.work(s.worker());
    s.clock.advance(-15);
    for (const kept of [late, slow]) {
      expect(await s.states(kept)).toEqual({ 'waitlist_offered skipped': 1 });
      expect((await s.ledger(kept))[0]!.last_error).toBe('the offer has run out');
    }
  });

  it('sends each of them', async () => {
    const [moved, kept] = [lesson(), lesson()];
    const { student, tutor } = await s.meetBoth(moved);
    await s.meetBoth(kept);
    await s.move(move(moved));
    await s.offer(offer(kept));
    await s.work(s.worker());
    const mails = s.smtp.arrived.filter(({ to }) => [student, tutor].includes(to));
    expect(mails.map(({ mail }) => mail.subject?.split(':')[0])).toEqual(['Moved', 'Moved']);
    expect(mails[0]!.mail.attachments.map(({ mimeType }) => mimeType)).toContain('text/calendar');
    expect(await s.states(kept)).toEqual({ 'waitlist_offered sent': 1 });
  });
});
