import { randomUUID } from 'node:crypto';
import { ExportRequested, metaOf, NotificationExportPart, UserChanged, UserErased } from '@scheduling/contracts';
import { newId, type PersonId } from '@scheduling/domain';
import { unsealed } from '@scheduling/service-kit';
import { until } from '@scheduling/testing';
import { exportJWK, generateKeyPair } from 'jose';
import { InAppWay } from '../src/inbox/in-app-way.ts';
import { PrivacyConsumer } from '../src/privacy/privacy.consumer.ts';
import { PrivacyService } from '../src/privacy/privacy.service.ts';
import { cancellation, completion, lesson, offer, series, skipping } from './booking-says.ts';
import { type Scenario, scenario } from './scenario.ts';
import { scenario as onTheLog, type Scenario as OnTheLog } from './webhooks.scenario.ts';

const HOUR = 60;
/** Stands in every word about Mary, and in every word of hers. */
const MARKER = 'Marker';
const PHONE = '+380501234567';
const AHEAD = { start_at: '2030-03-05T12:00:00.000Z', end_at: '2030-03-05T13:00:00.000Z' };

/** The tables of the service that have a word in a row of theirs. */
async function tablesWith({ source }: Pick<Scenario, 'source'>, word: string): Promise<string[]> {
  const tables: { name: string }[] = await source.query(
    `select quote_ident(table_name) as name from information_schema.tables
      where table_schema = 'notification' and table_type = 'BASE TABLE' order by 1`,
  );
  const found: string[] = [];
  for (const { name } of tables) {
    const rows: object[] = await source.query(`select from ${name} as x where x::text ilike $1 limit 1`, [`%${word}%`]);
    if (rows.length > 0) found.push(name);
  }
  return found;
}

const DEVICE = `insert into push_devices (user_id, platform, address, created_at, last_used_at)
                values ($1, 'android', $2, now(), now())`;

describe('somebody who is gone', () => {
  const privacy = new PrivacyConsumer(new PrivacyService());
  let s: Scenario;
  let mary: PersonId;
  let sam: PersonId;
  let samsMail: string;
  beforeEach(async () => {
    s = await scenario({ channels: ['in_app'] });
    [mary, sam] = [newId<PersonId>(), newId<PersonId>()];
    samsMail = await s.meet(sam, { name: 'Sam' });
    await s.meet(mary, { name: `${MARKER} Mary`, email: `${MARKER}@example.org`, phone: PHONE });
  });
  afterEach(() => s.end());

  const erase = (version = 7) =>
    s.db.transaction((tx) => privacy.erase(tx, UserErased.of<UserErased>({ user_id: mary, version })));
  /** Has everything said that is due, inside and by mail. */
  const sayAll = async () => {
    for (const worker of [s.workerOn(new InAppWay()), s.worker()]) while ((await s.work(worker)) > 0);
  };
  const notesOf = (who: PersonId): Promise<{ kind: string; body: string }[]> =>
    s.source.query('select kind, body from in_app where user_id = $1 order by created_at, kind', [who]);

  it('has left neither name nor address nor words, and no way to them', async () => {
    await s.connect(mary);
    await s.askForAgenda(mary);
    await s.source.query(DEVICE, [mary, `${MARKER}-token`]);
    await s.source.query("insert into notification_settings (user_id, digest, version) values ($1, 'off', 1)", [mary]);
    const taught = lesson({ student_id: sam, tutor_id: mary, ...AHEAD });
    const learnt = lesson({ student_id: mary, tutor_id: sam, ...AHEAD });
    await s.confirm(taught);
    await s.confirm(learnt);
    await s.cancel(cancellation(learnt, { reason: `${MARKER} is ill` }));
    await s.offer(offer(lesson({ student_id: sam, tutor_id: mary, ...AHEAD })));
    await s.bookSeries({ ...series(), student_id: mary, tutor_id: sam });
    const taughtWeekly = { ...series(), student_id: sam, tutor_id: mary };
    await s.bookSeries(taughtWeekly);
    await s.skipDates(skipping(taughtWeekly));
    await sayAll();
    await s.source.query(
      `update messages set provider_response = '250 kept for <${MARKER}@example.org>',
                           last_error = '450 <${MARKER}@example.org> is full'
        where recipient_id = $1 and channel = 'email'`,
      [mary],
    );
    expect(await tablesWith(s, MARKER)).toEqual(['in_app', 'messages', 'push_devices', 'recipients']);
    expect((await notesOf(sam)).length).toBeGreaterThan(4);

    await erase();
    expect([await tablesWith(s, MARKER), await tablesWith(s, PHONE)]).toEqual([[], []]);
    // Their id stands with what was sent and what was stated of that, and where it says that they are gone.
    expect(await tablesWith(s, mary)).toEqual(['erased_people', 'lessons', 'messages', 'outbox', 'recipients']);
    expect(await notesOf(mary)).toEqual([]);
  });

  it('leaves others what they were told of others', async () => {
    const olena = newId<PersonId>();
    await s.meet(olena, { name: 'Olena' });
    await s.confirm(lesson({ student_id: sam, tutor_id: olena, ...AHEAD }));
    await s.cancel(cancellation(lesson({ student_id: sam, tutor_id: olena }), { canceled_by: olena, reason: 'snow' }));
    await s.confirm(lesson({ student_id: sam, tutor_id: mary, ...AHEAD }));
    await sayAll();
    await erase();
    expect((await notesOf(sam)).map(({ kind }) => kind)).toEqual(['booking_canceled', 'booking_confirmed']);
    expect(await tablesWith(s, 'snow')).toEqual(['messages']);
    expect(await tablesWith(s, 'Olena')).toEqual(['in_app', 'recipients']);
  });

  it('is told nothing more, while the other is told that the lesson is off, without a name', async () => {
    const booked = lesson({ student_id: mary, tutor_id: sam, ...AHEAD });
    await s.confirm(booked);
    await sayAll();
    const before = s.smtp.arrived.length;
    await erase();
    await s.cancel(cancellation(booked, { canceled_by: mary, reason: null }));
    await s.offer(offer(lesson({ student_id: mary, tutor_id: sam, ...AHEAD })));
    await sayAll();
    const later = (await s.wholeLedger(booked.booking_id)).filter(({ kind }) => kind === 'booking_canceled');
    const skipped = { state: 'skipped', last_error: 'the account of the recipient was erased' };
    expect(later.filter(({ recipient_id: id }) => id === mary)).toMatchObject([skipped, skipped]);
    const [told, ...more] = s.smtp.arrived.slice(before);
    expect(more).toEqual([]);
    expect([told!.to, told!.mail.subject]).toEqual([samsMail, expect.stringContaining('Canceled: your lesson')]);
    expect(told!.raw).not.toContain(MARKER);
    expect(await notesOf(sam)).toMatchObject([{ kind: 'booking_canceled', body: expect.stringContaining('Canceled') }]);
  });

  it('gets none of what waited for them', async () => {
    const booked = lesson({ student_id: mary, tutor_id: sam, ...AHEAD });
    await s.confirm(booked);
    await sayAll();
    await erase();
    const before = s.smtp.arrived.length;
    // A day before it, and two hours.
    for (const hours of [75, 22]) {
      s.clock.advance(hours * HOUR);
      await sayAll();
    }
    const reminders = (await s.wholeLedger(booked.booking_id)).filter(({ kind }) => /^lesson_/.test(kind));
    const statesOf = (who: PersonId) =>
      reminders.filter(({ recipient_id: id }) => id === who).map(({ state }) => state);
    expect(statesOf(mary)).toEqual(Array(4).fill('skipped'));
    expect(statesOf(sam).toSorted()).toEqual(['delivered', 'delivered', 'sent', 'sent']);
    expect(s.smtp.arrived.slice(before).map(({ to }) => to)).toEqual([samsMail, samsMail]);
  });

  it('stands in no digest that waits, and the news of it comes without a name', async () => {
    await s.source.query("insert into notification_settings (user_id, digest, version) values ($1, 'daily', 1)", [sam]);
    const over = { start_at: '2030-03-01T07:00:00.000Z', end_at: '2030-03-01T08:00:00.000Z' };
    const booked = lesson({ student_id: sam, tutor_id: mary, ...over });
    await s.complete(completion(booked));
    await s.work(s.worker());
    expect(await tablesWith(s, MARKER)).toEqual(['messages', 'recipients']);
    await erase();
    expect(await tablesWith(s, MARKER)).toEqual([]);
    await sayAll();
    const before = s.smtp.arrived.length;
    s.clock.advance(24 * HOUR);
    await sayAll();
    const [digest, ...more] = s.smtp.arrived.slice(before);
    expect(more).toEqual([]);
    expect([digest!.to, digest!.mail.subject]).toEqual([samsMail, 'One piece of news about your lessons']);
    expect(digest!.raw).not.toContain(MARKER);
  });

  it('is gone from what is remembered longer than the lesson itself', async () => {
    const past = lesson({ student_id: mary, tutor_id: sam });
    await s.confirm(past);
    await s.cancel(cancellation(past, { reason: `${MARKER} is ill` }));
    await sayAll();
    await s.source.query('delete from lessons');
    await erase();
    expect(await tablesWith(s, MARKER)).toEqual([]);
  });

  it('is not brought back by what was said of them before, nor by being gone once more', async () => {
    await erase();
    await s.meet(mary, { version: 6, name: `${MARKER} Mary`, email: `${MARKER}@example.org`, phone: PHONE });
    await erase();
    expect([await tablesWith(s, MARKER), await tablesWith(s, PHONE)]).toEqual([[], []]);
    const rows = await s.source.query("select version::int from recipients where user_id = $1 and name = ''", [mary]);
    expect(rows).toEqual([{ version: 7 }]);
  });
});

describe('a person', () => {
  let s: OnTheLog;
  beforeAll(async () => {
    s = await onTheLog();
  });
  afterAll(() => s.end());

  /** Has accounts tell of a person, and booking of a lesson that they canceled; answers once each has been told inside. */
  async function met(): Promise<{ mary: PersonId; sam: PersonId; changed: UserChanged }> {
    const [mary, sam] = [newId<PersonId>(), newId<PersonId>()];
    const known = { version: 1, roles: [], timezone: 'UTC', locale: 'en' };
    const of = (user_id: PersonId, name: string) =>
      UserChanged.of<UserChanged>({ ...known, user_id, name, email: `${user_id}@example.org` });
    const changed = of(mary, 'Marker Mary');
    await s.state(changed, of(sam, 'Sam'));
    await until('both to be known', async () => (await rowsOf('recipients', [mary, sam])).length === 2);
    const booked = lesson({ student_id: mary, tutor_id: sam, start_at: '2090-03-05T12:00:00.000Z' });
    await s.state(cancellation({ ...booked, end_at: '2090-03-05T13:00:00.000Z' }, { reason: 'Marker reason' }));
    await until('both to be told', async () => (await rowsOf('in_app', [mary, sam])).length === 2);
    return { mary, sam, changed };
  }
  const rowsOf = (table: 'recipients' | 'in_app', people: PersonId[]): Promise<{ erased_at?: Date | null }[]> =>
    s.source.query(`select * from ${table} where user_id = any($1::uuid[])`, [people]);

  it('is let go as soon as accounts says so, and stays gone', async () => {
    const { mary, changed } = await met();
    await s.state(UserErased.of<UserErased>({ user_id: mary, version: 2 }));
    await until('them to be gone', async () => (await rowsOf('recipients', [mary]))[0]?.erased_at != null);
    expect([await tablesWith(s, MARKER), await tablesWith(s, `${mary}@example.org`)]).toEqual([[], []]);
    // One after the other: once the last one is known, the late word has been heard.
    const last = newId<PersonId>();
    await s.state(changed, UserChanged.of<UserChanged>({ ...changed, user_id: last, name: 'Olena' }));
    await until('the last one to be known', async () => (await rowsOf('recipients', [last])).length === 1);
    expect((await rowsOf('recipients', [mary]))[0]).toMatchObject({ name: '', email: null });
  });

  it('gets a sealed copy of what is kept of them, and nothing of the other', async () => {
    const { mary, sam } = await met();
    await s.source.query(DEVICE, [mary, `${mary}-token`]);
    const { privateKey, publicKey } = await generateKeyPair('ECDH-ES', { extractable: true });
    const asked = { user_id: mary, export_id: randomUUID(), public_key: JSON.stringify(await exportJWK(publicKey)) };
    await s.state(ExportRequested.of<ExportRequested>(asked));
    const stated = (): Promise<{ part: NotificationExportPart }[]> =>
      s.source.query("select envelope -> 'data' as part from bus.log where key = $1 and type = $2", [
        mary,
        metaOf(NotificationExportPart).type,
      ]);
    await until('the copy', async () => (await stated()).length > 0);
    const parts = (await stated()).map(({ part }) => part);
    // What is kept of one person fits into one.
    expect(parts).toMatchObject([{ user_id: mary, export_id: asked.export_id, part: 1, parts: 1 }]);
    expect(JSON.stringify(parts)).not.toContain(MARKER);
    const copy = await unsealed([parts[0]!.sealed], await exportJWK(privateKey));
    expect(copy).toMatchObject({
      recipient: { email: `${mary}@example.org`, name: 'Marker Mary', phone: null },
      settings: null,
      choices: [],
      devices: [{ platform: 'android' }],
      notifications: [{ kind: 'booking_canceled' }],
      messages: expect.arrayContaining([expect.objectContaining({ channel: 'in_app', state: 'delivered' })]),
    });
    const text = JSON.stringify(copy);
    expect([`${mary}-token`, sam, `${sam}@example.org`].filter((word) => text.includes(word))).toEqual([]);
  });
});
