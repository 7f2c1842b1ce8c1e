import { CalendarBusyChanged, CalendarConnected } from '@scheduling/contracts';
import { until } from '@scheduling/testing';
import { lesson, scenario, type Scenario } from './scenario.ts';

describe('a calendar that is connected', () => {
  let s: Scenario;
  beforeAll(async () => {
    s = await scenario();
  });
  afterAll(() => s.end());

  it('is read at once, and told of', async () => {
    const olena = await s.connected('Olena');
    expect(await s.status(olena)).toMatchObject({
      state: 'connected',
      connected_as: olena.email,
      push: true,
      last_error: null,
    });
    expect((await s.heard(CalendarConnected)).map(({ user_id }) => user_id)).toEqual([olena.id]);
    const { body } = await s.ask('/calendar/calendars', { as: olena });
    expect(body.items).toMatchObject([{ calendar_id: olena.email, primary: true, busy: true, write: true }]);
  });

  it('tells what is private as busy time within a push, and of a lesson as an event', async () => {
    const [olena, sam] = [await s.connected('Olena'), await s.connected('Sam')];
    const booked = lesson(olena, sam);
    const start = { dateTime: booked.end_at };
    const end = { dateTime: new Date(Date.parse(booked.end_at) + 3_600_000).toISOString() };
    s.google.addEvent(olena.email, { summary: 'Dentist', start, end });
    await until('the dentist to be told', async () =>
      (await s.heard(CalendarBusyChanged)).some(({ user_id, busy }) => user_id === olena.id && busy.length === 1),
    );
    await s.say(booked);
    await s.settle();
    const shown = (email: string) => s.google.events(email).filter(({ summary }) => summary?.startsWith('Lesson'));
    expect(shown(olena.email)).toMatchObject([{ summary: 'Lesson with Sam' }]);
    expect(shown(sam.email)).toMatchObject([{ summary: 'Lesson with Olena', location: booked.join_link }]);
  });
});
