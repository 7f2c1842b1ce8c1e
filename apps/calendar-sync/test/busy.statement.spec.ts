import { CalendarBusyChanged } from '@scheduling/contracts';
import { newId, type PersonId } from '@scheduling/domain';
import { Database } from '@scheduling/persistence';
import { FrozenClock, type TestDatabase, testDatabase } from '@scheduling/testing';
import { BusyService } from '../src/busy/busy.service.ts';
import { type BusyEvent, changeBusy, replaceBusy, type Source } from '../src/busy/busy.store.ts';
import { HealthService } from '../src/busy/health.service.ts';
import { calendarSyncSchema } from '../src/schema.ts';

describe('what is stated of somebody who is busy', () => {
  let test: TestDatabase;
  let db: Database;
  let clock: FrozenClock;
  const busy = new BusyService(new HealthService());

  beforeAll(async () => (test = await testDatabase('calendar_sync', calendarSyncSchema)));
  beforeEach(() => {
    clock = new FrozenClock(new Date('2030-03-04T09:00:00Z'));
    db = new Database(test.source, clock);
  });
  afterAll(() => test.drop());

  const sourceOf = (userId: PersonId): Source => ({ id: newId(), userId });
  const event = (id: string, from: string, to: string): BusyEvent => ({
    id,
    startAt: new Date(`2030-${from}Z`),
    endAt: new Date(`2030-${to}Z`),
  });
  const lunch = event('lunch', '03-05T12:00', '03-05T13:00');
  const walk = event('walk', '03-05T12:30', '03-05T14:00');

  const hold = (source: Source, ...events: BusyEvent[]) =>
    db.transaction(async (tx) => {
      await replaceBusy(tx, source, events);
      await busy.restate(tx, source.userId);
    });

  const change = (source: Source, changed: string[], ...events: BusyEvent[]) =>
    db.transaction(async (tx) => {
      await changeBusy(tx, source, changed, events);
      await busy.restate(tx, source.userId);
    });

  async function stated(person: PersonId): Promise<CalendarBusyChanged[]> {
    const rows: { data: CalendarBusyChanged }[] = await test.source.query(
      `select envelope -> 'data' as data from outbox where key = $1 and type like '%CalendarBusyChanged%' order by id`,
      [person],
    );
    return rows.map(({ data }) => data);
  }
  const last = async (person: PersonId) => {
    const words = (await stated(person)).at(-1)!.busy;
    return words.map(({ start_at, end_at }) => `${start_at.slice(5, 16)} ${end_at.slice(5, 16)}`);
  };

  it('is everything in all their sources, from yesterday on', async () => {
    const source = sourceOf(newId());
    await hold(source, lunch);
    await hold(sourceOf(source.userId), walk, event('tea', '03-06T12:00', '03-06T13:00'));
    expect(await last(source.userId)).toEqual(['03-05T12:00 03-05T14:00', '03-06T12:00 03-06T13:00']);
    const [first, second] = await stated(source.userId);
    expect([first!.version, second!.version]).toEqual([1, 2]);
    expect(second).toMatchObject({ window_start: '2030-03-03T00:00:00.000Z', window_end: '2031-03-09T00:00:00.000Z' });
  });

  it('is not said twice', async () => {
    const source = sourceOf(newId());
    await hold(source, lunch);
    await hold(source, lunch, event('soup', '03-05T12:10', '03-05T12:50'));
    clock.advance(60);
    await hold(source, event('another name', '03-05T12:00', '03-05T13:00'));
    expect(await stated(source.userId)).toHaveLength(1);
  });

  it('is said again when it has ended', async () => {
    const source = sourceOf(newId());
    await hold(source, lunch);
    await hold(source);
    await hold(source, lunch);
    expect((await stated(source.userId)).map(({ version, busy }) => [version, busy.length])).toEqual([
      [1, 1],
      [2, 0],
      [3, 1],
    ]);
  });

  it('follows what changed, and nothing else', async () => {
    const source = sourceOf(newId());
    await hold(
      source,
      lunch,
      event('course_20300306', '03-06T12:00', '03-06T13:00'),
      event('x', '03-07T12:00', '03-07T13:00'),
    );
    await change(source, ['lunch', 'x'], event('lunch', '03-05T15:00', '03-05T16:00'));
    expect(await last(source.userId)).toEqual(['03-05T15:00 03-05T16:00', '03-06T12:00 03-06T13:00']);
    await change(source, ['course']);
    expect(await last(source.userId)).toEqual(['03-05T15:00 03-05T16:00']);
  });

  it('is one version after the other when several sources change at once', async () => {
    const person = newId<PersonId>();
    const days = Array.from({ length: 12 }, (_, nth) => `03-${10 + nth}`);
    await Promise.all(days.map((day) => hold(sourceOf(person), event('a', `${day}T10:00`, `${day}T11:00`))));
    const versions = (await stated(person)).map(({ version, busy }) => [version, busy.length]);
    expect(versions).toEqual(days.map((_, nth) => [nth + 1, nth + 1]));
  });

  it('has room for 2,000 times, and says until when', async () => {
    const source = sourceOf(newId());
    const start = Date.parse('2030-03-05T00:00:00Z');
    const many = Array.from({ length: 2500 }, (_, nth) => ({
      id: `e${nth}`,
      startAt: new Date(start + nth * 7_200_000),
      endAt: new Date(start + nth * 7_200_000 + 3_600_000),
    }));
    await hold(source, ...many);
    const [word] = await stated(source.userId);
    expect(word!.busy).toHaveLength(2000);
    expect(word!.window_end).toBe(many[2000]!.startAt.toISOString());
  });
});
