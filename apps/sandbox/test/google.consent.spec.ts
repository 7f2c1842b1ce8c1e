import { EMAIL, googleScenario, type GoogleScenario, REDIRECT, refusal, SCOPES } from './google.scenario.ts';

describe('consent at the double of Google', () => {
  let s: GoogleScenario;
  beforeEach(async () => {
    s = await googleScenario();
  });
  afterEach(() => s.close());

  const lists = (token: string) =>
    fetch(`${s.double.url}/calendar/v3/users/me/calendarList`, { headers: { authorization: `Bearer ${token}` } });

  it('gives tokens for a code, once', async () => {
    const code = s.double.consent(s.url(), EMAIL);
    const tokens = await s.tokens(code);
    expect(tokens.scope?.split(' ')).toEqual(SCOPES);
    expect(tokens.refresh_token).toBeDefined();
    await expect(refusal(s.tokens(code))).resolves.toEqual({ status: 400, reason: 'invalid_grant' });
    expect((await lists(tokens.access_token!)).status).toBe(200);
  });

  it('refuses a code with another verifier, or after ten minutes', async () => {
    const exchange = (code: string) => s.oauth.getToken({ code, codeVerifier: 'w'.repeat(64) });
    await expect(refusal(exchange(s.double.consent(s.url(), EMAIL)))).resolves.toMatchObject({
      reason: 'invalid_grant',
    });
    const late = s.double.consent(s.url(), EMAIL);
    s.clock.advance(10);
    await expect(refusal(s.tokens(late))).resolves.toMatchObject({ reason: 'invalid_grant' });
  });

  it('grants what was not unticked, and no more', async () => {
    const code = s.double.consent(s.url(), EMAIL, { without: ['calendar.calendarlist.readonly'] });
    const { scope, access_token: token } = await s.tokens(code);
    expect(scope?.split(' ')).toEqual(SCOPES.slice(0, 2));
    expect((await lists(token!)).status).toBe(403);
  });

  it('gives a refresh token again only to whoever has the person asked again', async () => {
    await s.tokens(s.double.consent(s.url(), EMAIL));
    const quiet = await s.tokens(s.double.consent(s.url({ prompt: 'none' }), EMAIL));
    expect(quiet.refresh_token).toBeUndefined();
    const again = await s.tokens(s.double.consent(s.url(), EMAIL));
    expect(again.refresh_token).toBeDefined();
  });

  it('ends an access token after an hour, and renews it by the refresh token', async () => {
    const { access_token: token, refresh_token: refresh } = await s.tokens(s.double.consent(s.url(), EMAIL));
    s.clock.advance(60);
    expect((await lists(token!)).status).toBe(401);
    s.oauth.setCredentials({ refresh_token: refresh! });
    const { credentials } = await s.oauth.refreshAccessToken();
    expect((await lists(credentials.access_token!)).status).toBe(200);
  });

  it('ends everything with a revoked token, or when the person takes it back', async () => {
    const first = await s.tokens(s.double.consent(s.url(), EMAIL));
    await s.oauth.revokeToken(first.refresh_token!);
    expect((await lists(first.access_token!)).status).toBe(401);
    const second = await s.tokens(s.double.consent(s.url(), EMAIL));
    s.double.revokeConsent(EMAIL);
    s.oauth.setCredentials({ refresh_token: second.refresh_token! });
    await expect(refusal(s.oauth.refreshAccessToken())).resolves.toEqual({ status: 400, reason: 'invalid_grant' });
    await expect(refusal(s.oauth.revokeToken(first.refresh_token!))).resolves.toMatchObject({
      reason: 'invalid_token',
    });
  });

  it('says that grants are over when told to', async () => {
    const { refresh_token: refresh } = await s.tokens(s.double.consent(s.url(), EMAIL));
    s.double.setFaults({ invalid_grant: true });
    s.oauth.setCredentials({ refresh_token: refresh! });
    await expect(refusal(s.oauth.refreshAccessToken())).resolves.toMatchObject({ reason: 'invalid_grant' });
    s.double.setFaults({});
    await expect(s.oauth.refreshAccessToken()).resolves.toBeDefined();
  });

  it('refuses another client', async () => {
    const body = new URLSearchParams({ client_id: 'sandbox', client_secret: 'guess', grant_type: 'refresh_token' });
    const answer = await fetch(`${s.double.url}/token`, { method: 'POST', body });
    expect([answer.status, await answer.json()]).toMatchObject([401, { error: 'invalid_client' }]);
    expect((await fetch(s.url({ client_id: 'another' }))).status).toBe(400);
  });

  describe('in a browser', () => {
    const send = (form: [string, string][]) =>
      fetch(s.url(), { method: 'POST', body: new URLSearchParams(form), redirect: 'manual' });
    const back = (answer: Response) => new URL(answer.headers.get('location')!);

    it('shows whose calendar, and what for, and loads nothing', async () => {
      s.double.addPerson('grace@example.org');
      const answer = await fetch(s.url());
      const text = await answer.text();
      expect(answer.headers.get('content-security-policy')).toContain(`form-action 'self' ${new URL(REDIRECT).origin}`);
      expect(text).toContain('grace@example.org');
      for (const scope of SCOPES) expect(text).toContain(`value="${scope}"`);
    });

    it('goes back with a code for whoever allows, though nobody knew them', async () => {
      const ticked: [string, string][] = SCOPES.map((scope) => ['scope', scope]);
      const answer = await send([['email', 'New@Example.org'], ['decision', 'allow'], ...ticked]);
      expect(answer.status).toBe(303);
      const url = back(answer);
      expect([url.origin + url.pathname, url.searchParams.get('state')]).toEqual([REDIRECT, 'state']);
      const { scope } = await s.tokens(url.searchParams.get('code')!);
      expect(scope?.split(' ')).toEqual(SCOPES);
      expect(s.double.calendarsOf('new@example.org')).toMatchObject([{ summary: 'new@example.org' }]);
    });

    it('goes back with a no for whoever denies', async () => {
      const url = back(await send([['decision', 'deny']]));
      expect(Object.fromEntries(url.searchParams)).toEqual({ state: 'state', error: 'access_denied' });
    });

    it('takes no address that is none', async () => {
      expect(
        (
          await send([
            ['email', '"><script>'],
            ['decision', 'allow'],
          ])
        ).status,
      ).toBe(400);
    });
  });
});
