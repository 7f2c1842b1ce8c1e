import { CalendarSyncFailed } from '@scheduling/contracts';
import { FrozenClock, until } from '@scheduling/testing';
import { GoogleAccess } from '../src/google/google-access.service.ts';
import { TokensService } from '../src/connections/tokens.service.ts';
import { scenario, type Scenario, type Someone } from './scenario.ts';

describe('an access token', () => {
  const clock = new FrozenClock(new Date());
  let s: Scenario;
  let olena: Someone;
  beforeAll(async () => {
    s = await scenario({ clock, replicas: 2 });
  });
  beforeEach(async () => {
    s.google.setFaults({});
    olena = await s.connected('Olena');
    await s.settle();
  });
  afterAll(() => s.end());

  const refreshes = () => s.google.requests().filter(({ path }) => path === '/token').length;
  const list = (replica = 0) =>
    s.get(GoogleAccess, replica).as(olena.id, ({ calendarList }, options) => calendarList.list({}, options));

  it('is used until it is nearly over, then refreshed by one of two replicas that need it at once', async () => {
    const before = refreshes();
    await list();
    expect(refreshes()).toBe(before);
    clock.advance(59);
    await Promise.all([list(0), list(1), list(0), list(1)]);
    expect(refreshes()).toBe(before + 1);
  });

  it('is refreshed ahead of its end, once', async () => {
    const before = refreshes();
    clock.advance(52);
    await Promise.all([s.get(TokensService, 0).refreshAhead(), s.get(TokensService, 1).refreshAhead()]);
    expect(refreshes()).toBe(
      before + (await s.source.query("select 1 from google_oauth_accounts where state = 'connected'")).length,
    );
  });

  it('that was taken back before its time is refreshed, and the request made again', async () => {
    s.google.expireAccessTokens(olena.email);
    expect((await list()).items).toHaveLength(1);
  });

  it('is asked for again where the answer was lost', async () => {
    clock.advance(59);
    s.google.setFaults({ requests: [{ kind: 'drop_reply', path: '/token' }] });
    await expect(list()).rejects.toMatchObject({ kind: 'unreachable' });
    s.google.setFaults({});
    expect((await list()).items).toHaveLength(1);
  });

  it('of a consent that was taken back rests the connection, and tells of it once', async () => {
    s.google.revokeConsent(olena.email);
    await expect(list()).rejects.toMatchObject({ kind: 'reconnect_required' });
    await expect(list(1)).rejects.toMatchObject({ kind: 'reconnect_required' });
    await until('the calendar to rest', async () => (await s.status(olena)).state === 'reconnect_required');
    const told = (await s.heard(CalendarSyncFailed)).filter(({ user_id }) => user_id === olena.id);
    expect(told).toMatchObject([{ code: 'reconnect_required', version: 2 }]);
    const [{ count }] = await s.source.query(
      "select count(*) from watched_calendars where user_id = $1 and state <> 'idle'",
      [olena.id],
    );
    expect(Number(count)).toBe(0);
    const before = s.google.requests().length;
    await expect(list()).rejects.toMatchObject({ code: 'not_connected' });
    expect(s.google.requests()).toHaveLength(before);

    await s.connect(olena);
    expect(await s.status(olena)).toMatchObject({ state: 'connected', last_error: null });
    expect((await s.ask('/calendar/calendars', { as: olena })).body.items).toMatchObject([{ busy: true, write: true }]);
  });

  it('is not to be had for somebody who is not connected', async () => {
    const sam = await s.person('Sam');
    await expect(
      s.get(GoogleAccess).as(sam.id, ({ calendarList }, options) => calendarList.list({}, options)),
    ).rejects.toMatchObject({ kind: 'reconnect_required', code: 'not_connected' });
  });
});
