import { CalendarBusyChanged } from '@scheduling/contracts';
import type { PersonId } from '@scheduling/domain';
import { Database, lockPeople } from '@scheduling/persistence';
import { rush, until } from '@scheduling/testing';
import { instant, onDay, RULE, type Scenario, scenario, type Tutor } from './scenario.ts';

/** March of 2030, as one reading of somebody's calendars has it. */
const march = (of: PersonId, version: number, ...busy: { start_at: string; end_at: string }[]) =>
  CalendarBusyChanged.of<CalendarBusyChanged>({
    user_id: of,
    version,
    window_start: instant(1, 0),
    window_end: instant(32, 0),
    busy,
  });

/** Time on 4 March 2030, in UTC. */
const monday = (from: string, until: string) => ({
  start_at: `2030-03-04T${from}:00.000Z`,
  end_at: `2030-03-04T${until}:00.000Z`,
});

describe('time that a tutor’s calendars say is taken', () => {
  let s: Scenario;
  let tutor: Tutor;
  beforeAll(async () => {
    s = await scenario();
  });
  beforeEach(async () => {
    tutor = await s.tutor();
  });
  afterAll(() => s.end());

  const soonest = async (many: number) => (await s.starts(tutor.id)).slice(0, many);
  const windows = (of: PersonId): Promise<{ id: string; start_at: Date }[]> =>
    s.source.query('select id, start_at from busy_windows where tutor_id = $1 order by start_at', [of]);

  it('is not offered, and is again when the calendars have changed', async () => {
    await tutor.offer();
    await s.hear(march(tutor.id, 1, monday('14:30', '15:30')));
    expect(await soonest(2)).toEqual([instant(4, 16), instant(6, 14)]);
    await s.hear(march(tutor.id, 2, monday('16:30', '17:00')));
    expect(await soonest(3)).toEqual([instant(4, 14), instant(4, 15), instant(6, 14)]);
    await s.hear(march(tutor.id, 3));
    expect(await s.starts(tutor.id)).toHaveLength(48);
    expect(await s.published(tutor.id)).toHaveLength(4);
  });

  it('is offered where a lesson ends as it begins, or begins as it ends', async () => {
    await tutor.offer();
    await s.hear(march(tutor.id, 1, onDay(4, 13, 14), onDay(4, 17, 18)));
    expect(await soonest(3)).toEqual([instant(4, 14), instant(4, 15), instant(4, 16)]);
  });

  it.each([[[1, 2, 3]], [[1, 3, 2]], [[2, 1, 3]], [[2, 3, 1]], [[3, 1, 2]], [[3, 2, 1]], [[3, 3, 3]]])(
    'is what the newest reading says, heard in the order of %j',
    async (order) => {
      await tutor.offer();
      for (const version of order) await s.hear(march(tutor.id, version, onDay(4, 13 + version, 14 + version)));
      expect(await soonest(3)).toEqual([instant(4, 14), instant(4, 15), instant(6, 14)]);
      expect(await windows(tutor.id)).toMatchObject([{ start_at: new Date(instant(4, 16)) }]);
    },
  );

  it('is published only where it changes what is offered', async () => {
    await tutor.offer();
    await s.hear(march(tutor.id, 1, onDay(5, 10, 18), onDay(4, 8, 14)));
    await s.hear(march(tutor.id, 2, onDay(4, 8, 14)));
    expect(await s.published(tutor.id)).toHaveLength(1);

    await s.hear(march(tutor.id, 3, onDay(4, 8, 15)));
    await s.hear(march(tutor.id, 4, onDay(4, 8, 15)));
    await s.hear(march(tutor.id, 5, monday('08:00', '14:30'), monday('14:30', '15:00')));
    expect(await s.published(tutor.id)).toHaveLength(2);
  });

  it('waits for somebody who does not teach yet', async () => {
    await s.hear(march(tutor.id, 1, onDay(4, 14, 15)));
    expect(await s.published(tutor.id)).toEqual([]);
    await tutor.offer();
    expect(await soonest(1)).toEqual([instant(4, 15)]);
  });

  it('stays where a reading does not speak of it, under its id where a reading repeats it, and goes when it is over', async () => {
    await tutor.offer();
    const [first, second] = [onDay(1, 10, 11), onDay(4, 14, 15)];
    await s.hear(march(tutor.id, 1, first, second));
    const [, known] = await windows(tutor.id);
    const april = { start_at: '2030-04-01T13:00:00.000Z', end_at: '2030-04-01T14:00:00.000Z' };
    const spring = { window_start: instant(31, 0), window_end: '2030-05-01T00:00:00.000Z', busy: [april] };
    await s.hear(Object.assign(march(tutor.id, 2), spring));
    expect(await s.starts(tutor.id)).toHaveLength(46);
    expect(await windows(tutor.id)).toHaveLength(3);

    s.clock.advance(3 * 60);
    await s.hear(Object.assign(march(tutor.id, 3, second), { window_start: instant(2, 0) }));
    expect(await windows(tutor.id)).toEqual([known, { id: expect.any(String), start_at: new Date(april.start_at) }]);
  });

  it('waits for a change of the tutor’s that is under way', async () => {
    await tutor.offer();
    await new Database(s.source, s.clock).transaction(async (tx) => {
      await lockPeople(tx, [tutor.id]);
      await s.state(march(tutor.id, 1, onDay(4, 14, 15)));
      await until('it waits', async () => {
        const waiting = `select 1 from pg_locks where locktype = 'advisory' and not granted
                            and database = (select oid from pg_database where datname = current_database())`;
        return (await s.source.query(waiting)).length > 0;
      });
      await tx.sql`update availability_blocks set deleted_at = ${tx.now} where tutor_id = ${tutor.id}`;
    });
    await s.hear(march(tutor.id, 2));
    // Whatever was published after the change has seen it.
    expect(await s.published(tutor.id)).toHaveLength(1);
  });

  it('is not lost, nor is a change of the tutor’s, when both come at once', async () => {
    const days = [4, 5, 6, 7, 8];
    const offers = rush(5, (i) => tutor.offer({ ...onDay(days[i]!, 10, 12), is_recurring: false }));
    for (const nth of days.keys()) {
      await s.hear(march(tutor.id, nth + 1, ...days.slice(0, nth + 1).map((day) => onDay(day, 10, 11))));
    }
    await offers;
    expect(await s.starts(tutor.id)).toEqual(days.map((day) => instant(day, 11)));
  });

  it('may be two thousand stretches, and is taken out of the rules of one tutor alone', async () => {
    const other = await s.tutor();
    for (const one of [tutor, other]) await one.offer({ ...RULE, rrule_string: 'FREQ=DAILY' });
    const day = Date.parse(instant(1, 0));
    const at = (minutes: number) => new Date(day + minutes * 60_000).toISOString();
    const busy = Array.from({ length: 2000 }, (_, n) => ({ start_at: at(n * 20), end_at: at(n * 20 + 10) }));
    await s.hear(march(tutor.id, 1, ...busy));
    expect((await soonest(1))[0]!.slice(0, 10)).toBe('2030-03-29');
    expect((await s.starts(other.id))[0]).toBe(instant(4, 14));
  });
});
