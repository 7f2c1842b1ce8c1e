import type { BookingConfirmed } from '@scheduling/contracts';
import { newId, type PersonId } from '@scheduling/domain';
import { cancellation, lesson } from './booking-says.ts';
import { type Scenario, scenario } from './scenario.ts';

describe('the agenda of a tutor’s day', () => {
  let s: Scenario;
  beforeEach(async () => {
    s = await scenario();
  });
  afterEach(() => s.end());

  /** A tutor in some zone who has asked for agendas, and has lessons at these times of 1 March 2030, UTC. */
  async function tutor({ hours = [12], zone = 'UTC', asks = true } = {}): Promise<[PersonId, BookingConfirmed[]]> {
    const id = newId<PersonId>();
    await s.meet(id, { name: 'Olena', timezone: zone });
    if (asks) await s.askForAgenda(id);
    const lessons = hours.map((hour) =>
      lesson({
        tutor_id: id,
        start_at: new Date(Date.UTC(2030, 2, 1, hour)).toISOString(),
        end_at: new Date(Date.UTC(2030, 2, 1, hour + 1)).toISOString(),
      }),
    );
    for (const booked of lessons) await s.confirm(booked);
    return [id, lessons];
  }

  const planned = async (id: PersonId): Promise<string[]> =>
    (await s.wholeLedger(id)).map(({ kind, state, message_id: message }) => `${kind} ${state} ${message}`);

  it('is planned once for each day, however many replicas look', async () => {
    const [id] = await tutor();
    expect((await Promise.all([s.planAgendas(), s.planAgendas()])).some((many) => many === 1)).toBe(true);
    expect(await s.planAgendas()).toBe(0);
    expect(await planned(id)).toEqual([
      `daily_agenda planned <daily_agenda.${id}.20300301.${id}@localhost.localdomain>`,
    ]);
  });

  it.each([
    ['has not asked for it', { asks: false }],
    ['has no lessons', { hours: [] }],
    ['has lessons on other days only', { hours: [-2, 24] }],
    ['has not reached seven o’clock', { zone: 'America/New_York' }],
    ['is past noon', { zone: 'Asia/Tokyo' }],
  ])('is not planned for whoever %s', async (_, more) => {
    const [id] = await tutor(more);
    expect(await s.planAgendas()).toBe(0);
    expect(await planned(id)).toEqual([]);
  });

  it('is planned at seven by their own clock, for their own day', async () => {
    // 1 March begins at five in the morning there, and its last lesson is at three of the next day, UTC.
    const [id] = await tutor({ zone: 'America/New_York', hours: [4, 27] });
    s.clock.advance(179);
    expect(await s.planAgendas()).toBe(0);
    s.clock.advance(1);
    expect(await s.planAgendas()).toBe(1);
    expect(await planned(id)).toHaveLength(1);
  });

  it('says which lessons the day holds by then, in their order', async () => {
    const [id, [late, off]] = await tutor({ hours: [15, 13, 11] });
    await s.meet(late!.student_id, { name: 'Ann\u202E' });
    await s.planAgendas();
    await s.cancel(cancellation(off!));
    await s.work(s.worker());
    const { mail, messageId } = s.smtp.arrived.find((one) => one.messageId.includes('daily_agenda'))!;
    expect(messageId).toContain(id);
    const at = (hour: string) => mail.text!.indexOf(hour);
    expect(at('11:00')).toBeGreaterThan(-1);
    expect(at('13:00')).toBe(-1);
    expect(at('15:00')).toBeGreaterThan(at('11:00'));
    expect(mail.text).toContain('Ann');
    expect(mail.text).not.toContain('\u202E');
  });

  it('is taken back where no lesson is left', async () => {
    const [id, [booked]] = await tutor();
    await s.planAgendas();
    await s.cancel(cancellation(booked!));
    await s.work(s.worker());
    expect((await s.wholeLedger(id)).map(({ state, last_error: why }) => [state, why])).toEqual([
      ['revoked', 'the day has no lessons'],
    ]);
  });
});
