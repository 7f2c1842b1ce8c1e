import { CalendarSyncFailed } from '@scheduling/contracts';
import { until } from '@scheduling/testing';
import { RevocationsService } from '../src/connections/revocations.service.ts';
import { GoogleAccess } from '../src/google/google-access.service.ts';
import { lesson, scenario, type Scenario, type Someone } from './scenario.ts';

describe('somebody who connects again', () => {
  let s: Scenario;
  let mia: Someone;
  beforeAll(async () => {
    s = await scenario();
  });
  beforeEach(async () => {
    s.google.setFaults({});
    mia = await s.person('Mia');
  });
  afterAll(() => s.end());

  const connectAs = async (email: string, without: string[] = []) => {
    const { body } = await s.ask('/calendar/auth-url', { as: mia });
    const code = s.google.consent(body.url, email, { without });
    return s.ask('/calendar/connect', { as: mia, method: 'POST', body: { code } });
  };
  const list = () => s.get(GoogleAccess).as(mia.id, ({ calendarList }, options) => calendarList.list({}, options));

  it('to another account has its main calendar watched, though both list a third, and gives the former grant back', async () => {
    const holidays = [{ id: 'holidays', summary: 'Holidays', accessRole: 'reader' as const }];
    const second = `second.${mia.email}`;
    for (const email of [mia.email, second]) s.google.addPerson(email, 'UTC', holidays);
    await s.connect(mia);
    await s.settle();
    expect((await connectAs(second)).body).toMatchObject({ state: 'connected', connected_as: second });
    const { body } = await s.ask('/calendar/calendars', { as: mia });
    expect(body.items).toMatchObject([
      { calendar_id: second, primary: true, busy: true, write: true },
      { calendar_id: 'holidays', busy: false, write: false },
    ]);
    expect([s.google.grantsOf(mia.email), s.google.grantsOf(second)]).toEqual([0, 1]);
  });

  it('to the same account keeps what they had chosen, and the grant', async () => {
    s.google.addPerson(mia.email, 'UTC', [{ id: 'work', summary: 'Work', accessRole: 'owner' }]);
    await s.connect(mia);
    await s.ask('/calendar/calendars/work', { as: mia, method: 'PUT', body: { busy: true, write: true } });
    await s.connect(mia);
    const { body } = await s.ask('/calendar/calendars', { as: mia });
    expect(body.items).toMatchObject([
      { primary: true, busy: true, write: false },
      { calendar_id: 'work', busy: true, write: true },
    ]);
    expect((await list()).items).toHaveLength(2);
  });

  it('is not thrown out by the refusal of the token before', async () => {
    await s.connect(mia);
    await s.settle();
    await s.source.query('update google_oauth_accounts set expiry = now() where user_id = $1', [mia.id]);
    s.google.revokeConsent(mia.email);
    let isAgain = false;
    const stop = s.google.onRequest(async ({ path, phase }) => {
      if (path !== '/token' || phase !== 'before' || isAgain) return;
      isAgain = true;
      await connectAs(mia.email);
    });
    await list().catch(() => undefined);
    stop();
    expect([isAgain, (await s.status(mia)).state]).toEqual([true, 'connected']);
    expect((await s.heard(CalendarSyncFailed)).filter(({ user_id }) => user_id === mia.id)).toEqual([]);
  });

  it('keeps what they agreed to before where they agree to less', async () => {
    await s.connect(mia);
    expect((await connectAs(mia.email, ['calendar.freebusy'])).status).toBe(200);
    s.google.expireAccessTokens(mia.email);
    expect((await list()).items).toHaveLength(1);
  });

  it('is not said to fail for what failed before', async () => {
    await s.connect(mia);
    await s.settle();
    await s.source.query("update watched_calendars set failing_since = now() - interval '1 hour' where user_id = $1", [
      mia.id,
    ]);
    s.google.revokeConsent(mia.email);
    await list().catch(() => undefined);
    await until('the connection to rest', async () => (await s.status(mia)).state === 'reconnect_required');
    await s.connect(mia);
    await s.settle();
    const told = (await s.heard(CalendarSyncFailed)).filter(({ user_id }) => user_id === mia.id);
    expect(told.map(({ code }) => code)).toEqual(['reconnect_required']);
  });

  describe('after having disconnected', () => {
    /** Has all that waits tried now. The service's own minute may hold a row just then: it is waited for. */
    const givenBack = () =>
      until('nothing to be given back', async () => {
        await s.source.query("update revocations set next_attempt_at = now() - interval '1 s' where state = 'planned'");
        await s.get(RevocationsService).workOff();
        return (await s.source.query('select 1 from revocations')).length === 0;
      });

    it('had the grant given back, however often that had to be tried', async () => {
      await s.connect(mia);
      s.google.setFaults({ requests: [{ kind: 'status', status: 503, path: '/revoke' }] });
      expect((await s.ask('/calendar/disconnect', { as: mia, method: 'DELETE' })).status).toBe(204);
      expect(s.google.grantsOf(mia.email)).toBe(1);
      s.google.setFaults({});
      await givenBack();
      expect(s.google.grantsOf(mia.email)).toBe(0);
    });

    it('keeps the new grant where the old one is still to be given back', async () => {
      await s.connect(mia);
      s.google.setFaults({ requests: [{ kind: 'status', status: 503, path: '/revoke' }] });
      await s.ask('/calendar/disconnect', { as: mia, method: 'DELETE' });
      s.google.setFaults({});
      await s.connect(mia);
      await givenBack();
      expect((await list()).items).toHaveLength(1);
    });

    it('can do so twice, and keeps lessons as they are', async () => {
      const olena = await s.connected('Olena');
      await s.connect(mia);
      const booked = lesson(olena, mia);
      await s.say(booked);
      await s.settle();
      for (const status of [204, 204]) {
        expect((await s.ask('/calendar/disconnect', { as: mia, method: 'DELETE' })).status).toBe(status);
      }
      expect(s.google.events(mia.email)).toHaveLength(1);
      expect(await s.status(mia)).toMatchObject({ state: 'disconnected', connected_as: null, pending_writes: 0 });
    });
  });
});
