import {
  AvailabilityExportPart,
  BookingExportPart,
  CalendarExportPart,
  ExportRequested,
  NotificationExportPart,
  type SchedulingEvent,
} from '@scheduling/contracts';
import { newId, type PersonId } from '@scheduling/domain';
import { type ExportPiece, sealedPieces } from '@scheduling/service-kit';
import { type LogWriter, logWriter, until } from '@scheduling/testing';
import { scenario, type Scenario } from './scenario.ts';

type Stated = (piece: ExportPiece) => SchedulingEvent;
const PARTS: Record<string, Stated> = {
  availability: (piece) => AvailabilityExportPart.of(piece),
  booking: (piece) => BookingExportPart.of(piece),
  'calendar-sync': (piece) => CalendarExportPart.of(piece),
  notification: (piece) => NotificationExportPart.of(piece),
};

describe('a person', () => {
  let s: Scenario;
  let log: LogWriter;
  let id: PersonId;
  let token: string;
  beforeAll(async () => {
    s = await scenario();
    log = await logWriter(s.adminUrl);
  });
  beforeEach(async () => {
    id = newId<PersonId>();
    token = await s.issuer.token({ id, claims: { email: `${id}@example.org`, name: 'Marker Mary', locale: 'uk' } });
    await s.ask('/me', token);
  });
  afterAll(async () => {
    await log.close();
    await s.close();
  });

  const bodyOf = async (answer: Promise<Response>) => (await (await answer).json()) as Record<string, unknown>;
  const request = (headers = {}) => bodyOf(s.ask('/me/exports', token, { method: 'POST', headers }));
  const standing = (exportId: unknown) => bodyOf(s.ask(`/me/exports/${String(exportId)}`, token));
  /** What was asked of the services for this person, wherever it is on its way. */
  async function asked(): Promise<ExportRequested> {
    const rows: { data: ExportRequested }[] = await s.source.query(
      `select envelope -> 'data' as data
         from (select type, envelope from outbox union all select type, envelope from bus.log) as stated
        where type like '%ExportRequested%' and envelope -> 'data' ->> 'user_id' = $1`,
      [id],
    );
    return rows.at(-1)!.data;
  }
  async function answer(service: string, content: object): Promise<void> {
    const { export_id, public_key } = await asked();
    const pieces = await sealedPieces(content, public_key);
    for (const [n, sealed] of pieces.entries())
      await log.say(PARTS[service]!({ user_id: id, export_id, part: n + 1, parts: pieces.length, sealed }));
  }

  it('gets a copy of what every service keeps, once all have answered', async () => {
    const first = await request();
    expect(first).toMatchObject({ status: 'collecting', missing: Object.keys(PARTS) });
    expect(await request()).toMatchObject({ export_id: first['export_id'] });
    const early = await s.said(s.ask(`/me/exports/${String(first['export_id'])}/content`, token));
    expect(early).toMatchObject({ status: 409, code: 'export_not_ready' });

    const large = 'x'
      .repeat(100_000)
      .split('')
      .map(() => Math.random().toString(36))
      .join('');
    for (const service of Object.keys(PARTS))
      await answer(service, service === 'booking' ? { large } : { of: service });
    await until('every part', async () => (await standing(first['export_id']))['status'] === 'ready');
    const content = await s.ask(`/me/exports/${String(first['export_id'])}/content`, token);
    expect(content.headers.get('content-disposition')).toContain('attachment');
    expect(await content.json()).toMatchObject({
      accounts: { email: `${id}@example.org` },
      booking: { large },
      notification: { of: 'notification' },
    });
  });

  it('is asked for once for an Idempotency-Key, even where it is there already', async () => {
    const key = { 'idempotency-key': 'one' };
    const first = await request(key);
    for (const service of Object.keys(PARTS)) await answer(service, {});
    await until('every part', async () => (await standing(first['export_id']))['status'] === 'ready');
    expect(await request(key)).toMatchObject({ export_id: first['export_id'], status: 'ready' });
    expect(await request()).toMatchObject({ export_id: expect.not.stringMatching(String(first['export_id'])) });
  });

  it('gets no copy of somebody else’s', async () => {
    const { export_id: exportId } = await request();
    const stranger = await s.issuer.token();
    for (const path of [`/me/exports/${String(exportId)}`, `/me/exports/${String(exportId)}/content`])
      expect(await s.said(s.ask(path, stranger))).toMatchObject({ status: 404, code: 'export_not_found' });
  });

  it('has nothing readable of them in the log but the facts about themselves', async () => {
    await request();
    await answer('notification', { secret: 'marker of a part' });
    const rows: { n: number }[] = await s.source.query(
      `select count(*)::int as n from bus.log where envelope::text like '%marker of a part%'`,
    );
    expect(rows).toEqual([{ n: 0 }]);
  });

  it('is gone, with every trace of theirs, and is not made anew by a token that still lives', async () => {
    await request({ 'idempotency-key': 'one' });
    expect((await s.ask('/me', token, { method: 'DELETE' })).status).toBe(202);
    expect((await s.ask('/me', token, { method: 'DELETE' })).status).toBe(202);
    expect(await s.said(s.ask('/me', token))).toMatchObject({ status: 410, code: 'account_erased' });
    expect(await s.said(s.ask('/me/exports', token, { method: 'POST' }))).toMatchObject({ status: 410 });
    const [row] = (await s.rows()).filter((user) => user['id'] === id);
    expect(row).toMatchObject({ email: null, name: '', phone: null, roles: [], subject: id });
    const tables: { name: string }[] = await s.source.query(
      `select quote_ident(table_schema) || '.' || quote_ident(table_name) as name from information_schema.tables
        where table_schema in ('accounts', 'bus') and table_type = 'BASE TABLE'`,
    );
    for (const { name } of tables) {
      const found: object[] = await s.source.query(`select from ${name} x where x::text like $1`, [
        `%${id}@example.org%`,
      ]);
      expect([name, found.length]).toEqual([name, 0]);
    }
  });

  it('leaves no address behind, not even that of the request to let them go', async () => {
    await s.ask('/me', token, { method: 'DELETE' });
    const deeds = `select t.action, p.address from audit_trail t left join audit_private p on p.entry_id = t.id where t.actor = $1`;
    const left: { action: string; address: string | null }[] = await s.source.query(deeds, [id]);
    expect(left.length).toBeGreaterThan(0);
    expect(left.map(({ address }) => address)).toEqual(left.map(() => null));
    const [{ kept }] = await s.source.query(
      'select count(*)::int as kept from audit_private join audit_trail on id = entry_id where actor = $1',
      [id],
    );
    expect(kept).toBe(0);
  });

  it('is gone though it is the first that we hear of them', async () => {
    const stranger = newId<PersonId>();
    const theirs = await s.issuer.token({ id: stranger, claims: { email: `${stranger}@example.org`, name: 'Sam' } });
    expect((await s.ask('/me', theirs, { method: 'DELETE' })).status).toBe(202);
    expect(await s.said(s.ask('/me', theirs))).toMatchObject({ status: 410, code: 'account_erased' });
  });

  it('states that they are gone, after everything else about them', async () => {
    await s.ask('/me', token, { method: 'DELETE' });
    const facts: { type: string }[] = await s.source.query(
      `select type from (select 1 as place, id, type from outbox where key = $1
                          union all select 0, pos, type from bus.log where key = $1) as said order by place, id`,
      [id],
    );
    expect(facts.map(({ type }) => type)).toEqual(['scheduling.accounts.UserErased.v1']);
  });
});
