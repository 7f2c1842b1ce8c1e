import { CalendarConnected, CalendarDisconnected } from '@scheduling/contracts';
import type { PersonId } from '@scheduling/domain';
import { FrozenClock } from '@scheduling/testing';
import { scenario, type Scenario, type Someone } from './scenario.ts';

describe('a consent', () => {
  const clock = new FrozenClock(new Date());
  let s: Scenario;
  let olena: Someone;
  beforeAll(async () => {
    s = await scenario({ clock });
  });
  beforeEach(async () => {
    olena = await s.person('Olena');
  });
  afterAll(() => s.end());

  const asked = async (as: Someone) => {
    const { body } = await s.ask('/calendar/auth-url', { as });
    return { url: body.url as string, state: new URL(body.url).searchParams.get('state')! };
  };
  const connect = (as: Someone, body: object) => s.ask('/calendar/connect', { as, method: 'POST', body });

  it('asks for what is needed and no more, for good, with a challenge', async () => {
    const params = new URL((await asked(olena)).url).searchParams;
    expect(
      params
        .get('scope')!
        .split(' ')
        .map((scope) => scope.split('/').at(-1)),
    ).toEqual(['calendar.events', 'calendar.freebusy', 'calendar.calendarlist.readonly']);
    expect(Object.fromEntries(params)).toMatchObject({
      access_type: 'offline',
      prompt: 'consent',
      code_challenge_method: 'S256',
      redirect_uri: s.env.GOOGLE_REDIRECT_URI,
    });
  });

  it('connects by its code alone, the newest of the caller’s', async () => {
    await asked(olena);
    const { url } = await asked(olena);
    expect((await connect(olena, { code: s.google.consent(url, olena.email) })).status).toBe(200);
    expect(await s.status(olena)).toMatchObject({ state: 'connected', connected_as: olena.email });
  });

  it.each([
    ['twice', (first: string) => first, 0],
    ['after ten minutes', (first: string) => first, 11],
    ['under a state that nobody asked for', () => 'x'.repeat(43), 0],
  ])('does not connect %s', async (_, stateOf, minutes) => {
    const { url, state } = await asked(olena);
    const code = s.google.consent(url, olena.email);
    if (minutes === 0 && stateOf(state) === state) expect((await connect(olena, { code, state })).status).toBe(200);
    clock.advance(minutes);
    const answer = await connect(olena, { code, state: stateOf(state) });
    expect([answer.status, answer.body.code]).toEqual([409, 'calendar_consent_unknown']);
  });

  it('is nobody else’s', async () => {
    const [sam, { url, state }] = [await s.person('Sam'), await asked(olena)];
    const code = s.google.consent(url, sam.email);
    expect((await connect(sam, { code, state })).body.code).toBe('calendar_consent_unknown');
    expect((await s.status(sam)).state).toBe('disconnected');
    // And it is still there for whom it was made.
    expect((await connect(olena, { code, state })).status).toBe(200);
  });

  it('does not connect with a code that is not Google’s, and is used up by it', async () => {
    const { url, state } = await asked(olena);
    expect((await connect(olena, { code: '4/nonsense', state })).body.code).toBe('calendar_consent_failed');
    const code = s.google.consent(url, olena.email);
    expect((await connect(olena, { code, state })).body.code).toBe('calendar_consent_unknown');
  });

  it.each(['calendar.events', 'calendar.freebusy', 'calendar.calendarlist.readonly'])(
    'without %s is none, and is given back',
    async (without) => {
      const { url, state } = await asked(olena);
      const code = s.google.consent(url, olena.email, { without: [without] });
      const answer = await connect(olena, { code, state });
      expect([answer.status, answer.body.code]).toEqual([409, 'calendar_scopes_missing']);
      expect(answer.body.missing_scopes).toEqual([`https://www.googleapis.com/auth/${without}`]);
      expect(s.google.grantsOf(olena.email)).toBe(0);
      expect((await s.status(olena)).state).toBe('disconnected');
    },
  );

  it('has to be asked for again where Google’s answer was lost, and says so', async () => {
    const { url, state } = await asked(olena);
    const code = s.google.consent(url, olena.email);
    s.google.setFaults({ requests: [{ kind: 'drop_reply', path: '/token', times: 1 }] });
    const answer = await connect(olena, { code, state });
    s.google.setFaults({});
    expect([409, 503]).toContain(answer.status);
    expect((await s.status(olena)).state).toBe('disconnected');
  });

  describe('in a browser', () => {
    const back = (query: string) => s.ask(`/auth/google/callback?${query}`);

    it('connects whom its state names, without a token', async () => {
      const { url, state } = await asked(olena);
      const code = s.google.consent(url, olena.email);
      const page = await back(`code=${encodeURIComponent(code)}&state=${state}&scope=x&authuser=0&prompt=consent`);
      expect([page.status, page.body]).toEqual([200, expect.stringContaining('Your calendar is connected')]);
      expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
      expect((await s.status(olena)).state).toBe('connected');
    });

    it('says on its page that the person did not agree, and is used up', async () => {
      const { url, state } = await asked(olena);
      const page = await back(`error=access_denied&state=${state}`);
      expect([page.status, page.body]).toEqual([200, expect.stringContaining('is not connected')]);
      const code = s.google.consent(url, olena.email);
      expect((await connect(olena, { code, state })).body.code).toBe('calendar_consent_unknown');
    });

    it.each([
      ['nothing', ''],
      ['a state of nobody', 'code=4/x&state=abc'],
      ['a code alone', 'code=4/x'],
    ])('says that the link is no longer good for %s', async (_, query) => {
      const page = await back(query);
      expect([page.status, page.body]).toEqual([409, expect.stringContaining('no longer good')]);
    });

    it.each([
      ['a code without end', `code=${'x'.repeat(5000)}&state=abc`],
      ['a control character', 'code=%00&state=abc'],
      ['a list', 'code=a&code=b&state=abc'],
      ['what nobody knows', 'code=a&state=b&evil=c'],
    ])('refuses %s', async (_, query) => {
      expect((await back(query)).status).toBe(400);
    });
  });

  it.each([
    ['nothing', {}],
    ['a number', { code: 7 }],
    ['a list', { code: ['x'] }],
    ['a code without end', { code: 'x'.repeat(2000) }],
    ['a control character', { code: 'a\u0000b' }],
    ['what nobody knows', { code: 'a', extra: 1 }],
  ])('refuses %s for a code', async (_, body) => {
    expect((await connect(olena, body)).status).toBe(400);
  });

  it.each(['/calendar/auth-url', '/calendar/status', '/calendar/calendars'])('of %s needs a token', async (path) => {
    expect((await s.ask(path)).status).toBe(401);
  });

  it('is told of once for each time, with a version that grows', async () => {
    await s.connect(olena);
    await s.ask('/calendar/disconnect', { as: olena, method: 'DELETE' });
    await s.connect(olena);
    const of = ({ user_id }: { user_id: PersonId }) => user_id === olena.id;
    const versions = [
      ...(await s.heard(CalendarConnected)).filter(of),
      ...(await s.heard(CalendarDisconnected)).filter(of),
    ].map(({ version }) => version);
    expect(versions.toSorted()).toEqual([1, 2, 3]);
  });

  it('keeps no more than ten open for one person', async () => {
    for (let times = 0; times < 12; times++) await asked(olena);
    const [{ count }] = await s.source.query('select count(*) from oauth_states where user_id = $1', [olena.id]);
    expect(Number(count)).toBe(10);
  });
});

describe('where no Google is set up', () => {
  let s: Scenario;
  beforeAll(async () => {
    s = await scenario({ config: { GOOGLE_CLIENT_ID: '', GOOGLE_CLIENT_SECRET: '', GOOGLE_REDIRECT_URI: '' } });
  });
  afterAll(() => s.end());

  it('nobody connects, and is told why', async () => {
    const someone = await s.person();
    const answer = await s.ask('/calendar/auth-url', { as: someone });
    expect([answer.status, answer.body.code]).toEqual([503, 'calendar_not_configured']);
    expect(await s.status(someone)).toMatchObject({ state: 'disconnected', connected_as: null });
  });
});
