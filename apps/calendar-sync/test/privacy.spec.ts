import { randomUUID } from 'node:crypto';
import {
  CalendarBusyChanged,
  CalendarConnected,
  CalendarDisconnected,
  CalendarExportPart,
  type EventClass,
  ExportRequested,
  type SchedulingEvent,
  UserChanged,
  UserErased,
} from '@scheduling/contracts';
import { unsealed } from '@scheduling/service-kit';
import { logWriter, until } from '@scheduling/testing';
import { exportJWK, generateKeyPair } from 'jose';
import { RevocationsService } from '../src/connections/revocations.service.ts';
import { calendar, icsServer, vevent } from './ics-server.ts';
import { lesson, scenario, type Scenario, type Someone } from './scenario.ts';

const HOUR = 3_600_000;
/** The next full hour, once and for all: tests may run over it. */
const NEXT = Math.ceil(Date.now() / HOUR) * HOUR;
const inHours = (hours: number) => new Date(NEXT + hours * HOUR);
const written = (at: Date) => at.toISOString().replaceAll(/[-:]|\.000/g, '');
/** Tables that keep the id of who has gone: lessons, versions, who did what, and a grant until it is given back. */
const STAYS = ['audit_trail', 'busy_readings', 'lessons', 'people'];
/** That they are gone, as long as a token may live. */
const GONE = 'erased_people';

describe('a person', () => {
  let s: Scenario;
  let log: Awaited<ReturnType<typeof logWriter>>;
  let files: Awaited<ReturnType<typeof icsServer>>;
  let mary: Someone;
  let other: Someone;
  beforeAll(async () => {
    files = await icsServer();
    s = await scenario({ config: { ICS_LOCAL_ORIGIN: files.origin } });
    log = await logWriter(s.test.adminUrl);
    other = await withEverything('Other');
  });
  afterAll(async () => {
    await log.close();
    await s.end();
    await files.close();
  });

  const busyOf = async ({ id }: Someone) =>
    (await heardOf(CalendarBusyChanged, id)).at(-1)?.busy.map(({ start_at }) => start_at);
  const heardOf = async <E extends SchedulingEvent & { user_id: string }>(type: EventClass<E>, id: string) =>
    (await s.heard(type)).filter(({ user_id }) => user_id === id);

  /** Has somebody's calendar file read, with an hour in it. */
  async function importing(who: Someone, name: string, start: Date): Promise<void> {
    const path = `/${name}-${who.id}.ics`;
    files.put(path, calendar(...vevent(`UID:${name}`, `DTSTART:${written(start)}`, 'DURATION:PT1H')));
    const body = { url: `${files.origin}${path}`, name };
    expect((await s.ask('/calendar/imports', { as: who, method: 'POST', body })).status).toBe(201);
    await until('the file to be read', async () => (await busyOf(who))?.includes(start.toISOString()) ?? false);
  }

  /** Somebody with everything that there is to have; their name stands wherever people write words. */
  async function withEverything(name: string): Promise<Someone> {
    const who = await s.person(name);
    s.google.addPerson(who.email, 'UTC', [{ id: `${name}-work`, summary: `${name} at work`, accessRole: 'owner' }]);
    await s.connect(who);
    await importing(who, name, inHours(30));
    const settings = { video: 'link', link_template: `https://${name}.example.org/{booking_id}` };
    const others = [
      await s.ask('/calendar/settings', { as: who, method: 'PUT', body: settings }),
      await s.ask('/calendar/feed', { as: who, method: 'POST' }),
      await s.ask('/calendar/auth-url', { as: who }),
    ];
    expect(others.filter(({ status }) => status >= 300)).toEqual([]);
    await s.say(lesson(who, { id: randomUUID() as Someone['id'] }));
    await s.settle();
    return who;
  }

  /** Has accounts state that somebody is gone, and waits until it has been heard. */
  async function erase({ id }: Someone): Promise<void> {
    await log.say(UserErased.of<UserErased>({ user_id: id, version: 9 }));
    await until('the person to be gone', async () => {
      const rows: object[] = await s.source.query('select from people where person_id = $1 and version = 9', [id]);
      return rows.length > 0;
    });
  }

  /** The tables of the service, but for facts on their way, in which some text stands. */
  async function tablesWith(text: string): Promise<string[]> {
    const tables: { name: string }[] = await s.source.query(
      `select table_name as name from information_schema.tables
        where table_schema = 'calendar_sync' and table_type = 'BASE TABLE' and table_name <> 'outbox' order by 1`,
    );
    const found = [];
    for (const { name } of tables) {
      const sql = `select from ${name} as t where t::text ilike $1 limit 1`;
      const rows: object[] = await s.source.query(sql, [`%${text}%`]);
      if (rows.length > 0) found.push(name);
    }
    return found;
  }

  describe('with calendars', () => {
    beforeEach(async () => {
      mary = await withEverything('Marker');
    });

    it('is gone with all of theirs, and nobody else is', async () => {
      const named = ['calendar_imports', 'calendar_settings', 'google_oauth_accounts', 'people', 'watched_calendars'];
      const others = await tablesWith(other.id);
      expect(await tablesWith('marker')).toEqual(expect.arrayContaining(named));
      expect(await tablesWith(mary.id)).toEqual(others);
      expect(others).toEqual(
        expect.arrayContaining([...STAYS, 'busy_events', 'feeds', 'lesson_events', 'oauth_states']),
      );
      await erase(mary);
      await s.get(RevocationsService).workOff();
      await until('the grant to be given back', () => s.google.grantsOf(mary.email) === 0);
      await until('that to be noted', async () => !(await tablesWith(mary.id)).includes('revocations'));
      expect([await tablesWith('marker'), await tablesWith(mary.id)]).toEqual([[], [...STAYS, GONE].toSorted()]);
      expect([await tablesWith(other.id), s.google.grantsOf(other.email)]).toEqual([others, 1]);
    });

    it('is told of as disconnected and free, once', async () => {
      const connected = (await heardOf(CalendarDisconnected, mary.id)).length;
      expect(await busyOf(mary)).toHaveLength(1);
      await erase(mary);
      expect([connected, (await heardOf(CalendarDisconnected, mary.id)).length]).toEqual([0, 1]);
      expect(await busyOf(mary)).toEqual([]);
    });

    it('connects nothing more with a token that still lives', async () => {
      await erase(mary);
      const asked: [string, string, object?][] = [
        ['GET', '/calendar/auth-url'],
        ['POST', '/calendar/feed'],
        ['POST', '/calendar/imports', { url: `${files.origin}/late.ics`, name: 'Marker' }],
        ['PUT', '/calendar/settings', { video: 'link', link_template: 'https://marker.example.org/{booking_id}' }],
      ];
      for (const [method, path, body] of asked)
        expect(await s.ask(path, { as: mary, method, ...(body && { body }) })).toMatchObject({
          status: 410,
          body: { code: 'account_erased' },
        });
    });

    it('is not brought back by what was said of them before', async () => {
      await erase(mary);
      const late = {
        user_id: mary.id,
        version: 8,
        email: mary.email,
        name: 'Marker',
        roles: [],
        timezone: 'Europe/Kyiv',
      };
      await s.say(UserChanged.of<UserChanged>({ ...late, locale: 'en' }));
      expect(await tablesWith('marker')).not.toContain('people');
    });

    it('gets a copy of it, sealed, without any token', async () => {
      const { copy, sealed } = await copyOf(mary);
      expect(copy).toMatchObject({
        person: { name: 'Marker', timezone: 'UTC' },
        google: [{ google_email: mary.email, state: 'connected' }],
        calendars: expect.arrayContaining([expect.objectContaining({ summary: 'Marker at work' })]),
        imports: [{ name: 'Marker' }],
        busy: [{ start_at: inHours(30).toISOString() }],
        feed: [{ last_read_at: null }],
        settings: [{ video: 'link', link_template: 'https://Marker.example.org/{booking_id}' }],
        lesson_events: [{ side: 'tutor' }],
      });
      const secrets: { secret: string }[] = await s.source.query(
        `select unnest(array[access_token, refresh_token]) as secret from google_oauth_accounts
          union all select address from calendar_imports union all select code_verifier from oauth_states
          union all select encode(secret_hash, 'hex') from feeds union all select encode(token_hash, 'hex') from channels`,
      );
      const hidden = [...secrets.map(({ secret }) => secret), ...s.google.tokens(), '.ics', other.id, other.email];
      expect(hidden.length).toBeGreaterThan(10);
      const text = JSON.stringify(copy);
      expect(hidden.filter((secret) => text.includes(secret))).toEqual([]);
      expect(sealed).not.toContain('{');
    });
  });

  it('who has calendar files alone is told of as free', async () => {
    const nora = await s.person('Nora');
    await importing(nora, 'Nora', inHours(40));
    await erase(nora);
    expect(await busyOf(nora)).toEqual([]);
    expect(await heardOf(CalendarDisconnected, nora.id)).toEqual([]);
  });

  it('who has none is gone without a word', async () => {
    const nemo = await s.person('Nemo');
    await erase(nemo);
    expect([await tablesWith('nemo'), await tablesWith(nemo.id)]).toEqual([[], [GONE, 'people']]);
    expect([await heardOf(CalendarDisconnected, nemo.id), await busyOf(nemo)]).toEqual([[], undefined]);
  });

  it('whose consent is under way is not connected any more, and the grant is given back', async () => {
    const zoe = await s.person('Zoe');
    const { body } = await s.ask('/calendar/auth-url', { as: zoe });
    const code = s.google.consent(body.url, zoe.email);
    const stop = s.google.onRequest(async ({ phase, path }) => {
      if (phase === 'before' && path.startsWith('/token')) await erase(zoe);
    });
    const answer = await s.ask('/calendar/connect', { as: zoe, method: 'POST', body: { code } });
    stop();
    expect(answer).toMatchObject({ status: 409, body: { code: 'calendar_consent_unknown' } });
    expect(await heardOf(CalendarConnected, zoe.id)).toEqual([]);
    await s.get(RevocationsService).workOff();
    expect(await tablesWith(zoe.id)).toEqual(['audit_trail', GONE, 'people']);
  });

  /** Has somebody ask for a copy, and opens what was answered. */
  async function copyOf({ id }: Someone): Promise<{ copy: object; sealed: string }> {
    const pair = await generateKeyPair('ECDH-ES', { extractable: true });
    const export_id = randomUUID();
    const public_key = JSON.stringify(await exportJWK(pair.publicKey));
    await log.say(ExportRequested.of<ExportRequested>({ user_id: id, export_id, public_key }));
    let parts: CalendarExportPart[] = [];
    await until('all parts', async () => {
      parts = (await heardOf(CalendarExportPart, id)).filter((part) => part.export_id === export_id);
      return parts.length > 0 && parts.length === parts[0]!.parts;
    });
    const sealed = parts.toSorted((a, b) => a.part - b.part).map((part) => part.sealed);
    return { copy: await unsealed(sealed, await exportJWK(pair.privateKey)), sealed: sealed.join('') };
  }
});
