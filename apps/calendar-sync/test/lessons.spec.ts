import { LessonEventCreated } from '@scheduling/contracts';
import { until } from '@scheduling/testing';
import { canceled, lessonsScenario, type LessonsScenario, linked, moved } from './lessons.scenario.ts';
import { lesson } from './scenario.ts';

describe('a lesson in calendars', () => {
  let s: LessonsScenario;
  beforeAll(async () => {
    s = await lessonsScenario();
  });
  afterEach(async () => {
    s.google.setFaults({});
    await s.settle();
  });
  afterAll(() => s.end());

  it('stands once in each, with the other’s name, without reminders or guests, in its reader’s zone', async () => {
    const booked = await s.booked();
    expect(s.starts(booked)).toEqual([[booked.start_at], [booked.start_at]]);
    const [tutors] = s.shown(s.olena, booked);
    expect(tutors).toMatchObject({
      summary: 'Lesson with Sam',
      start: { timeZone: 'Europe/Kyiv' },
      reminders: { useDefault: false, overrides: [] },
      transparency: 'opaque',
    });
    expect(tutors!.attendees).toBeUndefined();
    expect(s.shown(s.sam, booked)[0]).toMatchObject({ summary: 'Lesson with Olena', location: booked.join_link });
  });

  it('brings a room of its own from the tutor’s calendar, and tells of it', async () => {
    const booked = await s.booked();
    const told = (await s.heard(LessonEventCreated)).filter(({ booking_id }) => booking_id === booked.booking_id);
    const [event] = s.shown(s.olena, booked);
    expect(told.find(({ side }) => side === 'tutor')).toMatchObject({
      user_id: s.olena.id,
      calendar_event_id: event!.id,
      join_link: event!.hangoutLink,
    });
    expect(told.find(({ side }) => side === 'student')?.join_link).toBeUndefined();
    expect(s.shown(s.sam, booked)[0]!.hangoutLink).toBeUndefined();
  });

  it('waits for a room that takes its time, and tells of it then', async () => {
    s.google.setFaults({ meet: 'pending' });
    const booked = lesson(s.olena, s.sam);
    await s.say(booked);
    await until('the lesson to be written', () => s.shown(s.olena, booked).length === 1);
    s.google.setFaults({});
    await until('the room to be told', async () => {
      await s.hurry();
      const told = (await s.heard(LessonEventCreated)).filter(({ booking_id }) => booking_id === booked.booking_id);
      return told.some(({ join_link }) => join_link !== undefined);
    });
  });

  it('has no room where Google has none, and stands all the same', async () => {
    s.google.setFaults({ meet: 'fail' });
    const booked = await s.booked();
    expect(s.starts(booked)).toEqual([[booked.start_at], [booked.start_at]]);
  });

  it('moves, shows its new link, and goes', async () => {
    const booked = await s.booked();
    const next = moved(booked);
    await s.say(next);
    await s.settle();
    expect(s.starts(booked)).toEqual([[next.start_at], [next.start_at]]);
    const better = linked(next, 'https://meet.example.org/better');
    await s.say(better);
    await s.settle();
    expect(s.shown(s.sam, booked)[0]!.location).toBe('https://meet.example.org/better');
    await s.say(canceled(better));
    await s.settle();
    expect(s.starts(booked)).toEqual([[], []]);
  });

  it('ends as it was said last, however late and often the rest comes', async () => {
    const booked = lesson(s.olena, s.sam);
    const [next, last] = [moved(booked), moved(moved(booked))];
    for (const word of [last, booked, next, last, booked]) await s.say(word);
    await s.settle();
    expect(s.starts(booked)).toEqual([[last.start_at], [last.start_at]]);
    const gone = canceled(last);
    for (const word of [gone, last, next, booked]) await s.say(word);
    await s.settle();
    expect(s.starts(booked)).toEqual([[], []]);
  });

  it('that was called off before anybody heard of it never appears', async () => {
    const booked = lesson(s.olena, s.sam);
    await s.say(canceled(booked));
    await s.say(booked);
    await s.settle();
    expect(s.starts(booked)).toEqual([[], []]);
  });

  it.each(['POST', 'PATCH', 'DELETE'] as const)(
    'is there once or gone where the answer to a %s is lost',
    async (method) => {
      const booked = lesson(s.olena, s.sam);
      if (method !== 'POST') await s.say(booked);
      await s.settle();
      s.google.setFaults({ requests: [{ kind: 'drop_reply', method, times: 2 }] });
      const word = { POST: booked, PATCH: moved(booked), DELETE: canceled(booked) }[method];
      await s.say(word);
      await until('the answers to be lost', async () => {
        const [{ lost }] = await s.source.query(
          'select count(*) as lost from lesson_events where booking_id = $1 and last_error is not null',
          [booked.booking_id],
        );
        return Number(lost) === 2;
      });
      await s.hurry();
      const times = method === 'DELETE' ? [] : [word.start_at];
      expect(s.starts(booked)).toEqual([times, times]);
    },
  );

  it('is written once Google answers again, and nothing is lost meanwhile', async () => {
    s.google.setFaults({
      requests: [{ kind: 'status', status: 503, times: 6, path: '/calendar/v3/calendars/*/events' }],
    });
    const three = [1, 2, 3].map((day) => {
      const start = Date.parse(lesson(s.olena, s.sam).start_at) + day * 86_400_000;
      const [start_at, end_at] = [new Date(start).toISOString(), new Date(start + 3_600_000).toISOString()];
      return lesson(s.olena, s.sam, { start_at, end_at });
    });
    for (const one of three) await s.say(one);
    await until('all to be written', async () => {
      await s.source.query("update lesson_events set next_attempt_at = now() where state = 'planned'");
      return three.every((one) => s.starts(one).every(({ length }) => length === 1));
    });
  });

  it('appears where somebody connects later, and goes with the calendar that is written', async () => {
    const mia = await s.person('Mia');
    const booked = lesson(s.olena, mia);
    await s.say(booked);
    await s.settle();
    expect(s.shown(mia, booked)).toEqual([]);
    s.google.addPerson(mia.email, 'UTC', [{ id: 'work', summary: 'Work', accessRole: 'owner' }]);
    await s.connect(mia);
    await s.settle();
    expect(s.shown(mia, booked)).toHaveLength(1);
    const chosen = await s.ask('/calendar/calendars/work', { as: mia, method: 'PUT', body: { write: true } });
    expect(chosen.status).toBe(200);
    await s.settle();
    expect([s.shown(mia, booked).length, s.shown(mia, booked, 'work').length]).toEqual([0, 1]);
  });

  it('is taken up again where somebody disconnects and connects', async () => {
    const mia = await s.connected('Mia');
    const booked = lesson(s.olena, mia);
    await s.say(booked);
    await s.settle();
    await s.ask('/calendar/disconnect', { as: mia, method: 'DELETE' });
    expect(s.shown(mia, booked)).toHaveLength(1);
    const next = moved(booked);
    await s.say(next);
    await s.connect(mia);
    await s.settle();
    expect(s.shown(mia, booked).map(({ start }) => new Date(start!.dateTime!).toISOString())).toEqual([next.start_at]);
  });

  it('that is over is left as it was', async () => {
    const start = Date.now() - 7_200_000;
    const [start_at, end_at] = [new Date(start).toISOString(), new Date(start + 3_600_000).toISOString()];
    const booked = await s.booked({ start_at, end_at });
    expect(s.starts(booked)).toEqual([[], []]);
  });
});
