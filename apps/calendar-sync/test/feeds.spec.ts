import { type BookingId, newId, type PersonId } from '@scheduling/domain';
import ICAL from 'ical.js';
import { type Scenario, scenario } from './files.scenario.ts';

const HOUR = 3_600_000;

describe('a feed', () => {
  let s: Scenario;
  let tutor: PersonId;
  beforeAll(async () => {
    s = await scenario();
  });
  afterAll(() => s.end());
  beforeEach(() => {
    tutor = s.person();
  });

  const open = async (who: PersonId): Promise<string> => {
    const { url } = await s.said(s.ask('/feed', who, { method: 'POST' }));
    return new URL(String(url)).pathname;
  };
  const read = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
    fetch(`${s.url}${path}`, { headers, method });
  const eventsOf = async (path: string) => {
    const text = await (await read(path)).text();
    return new ICAL.Component(ICAL.parse(text)).getAllSubcomponents('vevent');
  };
  const values = (event: ICAL.Component, ...names: string[]) =>
    names.map((name) => String(event.getFirstPropertyValue(name)));

  interface Known {
    id?: BookingId;
    version?: number;
    hours?: number;
    isOn?: boolean;
    student?: PersonId;
  }
  /** Writes down a lesson of the tutor's that starts so many hours from now, and answers its booking. */
  const lesson = async ({ id = newId(), version = 1, hours = 24, isOn = true, student = s.person() }: Known = {}) => {
    const start = new Date(Math.floor(Date.now() / HOUR) * HOUR + hours * HOUR);
    await s.source.query(
      `insert into lessons (booking_id, version, tutor_id, student_id, start_at, end_at, is_on, join_link, tutor_timezone, updated_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, 'UTC', '2026-11-01T10:00:00Z')
       on conflict (booking_id) do update set version = excluded.version, start_at = excluded.start_at, end_at = excluded.end_at,
                                              is_on = excluded.is_on`,
      [id, version, tutor, student, start, new Date(start.getTime() + HOUR), isOn, `https://meet.example.org/${id}`],
    );
    return { id, student, start };
  };

  it('shows the lessons of a tutor, with whom, when and where', async () => {
    const { id, student, start } = await lesson({ version: 3 });
    await s.meet(student, 'Ann; "the, cat" \\ 👩‍🏫');
    const answer = await read(await open(tutor));
    expect(answer.headers.get('content-type')).toBe('text/calendar; charset=utf-8');
    expect(answer.headers.get('cache-control')).toBe('private, max-age=300');
    const calendar = new ICAL.Component(ICAL.parse(await answer.text()));
    expect(calendar.getFirstPropertyValue('method')).toBe('PUBLISH');
    const [event] = calendar.getAllSubcomponents('vevent');
    expect(values(event!, 'uid', 'sequence', 'status', 'summary', 'url')).toEqual([
      `${id}@lessons.preply-scheduling`,
      '3',
      'CONFIRMED',
      'Lesson with Ann; "the, cat" \\ 👩‍🏫',
      `https://meet.example.org/${id}`,
    ]);
    expect((event!.getFirstPropertyValue('dtstart') as ICAL.Time).toJSDate()).toEqual(start);
  });

  it('shows the student the same lesson, and nobody else', async () => {
    const { id, student } = await lesson();
    await s.meet(tutor, 'Олена');
    const [event] = await eventsOf(await open(student));
    expect(values(event!, 'uid', 'summary')).toEqual([`${id}@lessons.preply-scheduling`, 'Lesson with Олена']);
    expect(await eventsOf(await open(s.person()))).toEqual([]);
  });

  it('keeps a lesson that is called off, as one that is, later in its sequence', async () => {
    const { id, student } = await lesson();
    const path = await open(tutor);
    const [before] = await eventsOf(path);
    await lesson({ id, student, version: 2, isOn: false });
    const [after] = await eventsOf(path);
    expect(values(after!, 'uid', 'sequence', 'status')).toEqual([values(before!, 'uid')[0], '2', 'CANCELLED']);
  });

  it('reaches a month back', async () => {
    await lesson({ hours: -31 * 24 });
    const { id } = await lesson({ hours: -29 * 24 });
    const uids = (await eventsOf(await open(tutor))).map((event) => values(event, 'uid')[0]);
    expect(uids).toEqual([`${id}@lessons.preply-scheduling`]);
  });

  it('is not sent again to whoever has it, until a lesson changes', async () => {
    const { id, student } = await lesson();
    const path = await open(tutor);
    const etag = (await read(path)).headers.get('etag')!;
    for (const known of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const answer = await read(path, { 'if-none-match': known });
      expect([answer.status, await answer.text(), answer.headers.get('etag')]).toEqual([304, '', etag]);
    }
    expect((await read(path, { 'if-none-match': '"other"' })).status).toBe(200);
    await lesson({ id, student, version: 2, hours: 25 });
    const changed = await read(path, { 'if-none-match': etag });
    expect(changed.status).toBe(200);
    expect(changed.headers.get('etag')).not.toBe(etag);
  });

  it('is read by its secret alone: a token is no help, and a wrong secret says nothing', async () => {
    await open(tutor);
    const wrong = 'A'.repeat(43);
    for (const file of [`${wrong}.ics`, wrong, `${wrong}x.ics`, '..%2F..%2Fetc.ics', `${tutor}.ics`, '%00.ics']) {
      const answer = await s.said(s.ask(`/feed/${file}`, tutor));
      expect(answer).toMatchObject({ status: 404, code: 'feed_unknown' });
    }
  });

  it('has one address at a time: a new one ends the old', async () => {
    const [first, second] = [await open(tutor), await open(tutor)];
    expect([(await read(first)).status, (await read(second)).status]).toEqual([404, 200]);
  });

  it('ends when its owner takes it back, as often as they like', async () => {
    const path = await open(tutor);
    for (const _ of [1, 2]) {
      expect((await s.ask('/feed', tutor, { method: 'DELETE' })).status).toBe(204);
    }
    expect((await read(path)).status).toBe(404);
    expect(await s.said(s.ask('/feed', tutor))).toMatchObject({ status: 200, exists: false, created_at: null });
  });

  it('tells its owner when it was last read, never its address', async () => {
    const path = await open(tutor);
    expect(await s.said(s.ask('/feed', tutor))).toMatchObject({ exists: true, last_read_at: null });
    await read(path);
    const told = await s.said(s.ask('/feed', tutor));
    expect(told['last_read_at']).not.toBeNull();
    expect(Object.keys(told).toSorted()).toEqual(['created_at', 'exists', 'last_read_at', 'status']);
  });

  it('is kept without its secret', async () => {
    const secret = (await open(tutor)).split('/').at(-1)!.replace('.ics', '');
    const rows = await s.source.query("select encode(secret_hash, 'base64') || secret_hash::text as kept from feeds");
    for (const { kept } of rows as { kept: string }[]) expect(kept).not.toContain(secret);
    expect(Buffer.from(secret, 'base64url')).toHaveLength(32);
  });

  it('needs somebody to own it', async () => {
    for (const method of ['GET', 'POST', 'DELETE']) {
      expect((await s.ask('/feed', undefined, { method })).status).toBe(401);
    }
  });
});
