import type { LessonMeetingCreated } from '@scheduling/contracts';
import type { BookingId, PersonId } from '@scheduling/domain';
import { until } from '@scheduling/testing';
import { ZoomDouble } from '../../sandbox/src/zoom/zoom-double.ts';
import { cancellation, lesson, move, type Scenario, scenario } from './files.scenario.ts';

const SECRETS = { accountId: 'account', clientId: 'client', clientSecret: 'hush-zoom-secret' };

describe('a lesson at Zoom', () => {
  let s: Scenario;
  let zoom: ZoomDouble;
  let tutor: PersonId;
  beforeAll(async () => {
    zoom = await ZoomDouble.listen(SECRETS);
    s = await scenario({
      ZOOM_ACCOUNT_ID: SECRETS.accountId,
      ZOOM_CLIENT_ID: SECRETS.clientId,
      ZOOM_CLIENT_SECRET: SECRETS.clientSecret,
      ZOOM_API_URL: zoom.url,
    });
  });
  afterAll(async () => {
    zoom.setFaults({});
    await s.end();
    await zoom.close();
  });
  beforeEach(async () => {
    zoom.setFaults({});
    tutor = await teacher('zoom');
  });

  const teacher = async (video: string, more: object = {}): Promise<PersonId> => {
    const who = s.person();
    const { status } = await s.ask('/settings', who, { method: 'PUT', body: { video, ...more } });
    expect(status).toBe(200);
    return who;
  };
  const told = async (id: BookingId) =>
    (await s.announced<LessonMeetingCreated>('LessonMeetingCreated')).filter(({ booking_id: of }) => of === id);
  const row = async (id: BookingId) => (await s.source.query('select * from meetings where booking_id = $1', [id]))[0];
  /** What stands at Zoom for a lesson. */
  const standing = (id: BookingId) => zoom.meetings().filter(({ agenda }) => agenda.includes(id));
  const idle = (id: BookingId) => until('nothing is left to do', async () => (await row(id)).state === 'idle');
  const postponed = (id: BookingId) =>
    until('it is put off', async () => {
      const { state, last_error: error } = await row(id);
      return state === 'planned' && error !== null;
    });
  /** Makes what was put off due now. */
  const hurry = (id: BookingId) =>
    s.source.query(`update meetings set next_attempt_at = now() - interval '1 second' where booking_id = $1`, [id]);

  it('gets a meeting of its own, which booking is told of once', async () => {
    const booked = lesson({ tutor_id: tutor });
    await s.tell(booked);
    await idle(booked.booking_id);
    const [meeting, ...others] = standing(booked.booking_id);
    expect(others).toEqual([]);
    expect(meeting).toMatchObject({ start_time: booked.start_at.replace('.000', ''), duration: 60, topic: 'Lesson' });
    expect(await told(booked.booking_id)).toEqual([
      {
        booking_id: booked.booking_id,
        booking_version: 1,
        user_id: tutor,
        provider: 'zoom',
        join_link: meeting!.join_url,
      },
    ]);
    await s.tell(booked);
    await idle(booked.booking_id);
    expect(standing(booked.booking_id)).toHaveLength(1);
    expect(await told(booked.booking_id)).toHaveLength(1);
  });

  it('is moved with the lesson, and keeps its link', async () => {
    const booked = lesson({ tutor_id: tutor });
    await s.tell(booked);
    await idle(booked.booking_id);
    const [before] = standing(booked.booking_id);
    const moved = move(booked, 3);
    await s.tell(moved);
    await idle(booked.booking_id);
    expect(standing(booked.booking_id)).toMatchObject([
      { id: before!.id, join_url: before!.join_url, start_time: moved.start_at.replace('.000', '') },
    ]);
    expect(await told(booked.booking_id)).toHaveLength(1);
  });

  it('is deleted with the lesson', async () => {
    const booked = lesson({ tutor_id: tutor });
    await s.tell(booked);
    await idle(booked.booking_id);
    await s.tell(cancellation(booked));
    await idle(booked.booking_id);
    expect(standing(booked.booking_id)).toEqual([]);
  });

  it('is never made of news that came late: the newest counts', async () => {
    const booked = lesson({ tutor_id: tutor });
    const canceled = cancellation(move(booked, 1));
    await s.tell(canceled, booked, move(booked, 1));
    await idle(booked.booking_id);
    expect(standing(booked.booking_id)).toEqual([]);
    expect(await told(booked.booking_id)).toEqual([]);
  });

  it('is not made for a lesson that is over', async () => {
    const booked = lesson({
      tutor_id: tutor,
      start_at: '2026-01-01T10:00:00.000Z',
      end_at: '2026-01-01T11:00:00.000Z',
    });
    await s.tell(booked);
    expect(await row(booked.booking_id)).toMatchObject({ state: 'idle', meeting_id: null });
  });

  it.each(['drop_reply', 'reset'] as const)('stands once where the answer to its making was lost: %s', async (kind) => {
    zoom.setFaults({ requests: [{ kind, method: 'POST', path: '/v2/users/me/meetings', times: 1 }] });
    const booked = lesson({ tutor_id: tutor });
    await s.tell(booked);
    await postponed(booked.booking_id);
    expect(standing(booked.booking_id)).toHaveLength(kind === 'drop_reply' ? 1 : 0);
    await hurry(booked.booking_id);
    await idle(booked.booking_id);
    expect(standing(booked.booking_id)).toHaveLength(1);
    expect(await told(booked.booking_id)).toHaveLength(1);
  });

  it('leaves nothing where the answer was lost and the lesson is called off meanwhile', async () => {
    zoom.setFaults({ requests: [{ kind: 'drop_reply', method: 'POST', path: '/v2/users/me/meetings', times: 1 }] });
    const booked = lesson({ tutor_id: tutor });
    await s.tell(booked);
    await postponed(booked.booking_id);
    await s.tell(cancellation(booked));
    await idle(booked.booking_id);
    expect(standing(booked.booking_id)).toEqual([]);
    expect(await told(booked.booking_id)).toEqual([]);
  });

  it('has the time of the lesson that moved while the answer was lost', async () => {
    zoom.setFaults({ requests: [{ kind: 'drop_reply', method: 'POST', path: '/v2/users/me/meetings', times: 1 }] });
    const booked = lesson({ tutor_id: tutor });
    await s.tell(booked);
    await postponed(booked.booking_id);
    const moved = move(booked, 2);
    await s.tell(moved);
    await idle(booked.booking_id);
    expect(standing(booked.booking_id)).toMatchObject([{ start_time: moved.start_at.replace('.000', '') }]);
  });

  it('is found among others on later pages', async () => {
    for (let i = 0; i < 301; i++) zoom.addMeeting('of somebody else');
    zoom.setFaults({ requests: [{ kind: 'drop_reply', method: 'POST', path: '/v2/users/me/meetings', times: 1 }] });
    const booked = lesson({ tutor_id: tutor });
    await s.tell(booked);
    await postponed(booked.booking_id);
    await hurry(booked.booking_id);
    await idle(booked.booking_id);
    expect(standing(booked.booking_id)).toHaveLength(1);
  });

  it.each(['drop_reply', 'reset'] as const)('is moved and deleted where answers are lost: %s', async (kind) => {
    const booked = lesson({ tutor_id: tutor });
    await s.tell(booked);
    await idle(booked.booking_id);
    const moved = move(booked, 1);
    for (const news of [moved, cancellation(moved)]) {
      zoom.setFaults({ requests: [{ kind, path: '/v2/meetings/*', times: 1 }] });
      await s.tell(news);
      await postponed(booked.booking_id);
      await hurry(booked.booking_id);
      await idle(booked.booking_id);
    }
    expect(standing(booked.booking_id)).toEqual([]);
  });

  it('is made anew where somebody has deleted it at Zoom', async () => {
    const booked = lesson({ tutor_id: tutor });
    await s.tell(booked);
    await idle(booked.booking_id);
    const [before] = standing(booked.booking_id);
    zoom.deleteMeeting(before!.id);
    await s.tell(move(booked, 1));
    await idle(booked.booking_id);
    const [after, ...others] = standing(booked.booking_id);
    expect(others).toEqual([]);
    expect((await told(booked.booking_id)).map(({ join_link: link }) => link)).toEqual([
      before!.join_url,
      after!.join_url,
    ]);
  });

  it('waits as long as Zoom asks for', async () => {
    zoom.setFaults({
      requests: [
        { kind: 'status', status: 429, retry_after_s: 2, method: 'POST', path: '/v2/users/me/meetings', times: 1 },
      ],
    });
    const booked = lesson({ tutor_id: tutor });
    await s.tell(booked);
    await postponed(booked.booking_id);
    expect(await row(booked.booking_id)).toMatchObject({ last_error: '429', is_asked: false });
    await hurry(booked.booking_id);
    await idle(booked.booking_id);
    expect(standing(booked.booking_id)).toHaveLength(1);
  });

  it('is asked for with a new token where the old one is no longer taken', async () => {
    zoom.expireTokens();
    const booked = lesson({ tutor_id: tutor });
    await s.tell(booked);
    await idle(booked.booking_id);
    expect(standing(booked.booking_id)).toHaveLength(1);
  });

  it('is asked for with one token by all', async () => {
    const before = zoom.requests().filter(({ path }) => path === '/oauth/token').length;
    zoom.expireTokens();
    const lessons = Array.from({ length: 8 }, () => lesson({ tutor_id: tutor }));
    await s.tell(...lessons);
    for (const { booking_id: id } of lessons) await idle(id);
    const tokens = zoom.requests().filter(({ path }) => path === '/oauth/token').length - before;
    expect(tokens).toBe(1);
  });

  it('leaves no secret of Zoom’s in the database', async () => {
    const rows = await s.source.query('select to_jsonb(m)::text as text from meetings m');
    const said = await s.source.query(
      'select envelope::text as text from outbox union all select envelope::text from bus.log',
    );
    const all = JSON.stringify([rows, said]);
    expect(all).not.toContain(SECRETS.clientSecret);
    expect(all).not.toMatch(/Bearer|access_token/);
  });
});
