import type { LessonMeetingCreated } from '@scheduling/contracts';
import type { BookingId, PersonId } from '@scheduling/domain';
import { until } from '@scheduling/testing';
import { cancellation, lesson, move, type Scenario, scenario } from './files.scenario.ts';
import { ZoomDouble } from '../../sandbox/src/zoom/zoom-double.ts';

const SECRETS = { accountId: 'account', clientId: 'client', clientSecret: 'secret' };

describe('a lesson', () => {
  let s: Scenario;
  let zoom: ZoomDouble;
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
    await s.end();
    await zoom.close();
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
  it('stays where its tutor had chosen when it was confirmed', async () => {
    const tutor = await teacher('zoom');
    const booked = lesson({ tutor_id: tutor });
    await s.tell(booked);
    await idle(booked.booking_id);
    await s.ask('/settings', tutor, { method: 'PUT', body: { video: 'google_meet' } });
    const moved = move(booked, 1);
    await s.tell(moved);
    await idle(booked.booking_id);
    expect(standing(booked.booking_id)).toMatchObject([{ start_time: moved.start_at.replace('.000', '') }]);
    const google = await teacher('google_meet');
    const other = lesson({ tutor_id: google });
    await s.tell(other);
    await s.ask('/settings', google, { method: 'PUT', body: { video: 'zoom' } });
    await s.tell(move(other, 1));
    expect(await row(other.booking_id)).toMatchObject({ provider: 'google_meet', state: 'idle' });
  });

  it('has a link by its tutor’s template at once, where they chose that', async () => {
    const own = await teacher('link', { link_template: 'https://rooms.example.org/{booking_id}?a={booking_id}' });
    const booked = lesson({ tutor_id: own });
    const id = booked.booking_id;
    await s.tell(booked);
    const link = `https://rooms.example.org/${id}?a=${id}`;
    expect(await told(id)).toMatchObject([{ provider: 'link', user_id: own, join_link: link }]);
    await s.tell(move(booked, 1), cancellation(move(booked, 1)));
    expect(await told(id)).toHaveLength(1);
    const platform = lesson({ tutor_id: await teacher('link') });
    await s.tell(platform);
    expect(await told(platform.booking_id)).toEqual([]);
  });
});
