import { CalendarBusyChanged, CalendarSyncFailed, CalendarSyncRecovered } from '@scheduling/contracts';
import { FrozenClock, until } from '@scheduling/testing';
import { ReadingsService } from '../src/busy/readings.service.ts';
import { scenario, type Scenario, type Someone } from './scenario.ts';

const HOUR = 3_600_000;
const START = Math.ceil(Date.now() / HOUR) * HOUR + 48 * HOUR;
const at = (hours: number) => new Date(START + hours * HOUR);
const range = (from: number, to: number) => `${at(from).toISOString()} ${at(to).toISOString()}`;
const LIST = /\/calendars\/[^/]+\/events$/;

describe('what is busy', () => {
  let s: Scenario;
  let olena: Someone;
  beforeAll(async () => {
    s = await scenario();
  });
  beforeEach(async () => {
    s.google.setFaults({});
    olena = await s.person('Olena');
    s.google.addPerson(olena.email, 'UTC', [
      { id: 'shared', summary: 'Shared', accessRole: 'freeBusyReader' },
      { id: 'work', summary: 'Work', accessRole: 'owner' },
    ]);
    await s.connect(olena);
    await s.settle();
  });
  afterAll(() => s.end());

  const words = async () => (await s.heard(CalendarBusyChanged)).filter(({ user_id }) => user_id === olena.id);
  const stated = async () => (await words()).at(-1)!.busy.map(({ start_at, end_at }) => `${start_at} ${end_at}`);
  const says = (...ranges: string[]) =>
    until(`it to be ${ranges.join(', ')}`, async () => JSON.stringify(await stated()) === JSON.stringify(ranges));
  const write = (from: number, to: number, more = {}) =>
    s.google.addEvent(olena.email, { summary: 'Private', startAt: at(from), endAt: at(to), ...more });
  const lists = () => s.google.requests().filter(({ method, path }) => method === 'GET' && LIST.test(path)).length;
  const due = () =>
    s.source.query(
      "update watched_calendars set next_attempt_at = '-infinity' where state = 'planned' and user_id = $1",
      [olena.id],
    );

  it('is told by a push of what is written, moved, freed and deleted', async () => {
    const event = write(0, 1);
    await says(range(0, 1));
    s.google.moveEvent(olena.email, event.id!, { startAt: at(3), endAt: at(5) });
    await says(range(3, 5));
    s.google.changeEvent(olena.email, event.id!, { transparency: 'transparent' });
    await says();
    s.google.changeEvent(olena.email, event.id!, { transparency: 'opaque' });
    await says(range(3, 5));
    s.google.deleteEvent(olena.email, event.id!);
    await says();
  });

  it('is told each week of what comes each week', async () => {
    const event = write(0, 1, {
      recurrence: ['RRULE:FREQ=WEEKLY;COUNT=2'],
      start: { dateTime: at(0).toISOString(), timeZone: 'UTC' },
    });
    await says(range(0, 1), range(7 * 24, 7 * 24 + 1));
    s.google.deleteEvent(olena.email, event.id!);
    await says();
  });

  it('is healed by the next reading where a push was lost', async () => {
    s.google.setFaults({ pushes: { lose: 1 } });
    write(0, 1);
    await s.google.pushesSettled();
    expect(await stated()).toEqual([]);
    await due();
    await says(range(0, 1));
  });

  it('is read once for many pushes that come together', async () => {
    const stop = s.google.onRequest(() => s.google.pushesSettled());
    const before = lists();
    for (let n = 0; n < 20; n++) write(n, n + 1);
    await says(range(0, 20));
    await s.settle();
    stop();
    expect(lists() - before).toBeLessThanOrEqual(3);
  });

  it('is read once more for a push that came while it was read', async () => {
    let written = false;
    const stop = s.google.onRequest(async ({ method, path, phase }) => {
      if (written || phase !== 'after' || method !== 'GET' || !LIST.test(path)) return;
      written = true;
      write(2, 3);
      await s.google.pushesSettled();
    });
    write(0, 1);
    await says(range(0, 1), range(2, 3));
    stop();
  });

  it('is read as a whole where the sync token is over', async () => {
    write(0, 1);
    await says(range(0, 1));
    s.google.setFaults({ expire_sync_tokens: true });
    write(2, 3);
    await says(range(0, 1), range(2, 3));
  });

  it('takes the times of a calendar whose events may not be read, and keeps the last known where Google tells an error', async () => {
    s.google.addEvent(olena.email, { summary: 'Theirs', startAt: at(0), endAt: at(1) }, 'shared');
    await s.ask('/calendar/calendars/shared', { as: olena, method: 'PUT', body: { busy: true } });
    await says(range(0, 1));
    s.google.setFaults({ free_busy_error: 'internalError' });
    await due();
    await until('the error to be known', async () => (await s.status(olena)).last_error !== null);
    expect(await stated()).toEqual([range(0, 1)]);
  });

  it('is what calendars that count say, and no other', async () => {
    s.google.addEvent(olena.email, { summary: 'Meeting', startAt: at(4), endAt: at(5) }, 'work');
    write(0, 1);
    await says(range(0, 1));
    await s.ask('/calendar/calendars/work', { as: olena, method: 'PUT', body: { busy: true } });
    await says(range(0, 1), range(4, 5));
    await s.ask(`/calendar/calendars/${encodeURIComponent(olena.email)}`, {
      as: olena,
      method: 'PUT',
      body: { busy: false },
    });
    await says(range(4, 5));
  });

  it('is not told twice', async () => {
    write(0, 1);
    await says(range(0, 1));
    const before = (await words()).length;
    for (let times = 0; times < 3; times++) {
      await due();
      await s.settle();
    }
    expect(await words()).toHaveLength(before);
  });

  it('is forgotten where its person disconnects', async () => {
    write(0, 1);
    await says(range(0, 1));
    await s.ask('/calendar/disconnect', { as: olena, method: 'DELETE' });
    expect(await stated()).toEqual([]);
    expect(s.google.channels().filter(({ email }) => email === olena.email)).toEqual([]);
  });
});

describe('a calendar that cannot be read', () => {
  const clock = new FrozenClock(new Date());
  let s: Scenario;
  let olena: Someone;
  beforeAll(async () => {
    s = await scenario({ clock, replicas: 2 });
    olena = await s.connected('Olena');
    await s.settle();
  });
  afterAll(() => s.end());

  const readOnce = async () => {
    const hurry = () =>
      s.source.query("update watched_calendars set next_attempt_at = '-infinity' where state = 'planned'");
    const attempts = async () =>
      (await s.source.query('select sum(attempts) as n, max(synced_at) as at from watched_calendars'))[0];
    const before = JSON.stringify(await attempts());
    // A reading that was still under way is told to hurry once it has ended.
    await until('it to be tried', async () => {
      if (JSON.stringify(await attempts()) !== before) return true;
      await hurry();
      return false;
    });
    await until(
      'the try to end',
      async () => (await s.source.query("select 1 from watched_calendars where state = 'working'")).length === 0,
    );
  };

  it('is told of after a quarter of an hour, once, with what is still known, and once when it is back', async () => {
    const readAt = (await s.status(olena)).last_sync_at;
    clock.advance(31);
    s.google.setFaults({ requests: [{ kind: 'status', status: 503 }] });
    await readOnce();
    expect(await s.heard(CalendarSyncFailed)).toEqual([]);
    clock.advance(16);
    await readOnce();
    await readOnce();
    expect(await s.heard(CalendarSyncFailed)).toMatchObject([{ code: 'unreachable', known_until: readAt }]);
    expect((await s.status(olena)).last_error).not.toBeNull();
    s.google.setFaults({});
    // The breaker rests for ten seconds of its own.
    await until('it to be back', async () => {
      await s.source.query("update watched_calendars set next_attempt_at = '-infinity' where state = 'planned'");
      return (await s.heard(CalendarSyncRecovered)).length > 0;
    });
    expect(await s.heard(CalendarSyncRecovered)).toHaveLength(1);
  });

  it('is read by one of two replicas at a time', async () => {
    await s.source.query("update watched_calendars set next_attempt_at = '-infinity' where state = 'planned'");
    const taken = await Promise.all([0, 1, 0, 1].map((replica) => s.get(ReadingsService, replica).take(4)));
    expect(taken.flat().length).toBeLessThanOrEqual(1);
  });
});
