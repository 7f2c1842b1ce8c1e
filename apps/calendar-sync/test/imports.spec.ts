import type { CalendarBusyChanged } from '@scheduling/contracts';
import type { PersonId } from '@scheduling/domain';
import { until } from '@scheduling/testing';
import { type Scenario, scenario } from './files.scenario.ts';
import { calendar, icsServer, vevent } from './ics-server.ts';

const DAY = 86_400_000;
/** Ten o'clock UTC, so many days from now, as calendar files write it. */
const ten = (days: number) => new Date(new Date(Date.now() + days * DAY).setUTCHours(10, 0, 0, 0));
const written = (at: Date) => at.toISOString().replaceAll(/[-:]|\.000/g, '');
const hour = (uid: string, at: Date) => vevent(`UID:${uid}`, `DTSTART:${written(at)}`, 'DURATION:PT1H');

describe('an import', () => {
  let s: Scenario;
  let server: Awaited<ReturnType<typeof icsServer>>;
  let tutor: PersonId;
  let path: string;
  let files = 0;
  beforeAll(async () => {
    server = await icsServer();
    s = await scenario({ ICS_LOCAL_ORIGIN: server.origin });
  });
  afterAll(async () => {
    await s.end();
    await server.close();
  });
  beforeEach(() => {
    tutor = s.person();
    path = `/secret-${++files}.ics`;
  });

  const add = (who: PersonId, url: string, more: object = {}) =>
    s.said(s.ask('/imports', who, { method: 'POST', body: { url, ...more } }));
  const list = async (who: PersonId) => (await s.said(s.ask('/imports', who)))['items'] as Record<string, unknown>[];
  const busyOf = async (who: PersonId) => {
    const stated = await s.announced<CalendarBusyChanged>('CalendarBusyChanged');
    return stated.findLast(({ user_id: id }) => id === who)?.busy;
  };
  const starts = async (who: PersonId) => (await busyOf(who))?.map(({ start_at: start }) => start);
  /** Makes an import due now. */
  const hurry = (id: unknown) =>
    s.source.query(`update calendar_imports set next_attempt_at = now() - interval '1 second' where id = $1`, [id]);
  const becomes = (what: string, isSo: (item: Record<string, unknown>) => boolean) =>
    until(what, async () => (await list(tutor)).some(isSo));

  it('takes the times of a file from what its owner offers, and follows it', async () => {
    server.put(path, calendar(...hour('a', ten(2))));
    const added = await add(tutor, `${server.origin}${path}`, { name: 'Work' });
    expect(added).toMatchObject({ status: 201, name: 'Work', host: new URL(server.origin).host, last_error: null });
    await until('the file is read', async () => (await starts(tutor)) !== undefined);
    expect(await starts(tutor)).toEqual([ten(2).toISOString()]);
    server.put(path, calendar(...hour('a', ten(3)), ...hour('b', ten(4))));
    await hurry(added['import_id']);
    await until('it is read again', async () => (await starts(tutor))?.length === 2);
    expect(await starts(tutor)).toEqual([ten(3), ten(4)].map((at) => at.toISOString()));
  });

  it('ends with its times when it is removed, by its owner alone', async () => {
    server.put(path, calendar(...hour('a', ten(2))));
    const { import_id: id } = await add(tutor, `${server.origin}${path}`);
    await until('the file is read', async () => (await starts(tutor))?.length === 1);
    expect((await s.ask(`/imports/${id}`, s.person(), { method: 'DELETE' })).status).toBe(404);
    expect((await s.ask(`/imports/${id}`, tutor, { method: 'DELETE' })).status).toBe(204);
    expect(await starts(tutor)).toEqual([]);
    expect(await list(tutor)).toEqual([]);
    expect(await s.said(s.ask(`/imports/${id}`, tutor, { method: 'DELETE' }))).toMatchObject({
      status: 404,
      code: 'import_not_found',
    });
  });

  it('leaves nothing where it is removed while its file is on the way', async () => {
    const asked = Promise.withResolvers<void>();
    const removed = Promise.withResolvers<void>();
    const answered = Promise.withResolvers<void>();
    server.on(path, (_, response) => {
      asked.resolve();
      void removed.promise.then(() => response.end(calendar(...hour('a', ten(2))), () => answered.resolve()));
    });
    const { import_id: id } = await add(tutor, `${server.origin}${path}`);
    await asked.promise;
    expect((await s.ask(`/imports/${id}`, tutor, { method: 'DELETE' })).status).toBe(204);
    removed.resolve();
    await answered.promise;
    // Whatever that reading does, it has done it once another one of the same person is through.
    server.put(`${path}2`, calendar(...hour('b', ten(3))));
    await add(tutor, `${server.origin}${path}2`);
    await until('another file is read', async () => ((await starts(tutor))?.length ?? 0) > 0);
    expect(await starts(tutor)).toEqual([ten(3).toISOString()]);
    const [{ count }] = await s.source.query('select count(*)::int from busy_events where source_id = $1', [id]);
    expect(count).toBe(0);
  });

  it('stands beside others: what is busy in one is busy', async () => {
    const paths = [path, `${path}2`];
    server.put(paths[0]!, calendar(...hour('a', ten(2))));
    server.put(paths[1]!, calendar(...hour('a', ten(3))));
    const ids = [];
    for (const one of paths) ids.push((await add(tutor, `${server.origin}${one}`))['import_id']);
    await until('both are read', async () => (await starts(tutor))?.length === 2);
    await s.ask(`/imports/${ids[0]}`, tutor, { method: 'DELETE' });
    expect(await starts(tutor)).toEqual([ten(3).toISOString()]);
  });

  it('does not count lessons of ours, however they came there', async () => {
    await s.source.query(
      `with lesson as (
         insert into lessons (booking_id, version, tutor_id, student_id, start_at, end_at, is_on, join_link, tutor_timezone, updated_at)
         values (gen_random_uuid(), 1, $1, gen_random_uuid(), now(), now(), true, 'https://meet.example', 'UTC', now())
         returning booking_id)
       insert into lesson_events (booking_id, user_id, calendar_id, side, event_id, is_wanted, wanted_version, state, next_attempt_at)
       select booking_id, $1, 'primary', 'tutor', 'k2f9q0c1v8n3', true, 1, 'idle', now() from lesson`,
      [tutor],
    );
    const lessons = ['4711@lessons.preply-scheduling', 'k2f9q0c1v8n3@google.com'].flatMap((uid) => hour(uid, ten(2)));
    server.put(path, calendar(...lessons, ...hour('other@google.com', ten(3))));
    await add(tutor, `${server.origin}${path}`);
    await until('the file is read', async () => (await starts(tutor)) !== undefined);
    expect(await starts(tutor)).toEqual([ten(3).toISOString()]);
  });

  it('has whole days, and times without a zone, on the clock of its owner', async () => {
    await s.meet(tutor, 'Олена', 'Asia/Tokyo');
    const day = written(ten(2)).slice(0, 8);
    server.put(path, calendar(...vevent('UID:a', `DTSTART;VALUE=DATE:${day}`)));
    await add(tutor, `${server.origin}${path}`);
    await until('the file is read', async () => (await starts(tutor)) !== undefined);
    expect(await starts(tutor)).toEqual([new Date(ten(2).getTime() - 19 * 3_600_000).toISOString()]);
  });

  it('keeps what was last known while its file cannot be read, and says why', async () => {
    server.put(path, calendar(...hour('a', ten(2))));
    const { import_id: id } = await add(tutor, `${server.origin}${path}`);
    await until('the file is read', async () => (await starts(tutor))?.length === 1);
    for (const [text, problem] of [
      ['<html>Sign in</html>', 'not_a_calendar'],
      [
        calendar(...vevent('UID:a', `DTSTART:${written(ten(2))}`, 'DURATION:PT1H', 'RRULE:FREQ=MINUTELY')),
        'rule_not_understood',
      ],
      [calendar(...vevent('UID:a', 'DTSTART;TZID=Middle Earth:20270101T100000', 'DURATION:PT1H')), 'timezone_unknown'],
    ] as const) {
      server.put(path, text);
      await hurry(id);
      await becomes(problem, ({ last_error: error }) => error === problem);
    }
    expect(await starts(tutor)).toEqual([ten(2).toISOString()]);
    server.put(path, calendar(...hour('a', ten(3))));
    await hurry(id);
    await becomes('all is well', ({ last_error: error, last_error_at: at }) => error === null && at === null);
    expect(await starts(tutor)).toEqual([ten(3).toISOString()]);
  });

  it('is tried again later and later', async () => {
    const { import_id: id } = await add(tutor, `${server.origin}${path}`);
    await becomes('it is missing', ({ last_error: error }) => error === 'http_404');
    const waits: number[] = [];
    for (const attempts of [1, 2, 3]) {
      const [row] = await s.source.query(
        'select attempts, extract(epoch from next_attempt_at - last_error_at) / 60 as minutes from calendar_imports where id = $1',
        [id],
      );
      expect(row.attempts).toBe(attempts);
      waits.push(Number(row.minutes));
      await hurry(id);
      await until('it is tried again', async () => server.askedFor(path).length > attempts);
      await until('and given up again', async () => {
        const [{ state }] = await s.source.query('select state from calendar_imports where id = $1', [id]);
        return state === 'planned';
      });
    }
    for (const [i, longest] of [5, 10, 20].entries()) {
      expect(waits[i]).toBeGreaterThanOrEqual(longest / 2);
      expect(waits[i]).toBeLessThanOrEqual(longest);
    }
  });

  it('asks only for what has changed, until its rules have to be worked out further', async () => {
    const file = calendar(
      ...vevent('UID:a', `DTSTART:${written(ten(2))}`, 'DURATION:PT1H', 'RRULE:FREQ=WEEKLY;COUNT=3'),
    );
    server.on(path, ({ headers }, response) => {
      const isKnown = headers['if-none-match'] === '"1"';
      response.writeHead(isKnown ? 304 : 200, { etag: '"1"' }).end(isKnown ? '' : file);
    });
    const { import_id: id } = await add(tutor, `${server.origin}${path}`);
    await until('the file is read', async () => (await starts(tutor))?.length === 3);
    const readAgain = async () => {
      const [before] = await list(tutor);
      await hurry(id);
      await becomes('read again', ({ last_read_at: at }) => at !== before!['last_read_at']);
      return server.askedFor(path).at(-1)!.headers['if-none-match'];
    };
    expect(await readAgain()).toBe('"1"');
    expect(await starts(tutor)).toHaveLength(3);
    await s.source.query(`update calendar_imports set window_end = window_end - interval '26 days' where id = $1`, [
      id,
    ]);
    expect(await readAgain()).toBeUndefined();
    expect(await readAgain()).toBe('"1"');
  });
});
