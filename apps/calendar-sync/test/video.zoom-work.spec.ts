import type { LessonMeetingCreated } from '@scheduling/contracts';
import { until } from '@scheduling/testing';
import { CalendarSyncConfig } from '../src/config.ts';
import { ZoomClient } from '../src/video/zoom-client.ts';
import { ZoomWork } from '../src/video/zoom-work.service.ts';
import { cancellation, lesson, move, type Scenario, scenario } from './files.scenario.ts';
import { ZoomDouble } from '../../sandbox/src/zoom/zoom-double.ts';

const SECRETS = { accountId: 'account', clientId: 'client', clientSecret: 'secret' };
const REST_MS = 200;

describe('lessons at Zoom', () => {
  let s: Scenario;
  let zoom: ZoomDouble;
  let work: ZoomWork;
  beforeAll(async () => {
    zoom = await ZoomDouble.listen(SECRETS);
    // A service without Zoom, which leaves all work to the test's own worker.
    s = await scenario();
    const config = Object.assign(new CalendarSyncConfig(), {
      ZOOM_ACCOUNT_ID: SECRETS.accountId,
      ZOOM_CLIENT_ID: SECRETS.clientId,
      ZOOM_CLIENT_SECRET: SECRETS.clientSecret,
      ZOOM_API_URL: zoom.url,
    });
    work = new ZoomWork(s.db, new ZoomClient(config, REST_MS));
  });
  afterAll(async () => {
    await s.end();
    await zoom.close();
  });
  beforeEach(() => s.source.query('delete from meetings'));

  const teacher = async () => {
    const tutor = s.person();
    await s.source.query("insert into calendar_settings (user_id, video) values ($1, 'zoom')", [tutor]);
    return tutor;
  };
  /** Has the worker do all that is planned, and answers how much it was. */
  const round = async (meanwhile: () => Promise<void> = async () => {}) => {
    await s.source.query("update meetings set next_attempt_at = now() - interval '1 second' where state = 'planned'");
    const due = await work.take(100);
    await meanwhile();
    for (const meeting of due) await work.attend(meeting);
    return due.length;
  };

  it('wait while it is down, without asking it over and over, and each has one meeting once it is back', async () => {
    const tutor = await teacher();
    const lessons = Array.from({ length: 40 }, () => lesson({ tutor_id: tutor }));
    await s.tell(...lessons);
    zoom.setFaults({ requests: [{ kind: 'status', status: 503 }] });
    expect(await round()).toBe(40);
    // The breaker opens after five; what it lets through since then is one request each time that it has rested.
    expect(zoom.requests().length).toBeLessThan(12);
    const errors = await s.source.query('select distinct last_error from meetings order by 1');
    expect(errors).toEqual([{ last_error: '503' }, { last_error: 'breaker_open' }]);

    zoom.setFaults({});
    await until('every lesson has its meeting', async () => (await round()) === 0);
    const ids = lessons.map(({ booking_id: id }) => id).toSorted();
    expect(
      zoom
        .meetings()
        .map(({ agenda }) => agenda)
        .toSorted(),
    ).toEqual(ids.map((id) => `scheduling:${id}`));
    const told = await s.announced<LessonMeetingCreated>('LessonMeetingCreated');
    expect(told.map(({ booking_id: id }) => id).toSorted()).toEqual(ids);
  });

  it('are followed where news comes while a meeting is on its way', async () => {
    const booked = lesson({ tutor_id: await teacher() });
    const standing = () => zoom.meetings().filter(({ agenda }) => agenda.includes(booked.booking_id));
    const moved = move(booked, 2);
    await s.tell(booked);
    expect(await round(() => s.tell(moved))).toBe(1);
    expect(standing()).toMatchObject([{ start_time: booked.start_at.replace('.000', '') }]);
    expect(await round(() => s.tell(cancellation(moved)))).toBe(1);
    expect(standing()).toMatchObject([{ start_time: moved.start_at.replace('.000', '') }]);
    expect(await round()).toBe(1);
    expect(standing()).toEqual([]);
    expect(await round()).toBe(0);
  });

  it('have one meeting where a worker is overtaken by another', async () => {
    const booked = lesson({ tutor_id: await teacher() });
    await s.tell(booked);
    const [slow] = await work.take(1);
    await s.source.query("update meetings set lease_until = now() - interval '1 second'");
    const [next] = await work.take(1);
    await work.attend(next!);
    await work.attend(slow!);
    expect(zoom.meetings().filter(({ agenda }) => agenda.includes(booked.booking_id))).toHaveLength(1);
  });
});
