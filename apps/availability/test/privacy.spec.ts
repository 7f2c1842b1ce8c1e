import { randomUUID } from 'node:crypto';
import { CalendarBusyChanged, CalendarConnected, ExportRequested, UserErased } from '@scheduling/contracts';
import { type ExportPiece, unsealed } from '@scheduling/service-kit';
import { until } from '@scheduling/testing';
import { exportJWK, generateKeyPair } from 'jose';
import { lesson } from './booking-says.ts';
import { instant, onDay, RULE, type Scenario, scenario, type Tutor } from './scenario.ts';

/** What a person said of when they teach, and what their calendars said. */
const OWN = [
  'availability_blocks',
  'date_overrides',
  'time_off_blocks',
  'tutor_settings',
  'busy_windows',
  'busy_calendars',
  'calendar_connections',
  'idempotency',
  'audit_private',
];
/** Versions, lessons that booking tells of, and who did what: ids and times alone. */
const STAYS = ['audit_trail', 'schedules', 'taken_windows'];
/** That they are gone, as long as a token may live. */
const GONE = 'erased_people';

describe('a person', () => {
  let s: Scenario;
  let tutor: Tutor;
  let other: Tutor;
  beforeAll(async () => {
    s = await scenario();
    other = await teaching();
  });
  beforeEach(async () => {
    tutor = await teaching();
  });
  afterAll(() => s.end());

  /** A tutor who has entered everything there is to enter, with a calendar and a lesson. */
  async function teaching(): Promise<Tutor> {
    const someone = await s.tutor();
    const entered = [
      await someone.change({ lesson_minutes: 60, timezone: 'Europe/Kyiv' }),
      await someone.offer(RULE, { 'idempotency-key': randomUUID() }),
      await someone.override('2030-03-05', {
        mode: 'extra',
        timezone: 'UTC',
        hours: [{ start: '09:00', end: '11:00' }],
      }),
      await someone.takeOff(onDay(6, 0, 24)),
    ];
    // A rule that was taken back is kept for a while: that goes as well.
    const { body } = await someone.offer({ ...onDay(7, 9, 10), is_recurring: false });
    entered.push(await someone.withdraw(body.availability_id));
    expect(entered.filter(({ status }) => status >= 300)).toEqual([]);
    await s.hear(
      CalendarConnected.of<CalendarConnected>({ user_id: someone.id, version: 1 }),
      busy(someone),
      lesson(someone.id, onDay(4, 14, 15)).confirmed(),
    );
    return someone;
  }

  const busy = (of: Tutor) =>
    CalendarBusyChanged.of<CalendarBusyChanged>({
      user_id: of.id,
      version: 1,
      window_start: instant(1, 0),
      window_end: instant(32, 0),
      busy: [onDay(11, 14, 15)],
    });
  const erase = (of: Tutor) => s.hear(UserErased.of<UserErased>({ user_id: of.id, version: 9 }));

  /** The tables of the service that say anything of somebody, but for facts on their way. */
  async function tablesOf({ id }: Tutor): Promise<string[]> {
    const tables: { name: string }[] = await s.source.query(
      `select table_name as name from information_schema.tables
        where table_schema = 'availability' and table_type = 'BASE TABLE' and table_name <> 'outbox' order by 1`,
    );
    const found = [];
    for (const { name } of tables) {
      // From where and why somebody did what they did names nobody, and belongs to an entry that does.
      const of =
        name === 'audit_private' ? '(select p, actor from audit_private p join audit_trail on id = entry_id)' : name;
      const rows: object[] = await s.source.query(`select from ${of} as t where t::text like $1 limit 1`, [`%${id}%`]);
      if (rows.length > 0) found.push(name);
    }
    return found;
  }

  it('is gone with all that they entered and their calendars said, and nobody else is', async () => {
    const all = [...OWN, ...STAYS].toSorted();
    expect([await tablesOf(tutor), await tablesOf(other)]).toEqual([all, all]);
    await erase(tutor);
    expect([await tablesOf(tutor), await tablesOf(other)]).toEqual([[...STAYS, GONE].toSorted(), all]);
  });

  it('offers nothing any more, and that is stated', async () => {
    const before = await s.last(tutor.id);
    expect(before.openings).not.toEqual([]);
    await erase(tutor);
    const after = await s.last(tutor.id);
    expect(after).toMatchObject({ openings: [], schedule_version: before.schedule_version + 1 });
    expect((await s.last(other.id)).openings).not.toEqual([]);
  });

  it('is gone as well when they are erased again', async () => {
    await erase(tutor);
    await erase(tutor);
    expect(await tablesOf(tutor)).toEqual([...STAYS, GONE].toSorted());
    expect((await s.last(tutor.id)).openings).toEqual([]);
  });

  it('enters nothing more with a token that still lives', async () => {
    await erase(tutor);
    const gone = { status: 410, body: { code: 'account_erased' } };
    const hours = [{ start: '09:00', end: '11:00' }];
    for (const answer of [
      await tutor.change({ lesson_minutes: 45 }),
      await tutor.offer(RULE),
      await tutor.override('2030-03-05', { mode: 'extra', timezone: 'UTC', hours }),
      await tutor.takeOff(onDay(6, 0, 24)),
    ])
      expect(answer).toMatchObject(gone);
    expect((await s.last(tutor.id)).openings).toEqual([]);
  });

  it('who never taught is gone without a word', async () => {
    const student = await s.tutor({ roles: ['student'] });
    await s.hear(busy(student));
    expect(await tablesOf(student)).toEqual(['busy_calendars', 'busy_windows']);
    await erase(student);
    expect(await tablesOf(student)).toEqual([GONE]);
    expect(await s.published(student.id)).toEqual([]);
  });

  describe('who asks for a copy', () => {
    /** Has somebody ask, and opens what was answered. */
    async function copyOf({ id }: Tutor): Promise<{ copy: Record<string, unknown>; sealed: string }> {
      const pair = await generateKeyPair('ECDH-ES', { extractable: true });
      const export_id = randomUUID();
      const public_key = JSON.stringify(await exportJWK(pair.publicKey));
      await s.hear(ExportRequested.of<ExportRequested>({ user_id: id, export_id, public_key }));
      const pieces: { data: ExportPiece }[] = [];
      await until('all pieces', async () => {
        const told = `select envelope -> 'data' as data
                        from (select key, type, envelope from outbox union all select key, type, envelope from bus.log) as told
                       where type = 'scheduling.availability.ExportPart.v1' and envelope -> 'data' ->> 'export_id' = $1
                       order by (envelope -> 'data' ->> 'part')::int`;
        pieces.splice(0, pieces.length, ...(await s.source.query(told, [export_id])));
        return pieces.length > 0 && pieces.length === pieces[0]!.data.parts;
      });
      expect(pieces.map(({ data }) => data.user_id)).toEqual(pieces.map(() => id));
      const sealed = pieces.map(({ data }) => data.sealed);
      const copy = await unsealed(sealed, await exportJWK(pair.privateKey));
      return { copy: copy as Record<string, unknown>, sealed: sealed.join('') };
    }

    it('gets all of theirs, sealed, and nothing of others', async () => {
      const { copy, sealed } = await copyOf(tutor);
      expect(copy).toMatchObject({
        settings: { tutor_id: tutor.id, timezone: 'Europe/Kyiv', lesson_minutes: 60 },
        availability: expect.arrayContaining([
          expect.objectContaining({ rrule: RULE.rrule_string }),
          expect.objectContaining({ is_recurring: false }),
        ]),
        overrides: [{ mode: 'extra', hours: [{ start: '09:00', end: '11:00' }] }],
        time_off: [{ start_at: instant(6, 0) }],
        busy: [onDay(11, 14, 15)],
      });
      expect(JSON.stringify(copy)).not.toContain(other.id);
      expect(sealed).toMatch(/^[\w-]+\.[\w-]*\.[\w-]+\.[\w-]+\.[\w-]+$/);
    });

    it('is told that there is nothing, where there is nothing', async () => {
      const nothing = { settings: null, availability: [], overrides: [], time_off: [], busy: [] };
      expect((await copyOf(await s.tutor({ roles: ['student'] }))).copy).toEqual(nothing);
      await erase(tutor);
      expect((await copyOf(tutor)).copy).toEqual(nothing);
    });
  });
});
