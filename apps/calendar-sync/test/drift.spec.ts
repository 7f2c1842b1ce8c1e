import { LessonEventMoved } from '@scheduling/contracts';
import { until } from '@scheduling/testing';
import { DriftService } from '../src/lessons/drift.service.ts';
import { canceled, lessonsScenario, type LessonsScenario } from './lessons.scenario.ts';
import { lesson } from './scenario.ts';

describe('the nightly comparison', () => {
  let s: LessonsScenario;
  beforeAll(async () => {
    s = await lessonsScenario();
  });
  afterEach(() => s.google.setFaults({}));
  afterAll(() => s.end());

  const compare = () => s.get(DriftService).compare(s.sam.id);
  const HOUR = 3_600_000;
  /** Nothing is pushed, and what a reading would see is not seen. */
  const unseen = async (change: () => void) => {
    s.google.setFaults({ pushes: { lose: 1 } });
    change();
    await s.google.pushesSettled();
  };

  it('finds nothing where all is as it should be', async () => {
    await s.booked();
    expect(await compare()).toBe(0);
  });

  it('writes again what is missing', async () => {
    const booked = await s.booked();
    await unseen(() => s.google.deleteEvent(s.sam.email, s.shown(s.sam, booked)[0]!.id!));
    expect(await compare()).toBe(1);
    await s.settle();
    expect(s.starts(booked)).toEqual([[booked.start_at], [booked.start_at]]);
    expect((await s.status(s.sam)).repairs[0]).toMatchObject({ booking_id: booked.booking_id, kind: 'missing' });
  });

  it('puts back what was moved', async () => {
    const booked = await s.booked();
    const to = {
      startAt: new Date(Date.parse(booked.start_at) + HOUR),
      endAt: new Date(Date.parse(booked.end_at) + HOUR),
    };
    await unseen(() => s.google.moveEvent(s.sam.email, s.shown(s.sam, booked)[0]!.id!, to));
    expect(await compare()).toBe(1);
    await s.settle();
    expect(s.starts(booked)[1]).toEqual([booked.start_at]);
  });

  it('takes out what is left over, and what stands twice', async () => {
    const [booked, off] = [await s.booked(), await s.booked()];
    const [event, leftOver] = [s.shown(s.sam, booked)[0]!, s.shown(s.sam, off)[0]!];
    await s.say(canceled(off));
    await s.settle();
    const { id: _id, etag: _etag, iCalUID: _uid, ...copy } = leftOver;
    const { id: _id2, etag: _etag2, iCalUID: _uid2, ...twin } = event;
    await unseen(() => {
      s.google.addEvent(s.sam.email, copy);
      s.google.addEvent(s.sam.email, twin);
    });
    expect(await compare()).toBe(2);
    expect([s.shown(s.sam, booked).length, s.shown(s.sam, off).length]).toEqual([1, 0]);
    const { repairs } = await s.status(s.sam);
    expect(
      repairs
        .slice(0, 2)
        .map(({ kind }: { kind: string }) => kind)
        .toSorted(),
    ).toEqual(['doubled', 'left_over']);
  });

  it('leaves alone what another of our people writes into the same calendar', async () => {
    const other = await s.person('Other');
    const { body } = await s.ask('/calendar/auth-url', { as: other });
    const code = s.google.consent(body.url, s.sam.email);
    expect((await s.ask('/calendar/connect', { as: other, method: 'POST', body: { code } })).status).toBe(200);
    const booked = lesson(s.olena, other);
    await s.say(booked);
    await s.settle();
    expect([await compare(), s.shown(s.sam, booked).length]).toEqual([0, 1]);
    await s.ask('/calendar/disconnect', { as: other, method: 'DELETE' });
    await s.connect(s.sam);
  });

  it('takes up again what Google would have none of', async () => {
    s.google.setFaults({
      requests: [{ kind: 'status', status: 400, method: 'POST', path: '/calendar/v3/calendars/*/events' }],
    });
    const booked = lesson(s.olena, s.sam);
    await s.say(booked);
    await until('it to rest', async () => {
      await s.source.query("update lesson_events set next_attempt_at = now() where state = 'planned'");
      return (await s.source.query("select 1 from lesson_events where state <> 'idle'")).length === 0;
    });
    s.google.setFaults({});
    expect(await compare()).toBe(1);
    await s.settle();
    expect(s.starts(booked)[1]).toEqual([booked.start_at]);
  });

  it('takes nothing for a difference that is written while it reads', async () => {
    const booked = lesson(s.olena, s.sam);
    let isSaid = false;
    const stop = s.google.onRequest(async ({ method, path, phase }) => {
      if (isSaid || method !== 'GET' || phase !== 'after' || !path.endsWith('/events')) return;
      isSaid = true;
      await s.say(booked);
      await until('it to be written', () => s.starts(booked).every(({ length }) => length === 1));
      await until(
        'that to be known',
        async () =>
          (
            await s.source.query("select 1 from lesson_events where booking_id = $1 and state = 'idle'", [
              booked.booking_id,
            ])
          ).length === 2,
      );
    });
    expect([await compare(), isSaid]).toEqual([0, true]);
    stop();
  });

  it('proposes a drag that it meets first, where the tutor chose that', async () => {
    await s.onMoved('propose');
    const booked = await s.booked();
    const to = {
      startAt: new Date(Date.parse(booked.start_at) + HOUR),
      endAt: new Date(Date.parse(booked.end_at) + HOUR),
    };
    await unseen(() => s.google.moveEvent(s.sam.email, s.shown(s.sam, booked)[0]!.id!, to));
    await compare();
    const told = (await s.heard(LessonEventMoved)).filter(({ booking_id }) => booking_id === booked.booking_id);
    expect(told).toMatchObject([{ start_at: to.startAt.toISOString() }]);
    await s.onMoved('restore');
  });

  it('is made up where Google did not answer, and comes to everybody in their turn', async () => {
    await s.source.query("update google_oauth_accounts set next_compare_at = now() - interval '1 minute'");
    s.google.setFaults({ requests: [{ kind: 'status', status: 503, method: 'GET' }] });
    await s.get(DriftService).compareDue();
    const due = () =>
      s.source.query("select 1 from google_oauth_accounts where next_compare_at < now() + interval '15 minutes'");
    expect(await due()).toHaveLength(2);
    s.google.setFaults({});
    await s.source.query("update google_oauth_accounts set next_compare_at = now() - interval '1 minute'");
    await s.get(DriftService).compareDue();
    expect(await due()).toHaveLength(0);
  });
});
