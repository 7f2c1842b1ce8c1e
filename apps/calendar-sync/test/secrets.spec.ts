import { FrozenClock, until } from '@scheduling/testing';
import { KeyRing } from '../src/connections/key-ring.ts';
import { verifierOf } from '../src/connections/secrets.ts';
import { scenario, type Scenario, type Someone } from './scenario.ts';

describe('no token, code or verifier', () => {
  const clock = new FrozenClock(new Date());
  const said: string[] = [];
  let s: Scenario;
  beforeAll(async () => {
    for (const stream of [process.stdout, process.stderr]) {
      jest.spyOn(stream, 'write').mockImplementation((text) => Boolean(said.push(String(text))));
    }
    s = await scenario({ clock, config: { LOG_LEVEL: 'debug' } });
  });
  afterAll(async () => {
    jest.restoreAllMocks();
    await s.end();
  });

  /** A connection with all that can go wrong in it; answers what nobody may find, and what people were answered. */
  async function story(): Promise<{ secrets: Set<string>; answers: unknown[] }> {
    const secrets = new Set<string>();
    const answers: unknown[] = [];
    const stop = s.google.onRequest(({ phase }) => {
      if (phase === 'before') for (const token of s.google.tokens()) secrets.add(token);
    });
    const consented = async (who: Someone, without: string[] = []) => {
      const { body } = await s.ask('/calendar/auth-url', { as: who });
      const code = s.google.consent(body.url, who.email, { without });
      secrets.add(code);
      const [{ sealed }] = await s.source.query(
        'select code_verifier as sealed from oauth_states order by n desc limit 1',
      );
      secrets.add(s.get(KeyRing).open(sealed, verifierOf(who.id)));
      return { code, state: new URL(body.url).searchParams.get('state')! };
    };
    const connect = async (who: Someone, body: object) =>
      answers.push(await s.ask('/calendar/connect', { as: who, method: 'POST', body }));

    const olena = await s.person('Olena');
    const first = await consented(olena);
    secrets.add(first.state);
    s.google.setFaults({ requests: [{ kind: 'status', status: 500, path: '/token', times: 4 }] });
    await connect(olena, first);
    await connect(olena, first);
    s.google.setFaults({});
    await connect(olena, await consented(olena, ['calendar.freebusy']));
    await connect(olena, await consented(olena));
    await s.settle();
    for (const fault of [
      { kind: 'status', status: 401 },
      { kind: 'status', status: 403 },
      { kind: 'drop_reply' },
    ] as const) {
      s.google.setFaults({ requests: [{ ...fault, times: 3 }] });
      clock.advance(61);
      const asked = s.google.requests().length;
      await until('it to be met', async () => {
        // One that is being read just now is planned only afterwards.
        await s.source.query("update watched_calendars set next_attempt_at = '-infinity' where state = 'planned'");
        return s.google.requests().length > asked;
      });
      answers.push(await s.ask('/calendar/calendars', { as: olena }), await s.ask('/calendar/status', { as: olena }));
    }
    s.google.setFaults({});
    s.google.expireAccessTokens(olena.email);
    answers.push(await s.ask('/auth/google/callback?code=4/abc&state=abc'));
    for (const token of s.google.tokens()) secrets.add(token);
    stop();
    await s.ask('/calendar/disconnect', { as: olena, method: 'DELETE' });
    await connect(olena, await consented(olena));
    for (const token of s.google.tokens()) secrets.add(token);
    return { secrets, answers };
  }

  it('stands in a log, an event, an answer or the database in clear', async () => {
    const { secrets, answers } = await story();
    expect(secrets.size).toBeGreaterThan(6);
    const places = { log: said.join('\n'), answers: JSON.stringify(answers), database: await everything() };
    for (const [place, text] of Object.entries(places)) {
      expect({ place, found: [...secrets].filter((secret) => text.includes(secret)).length }).toEqual({
        place,
        found: 0,
      });
    }
    // What was looked through is not nothing.
    expect(places.log).toContain('could not be read');
    expect(places.database).toContain('k1.');
    expect(places.database).toContain('CalendarConnected');
  });

  /** Every row of every table that the service can read, as text. */
  async function everything(): Promise<string> {
    const tables: { name: string }[] = await s.source.query(
      "select format('%I.%I', table_schema, table_name) as name from information_schema.tables where table_schema in ('calendar_sync', 'bus')",
    );
    const rows = [];
    for (const { name } of tables) rows.push(await s.source.query(`select t::text as row from ${name} as t`));
    return JSON.stringify(rows);
  }
});
