import { FrozenClock } from '@scheduling/testing';
import { ZoomService } from '../src/zoom/zoom.service.ts';
import { ZoomDouble } from '../src/zoom/zoom-double.ts';
import { sandbox } from './scenario.ts';

const APP = { accountId: 'account', clientId: 'client', clientSecret: 'hush' };
const BASIC = `Basic ${Buffer.from('client:hush').toString('base64')}`;
const LESSON = {
  topic: 'Lesson',
  type: 2,
  agenda: 'b1',
  start_time: '2026-12-01T10:00:00Z',
  duration: 60,
  timezone: 'UTC',
};
const MEETINGS = '/v2/users/me/meetings';

describe('the double of Zoom', () => {
  let zoom: ZoomDouble;
  let clock: FrozenClock;
  let bearer: string;
  beforeEach(async () => {
    clock = new FrozenClock(new Date('2026-11-22T10:11:12Z'));
    zoom = await ZoomDouble.listen({ ...APP, clock });
    bearer = `Bearer ${((await (await token()).json()) as { access_token: string }).access_token}`;
  });
  afterEach(() => zoom.close());

  const token = (authorization = BASIC, account = 'account') =>
    fetch(`${zoom.url}/oauth/token`, {
      method: 'POST',
      headers: { authorization },
      body: new URLSearchParams({ grant_type: 'account_credentials', account_id: account }),
    });
  const ask = (method: string, path: string, body?: object) =>
    fetch(`${zoom.url}${path}`, {
      method,
      headers: { authorization: bearer, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
  const create = async (more = {}) =>
    (await (await ask('POST', MEETINGS, { ...LESSON, ...more })).json()) as { id: number };

  it('gives tokens to its app alone, for an hour', async () => {
    expect((await token('Basic bm9ib2R5')).status).toBe(401);
    expect((await token(BASIC, 'another')).status).toBe(400);
    expect((await ask('GET', MEETINGS)).status).toBe(200);
    clock.advance(60);
    expect((await ask('GET', MEETINGS)).status).toBe(401);
  });

  it('makes a meeting, moves it and deletes it', async () => {
    const made = await create();
    expect(made).toMatchObject({ ...LESSON, join_url: expect.stringContaining(`/j/${made.id}?pwd=`) });
    const path = `/v2/meetings/${made.id}`;
    expect((await ask('PATCH', path, { start_time: '2026-12-02T10:00:00Z' })).status).toBe(204);
    expect(await (await ask('GET', path)).json()).toEqual({ ...made, start_time: '2026-12-02T10:00:00Z' });
    expect((await ask('DELETE', path)).status).toBe(204);
    const gone = await ask('DELETE', path);
    expect([gone.status, await gone.json()]).toMatchObject([404, { code: 3001 }]);
  });

  it('makes two when it is asked twice, and lists them page by page', async () => {
    await create();
    await create();
    await create({ agenda: 'b2' });
    const first = (await (await ask('GET', `${MEETINGS}?page_size=2`)).json()) as { next_page_token: string };
    expect(first).toMatchObject({ total_records: 3, meetings: [{ agenda: 'b1' }, { agenda: 'b1' }] });
    const last = await ask('GET', `${MEETINGS}?page_size=2&next_page_token=${first.next_page_token}`);
    expect(await last.json()).toMatchObject({ next_page_token: '', meetings: [{ agenda: 'b2' }] });
  });

  it('refuses what is no meeting', async () => {
    for (const wrong of [{ duration: 0 }, { start_time: 'soon' }, { agendum: 'b1' }, { topic: 'x'.repeat(201) }])
      expect((await ask('POST', MEETINGS, { ...LESSON, ...wrong })).status).toBe(400);
    expect((await ask('GET', '/v2/users/me')).status).toBe(404);
  });

  it('loses an answer when told to, but not the meeting', async () => {
    zoom.setFaults({ requests: [{ kind: 'drop_reply', path: MEETINGS, times: 1 }] });
    await expect(create()).rejects.toThrow('fetch failed');
    expect(zoom.meetings()).toHaveLength(1);
    zoom.setFaults({ requests: [{ kind: 'status', status: 429, retry_after_s: 3 }] });
    const refused = await ask('POST', MEETINGS, LESSON);
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '3']);
    expect(zoom.requests().map(({ path }) => path)).toEqual(['/oauth/token', MEETINGS, MEETINGS]);
  });

  it('is a part of the sandbox, which lists its meetings', async () => {
    const s = await sandbox();
    const made = s.app.get(ZoomService).double.addMeeting('b1');
    expect(await (await s.get('/sandbox/zoom/meetings.json')).json()).toMatchObject({
      items: [{ id: made.id, agenda: 'b1' }],
    });
    await s.close();
  });
});
