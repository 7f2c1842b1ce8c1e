import { until } from '@scheduling/testing';
import type { calendar_v3 } from 'googleapis/build/src/apis/calendar';
import { EMAIL, googleScenario, type GoogleScenario, lesson, refusal } from './google.scenario.ts';

const calendarId = 'primary';

describe('faults of the double of Google', () => {
  let s: GoogleScenario;
  let ada: calendar_v3.Calendar;
  beforeEach(async () => {
    s = await googleScenario();
    ada = await s.as();
  });
  afterEach(() => s.close());

  const insert = () => ada.events.insert({ calendarId, requestBody: { ...lesson(10), id: 'lesson1' } });
  const standing = () => s.double.events(EMAIL).length;
  const path = '/calendar/v3/calendars/*/events';

  it('answer a status with its reason, so often, and nothing happens', async () => {
    s.double.setFaults({
      requests: [{ kind: 'status', status: 403, reason: 'rateLimitExceeded', retry_after_s: 7, path, times: 1 }],
    });
    const failed = await insert().catch((error: { response: { headers: Headers } }) => error);
    expect((failed as { response: { headers: Headers } }).response.headers.get('retry-after')).toBe('7');
    expect(standing()).toBe(0);
    await expect(refusal(insert())).resolves.toMatchObject({ status: 200 });
    expect(standing()).toBe(1);
  });

  it('cut the connection before anything happens, or after', async () => {
    s.double.setFaults({ requests: [{ kind: 'reset', method: 'POST', times: 1 }] });
    await expect(refusal(insert())).resolves.toMatchObject({ status: 0 });
    expect(standing()).toBe(0);
    s.double.setFaults({ requests: [{ kind: 'drop_reply', method: 'POST', times: 1 }] });
    await expect(refusal(insert())).resolves.toMatchObject({ status: 0 });
    expect(standing()).toBe(1);
    await expect(refusal(insert())).resolves.toMatchObject({ status: 409 });
  });

  it('never answer, until the double ends', async () => {
    s.double.setFaults({ requests: [{ kind: 'hang' }] });
    const hanging = insert().then(
      () => 'answered',
      () => 'cut',
    );
    await until('it is asked', async () => s.double.requests().at(-1)?.path.endsWith('/events') === true);
    await s.double.close();
    await expect(hanging).resolves.toBe('cut');
    s = await googleScenario();
  });

  it('refuse what is over the quota of one person, until a minute is over', async () => {
    s.double.setFaults({ enforce_quota: true });
    const list = () => refusal(ada.events.list({ calendarId }));
    for (let request = 0; request < 600; request++) await list();
    await expect(list()).resolves.toEqual({ status: 403, reason: 'userRateLimitExceeded' });
    const grace = await s.as('grace@example.org');
    await expect(refusal(grace.events.list({ calendarId }))).resolves.toMatchObject({ status: 200 });
    s.clock.advance(1);
    await expect(list()).resolves.toMatchObject({ status: 200 });
    expect(s.double.busiest()).toEqual({ person: 601, project: 602 });
  });

  it('show another time than ours', async () => {
    s.double.setFaults({ clock_skew_s: -90 });
    const { data } = await insert();
    expect(data.updated).toBe('2026-11-22T10:09:42.000Z');
  });

  it('wait for a hook before the effect and after it', async () => {
    const seen: [string, number][] = [];
    const off = s.double.onRequest(({ phase }) => {
      seen.push([phase, standing()]);
      return phase === 'after' ? 'reset' : undefined;
    });
    await expect(refusal(insert())).resolves.toMatchObject({ status: 0 });
    off();
    expect(seen).toEqual([
      ['before', 0],
      ['after', 1],
    ]);
    await expect(refusal(insert())).resolves.toMatchObject({ status: 409 });
  });
});
