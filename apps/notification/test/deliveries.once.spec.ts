import { until } from '@scheduling/testing';
import { cancellation, lesson } from './booking-says.ts';
import { type Scenario, scenario } from './scenario.ts';

describe('deliveries', () => {
  let s: Scenario;
  beforeAll(async () => {
    s = await scenario();
  });
  afterAll(() => s.end());

  it('send each message once, with several workers at work', async () => {
    const lessons = Array.from({ length: 30 }, () => lesson());
    await Promise.all(lessons.map((booked) => s.meetBoth(booked)));
    const loops = [s.loop(), s.loop()];
    await Promise.all(lessons.map((booked) => s.confirm(booked)));
    await until('all are sent', async () => {
      const waiting = "select from messages where state <> 'sent' and kind = 'booking_confirmed'";
      return (await s.source.query(waiting)).length === 0;
    });
    await Promise.all(loops.map((loop) => loop.close()));
    const ids = lessons.flatMap((booked) => s.arrived(booked));
    expect(ids).toHaveLength(60);
    expect(new Set(ids).size).toBe(60);
  });

  it('carry the Message-ID of the ledger, an invitation, and the server’s answer back', async () => {
    const booked = lesson();
    const { student } = await s.meetBoth(booked);
    await s.confirm(booked);
    await s.work(s.worker());
    const row = (await s.ledger(booked)).find(({ recipient_id: id }) => id === booked.student_id)!;
    const { mail, messageId, raw } = s.smtp.arrived.find(
      ({ to, messageId }) => to === student && messageId === row.message_id,
    )!;
    expect(messageId).toBe(row.message_id);
    expect(row.provider_response).toMatch(/^250 /);
    expect(mail.subject).toBe('Your lesson with Olena is booked: Fri, 1 Mar 2030, 12:00 (GMT+0, UTC)');
    expect(raw).toMatch(/^Auto-Submitted: auto-generated/m);
    expect(raw).toMatch(/^Content-Type: text\/calendar; charset=utf-8; method=REQUEST/m);
    const calendar = mail.attachments.find(({ method }) => method === 'REQUEST')!;
    expect(calendar.mimeType).toBe('text/calendar');
  });

  it('tell both people of a cancellation, and call the lesson off in their calendars', async () => {
    const booked = lesson();
    await s.meetBoth(booked);
    await s.confirm(booked);
    await s.work(s.worker());
    await s.cancel(cancellation(booked));
    await s.work(s.worker());
    expect(await s.states(booked)).toEqual({ 'confirmed sent': 2, 'canceled sent': 2 });
    const last = s.smtp.arrived.slice(-2);
    for (const { mail } of last) expect(mail.attachments.some(({ method }) => method === 'CANCEL')).toBe(true);
  });

  it('do not send what a cancellation has overtaken while it waited for its next try', async () => {
    const booked = lesson();
    const { student, tutor } = await s.meetBoth(booked);
    s.smtp.conduct = (to, offer) => ([student, tutor].includes(to) && offer === 1 ? 451 : 'take');
    await s.confirm(booked);
    const worker = s.worker();
    const taken = await worker.take(20);
    await s.cancel(cancellation(booked));
    await Promise.all(taken.map((delivery) => worker.deliver(delivery)));
    s.clock.advance(1);
    await s.work(worker);
    expect(await s.states(booked)).toEqual({ 'confirmed revoked': 2, 'canceled sent': 2 });
  });

  it('are written down as skipped while no mail server is set up', async () => {
    const booked = lesson();
    await s.meetBoth(booked);
    await s.confirm(booked);
    await s.work(s.worker({}));
    expect(await s.states(booked)).toEqual({ 'confirmed skipped': 2 });
    expect((await s.ledger(booked))[0]!.last_error).toBe('no mail server is set up');
  });
});
