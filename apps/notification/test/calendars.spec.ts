import { newId, type PersonId } from '@scheduling/domain';
import { cancellation, lesson, link, move } from './booking-says.ts';
import { type Scenario, scenario } from './scenario.ts';

describe('somebody whose calendar is connected', () => {
  let s: Scenario;
  beforeAll(async () => {
    s = await scenario();
  });
  afterAll(() => s.end());

  /** What arrived at an address, as `REQUEST`, `CANCEL` or `none` for its calendar file, the oldest first. */
  const files = (to: string) =>
    s.smtp.arrived
      .filter((one) => one.to === to)
      .map(({ raw }) => /text\/calendar;[^;]*;? *method=(\w+)/i.exec(raw)?.[1] ?? 'none');

  it('gets no calendar file with a mail about a lesson, while the other one does', async () => {
    const booked = lesson();
    const { student, tutor } = await s.meetBoth(booked);
    await s.connect(booked.student_id);
    const worker = s.worker();
    for (const say of [
      () => s.confirm(booked),
      () => s.move(move(booked)),
      () => s.cancel(cancellation(booked, { version: 3 })),
    ]) {
      await say();
      await s.work(worker);
    }
    expect(files(student)).toEqual(['none', 'none', 'none']);
    expect(files(tutor)).toEqual(['REQUEST', 'REQUEST', 'CANCEL']);
    const told = s.smtp.arrived.filter(({ to }) => to === student).map(({ mail }) => mail.text);
    expect(told.join('\n')).not.toMatch(/attached/i);
  });

  it('gets a file again for a lesson that an earlier file brought into the calendar: nothing else can move it there', async () => {
    const booked = lesson();
    const { student } = await s.meetBoth(booked);
    const worker = s.worker();
    await s.confirm(booked);
    await s.work(worker);
    await s.connect(booked.student_id);
    await s.move(move(booked));
    await s.work(worker);
    await s.cancel(cancellation(booked, { version: 3 }));
    await s.work(worker);
    expect(files(student)).toEqual(['REQUEST', 'REQUEST', 'CANCEL']);
  });

  it.each<[word: string, say: (id: PersonId) => Promise<void>, file: string]>([
    ['connected', (id) => s.connect(id), 'none'],
    ['disconnected', (id) => s.disconnect(id, 2), 'REQUEST'],
    ['shut out', (id) => s.loseCalendar(id, 2), 'REQUEST'],
    ['read again', (id) => s.loseCalendar(id, 2).then(() => s.recover(id, 3)), 'none'],
    ['not read for a while', (id) => s.loseCalendar(id, 2, 'unreachable'), 'none'],
    ['connected again', (id) => s.disconnect(id, 2).then(() => s.connect(id, 3)), 'none'],
    ['told of late', (id) => s.disconnect(id, 3).then(() => s.connect(id, 2)), 'REQUEST'],
  ])('is who was %s last', async (_, say, file) => {
    const booked = lesson();
    const { student } = await s.meetBoth(booked);
    await s.connect(booked.student_id);
    await say(booked.student_id);
    await s.confirm(booked);
    await s.work(s.worker());
    expect(files(student).at(-1)).toBe(file);
  });

  it('may be known before their address is', async () => {
    const booked = lesson();
    await s.connect(booked.student_id);
    const { student } = await s.meetBoth(booked);
    await s.confirm(booked);
    await s.work(s.worker());
    expect(files(student)).toEqual(['none']);
  });

  it('sees a new link there; the other one gets it by mail, with a file', async () => {
    const booked = lesson();
    const { student, tutor } = await s.meetBoth(booked);
    await s.connect(booked.tutor_id);
    await s.link(link(booked));
    await s.link(link(booked));
    await s.work(s.worker());
    expect(await s.states(booked)).toEqual({ 'lesson_link_ready skipped': 1, 'lesson_link_ready sent': 1 });
    expect([files(student), files(tutor)]).toEqual([['REQUEST'], []]);
    const { mail, raw } = s.smtp.arrived.find(({ to }) => to === student)!;
    expect(mail.text).toContain('https://meet.example.org/better');
    expect(raw).toContain(`<lesson_link_ready.${booked.booking_id}.2.${booked.student_id}@`);
  });

  it.each([
    ['moves', (of: ReturnType<typeof lesson>) => s.move(move(of, { version: 3 })), 'rescheduled planned'],
    ['is canceled', (of: ReturnType<typeof lesson>) => s.cancel(cancellation(of, { version: 3 })), 'canceled planned'],
  ])('hears no link of a lesson that %s', async (_, say, planned) => {
    const [booked, late] = [lesson(), lesson()];
    await s.link(link(booked));
    await say(booked);
    await say(late);
    await s.link(link(late));
    for (const one of [booked, late]) {
      expect(await s.states(one)).toEqual({ 'lesson_link_ready revoked': 2, [planned]: 2 });
    }
  });

  it('hears the newest of several links, and that the lesson is booked', async () => {
    const booked = lesson();
    await s.confirm(booked);
    await s.link(link(booked));
    await s.link(link(booked, { version: 3, join_link: 'https://meet.example.org/best' }));
    expect(await s.states(booked)).toEqual({
      'confirmed planned': 2,
      'lesson_link_ready revoked': 2,
      'lesson_link_ready planned': 2,
    });
  });
});

describe('somebody whose calendar shuts us out', () => {
  let s: Scenario;
  beforeAll(async () => {
    s = await scenario();
  });
  afterAll(() => s.end());

  const states = async (id: PersonId) =>
    (
      await s.source.query('select kind, state from messages where recipient_id = $1 order by booking_version', [id])
    ).map(({ kind, state }: { kind: string; state: string }) => `${kind} ${state}`);

  it('is asked once to connect it again, however often it is said', async () => {
    const id = newId<PersonId>();
    const to = await s.meet(id);
    await s.connect(id);
    await s.loseCalendar(id, 2);
    await s.loseCalendar(id, 2);
    await s.work(s.worker());
    await s.loseCalendar(id, 2);
    expect(await states(id)).toEqual(['calendar_reconnect sent']);
    const { mail, messageId } = s.smtp.arrived.find((one) => one.to === to)!;
    expect(messageId).toBe(`<calendar_reconnect.${id}.2.${id}@localhost.localdomain>`);
    expect(mail.text).toContain('Hello Sam,');
    expect(mail.text).toContain('Last read: Fri, 1 Mar 2030, 08:30');

    await s.connect(id, 3);
    await s.loseCalendar(id, 4);
    expect(await states(id)).toEqual(['calendar_reconnect sent', 'calendar_reconnect planned']);
  });

  it.each<[word: string, say: (id: PersonId) => Promise<void>]>([
    ['connects it again', (id) => s.connect(id, 3)],
    ['disconnects it', (id) => s.disconnect(id, 3)],
    ['is read again', (id) => s.recover(id, 3)],
  ])('is not asked any more who %s before the mail goes out', async (_, say) => {
    const id = newId<PersonId>();
    await s.loseCalendar(id, 2);
    await say(id);
    expect(await states(id)).toEqual(['calendar_reconnect revoked']);
    await s.loseCalendar(id, 2);
    expect(await states(id)).toEqual(['calendar_reconnect revoked']);
  });

  it('is not asked while Google is only away', async () => {
    const id = newId<PersonId>();
    await s.loseCalendar(id, 2, 'unreachable');
    expect(await states(id)).toEqual([]);
  });
});
