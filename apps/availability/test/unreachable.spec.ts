import {
  CalendarBusyChanged,
  CalendarConnected,
  CalendarDisconnected,
  CalendarSyncFailed,
  CalendarSyncRecovered,
} from '@scheduling/contracts';
import { rush } from '@scheduling/testing';
import { hoursOf, instant, onDay, RULE, type Scenario, scenario, type Tutor } from './scenario.ts';

const HOURS = 60;
/** Four hours of Monday, 18 March, which no test comes near. */
const MONDAY = { ...onDay(18, 14, 18), is_recurring: false };

describe('a tutor whose calendars cannot be read', () => {
  let s: Scenario;
  let replicas: Awaited<ReturnType<Scenario['connectionsOf']>>[];
  let tutor: Tutor;
  beforeAll(async () => {
    // At nine in the morning of 1 March.
    s = await scenario();
    replicas = [await s.connectionsOf(), await s.connectionsOf()];
  });
  beforeEach(async () => {
    tutor = await s.tutor();
    await tutor.offer(MONDAY);
    await s.hear(busy(1, onDay(18, 14, 15)));
  });
  afterAll(() => s.end());

  const busy = (version: number, ...times: { start_at: string; end_at: string }[]) =>
    CalendarBusyChanged.of<CalendarBusyChanged>({
      user_id: tutor.id,
      version,
      window_start: instant(1, 0),
      window_end: instant(32, 0),
      busy: times,
    });
  const now = () => s.clock.now().toISOString();
  const failed = (version: number, known_until = now(), code = 'unreachable') =>
    CalendarSyncFailed.of<CalendarSyncFailed>({ user_id: tutor.id, version, code, known_until });
  const recovered = (version: number) =>
    CalendarSyncRecovered.of<CalendarSyncRecovered>({ user_id: tutor.id, version });
  const connected = (version: number) => CalendarConnected.of<CalendarConnected>({ user_id: tutor.id, version });
  const gone = (version: number) => CalendarDisconnected.of<CalendarDisconnected>({ user_id: tutor.id, version });

  /** Has both replicas look at once, as their schedules have them do every five minutes. */
  const look = () => Promise.all(replicas.map((replica) => replica.look()));
  const starts = () => s.starts(tutor.id);
  const told = async () => (await s.published(tutor.id)).length;
  const [FREE, ALL] = [hoursOf(18, 15, 16, 17), hoursOf(18, 14, 15, 16, 17)];

  it('offers by what they said last for a day, then nothing, until they can be read again', async () => {
    expect((await tutor.settings()).body).toMatchObject({ on_unreachable: 'last_known' });
    await s.hear(failed(1));
    expect([await starts(), await told()]).toEqual([FREE, 2]);

    s.clock.advance(24 * HOURS - 1);
    await look();
    expect([await starts(), await told()]).toEqual([FREE, 2]);
    s.clock.advance(6);
    await look();
    expect([await starts(), await told()]).toEqual([[], 3]);
    s.clock.advance(5);
    await look();
    expect(await told()).toBe(3);

    await s.hear(recovered(2));
    expect([await starts(), await told()]).toEqual([FREE, 4]);
  });

  it.each([
    ['whichever replica looks', () => look()],
    ['though a look outlasts its tick', () => rush(6, (n) => replicas[n % 2]!.run())],
  ])('is closed once, %s', async (_, looking) => {
    const others = [];
    for (let n = 0; n < 4; n++) {
      const other = await s.tutor();
      await other.offer(MONDAY);
      await s.hear(Object.assign(failed(1), { user_id: other.id }));
      others.push(other);
    }
    s.clock.advance(24 * HOURS + 5);
    await looking();
    for (const other of others) {
      expect((await s.published(other.id)).map(({ openings }) => openings.length)).toEqual([1, 0]);
    }
  });

  it('offers nothing at once where they were last read a day ago', async () => {
    await s.hear(failed(1, new Date(s.clock.now().getTime() - 24 * 3_600_000).toISOString()));
    expect([await starts(), await told()]).toEqual([[], 3]);
    s.clock.advance(5);
    await look();
    expect(await told()).toBe(3);
  });

  it('offers nothing at once if that is their choice', async () => {
    await tutor.change({ on_unreachable: 'closed' });
    await s.hear(failed(1));
    expect(await starts()).toEqual([]);
    await s.hear(recovered(2));
    expect(await starts()).toEqual(FREE);
  });

  it('offers as if they were empty if that is their choice, for as long as it takes', async () => {
    await tutor.change({ on_unreachable: 'open' });
    await s.hear(failed(1, now(), 'reconnect_required'));
    expect(await starts()).toEqual(ALL);
    s.clock.advance(25 * HOURS);
    await look();
    expect(await starts()).toEqual(ALL);
    await s.hear(connected(2));
    expect(await starts()).toEqual(FREE);
  });

  it('may choose otherwise meanwhile', async () => {
    await s.hear(failed(1));
    for (const [on_unreachable, expected] of [
      ['closed', []],
      ['open', ALL],
      ['last_known', FREE],
    ] as const) {
      expect((await tutor.change({ on_unreachable })).body).toMatchObject({ on_unreachable });
      expect(await starts()).toEqual(expected);
    }
    expect(await tutor.change({ on_unreachable: 'never' })).toMatchObject({ status: 400 });
  });

  it('is open by what is left when they are disconnected, which a reading of its own tells', async () => {
    await tutor.change({ on_unreachable: 'closed' });
    await s.hear(failed(1));
    await s.hear(gone(2), busy(2, onDay(18, 16, 17)));
    expect(await starts()).toEqual(hoursOf(18, 14, 15, 17));
  });

  it.each<[order: string, words: () => CalendarSyncFailed[]]>([
    ['late', () => [recovered(3), failed(2)] as CalendarSyncFailed[]],
    ['again', () => [failed(2), recovered(3), failed(2)] as CalendarSyncFailed[]],
    ['with the version of another', () => [recovered(3), failed(3)] as CalendarSyncFailed[]],
  ])('is believed reachable whatever is heard %s', async (_, words) => {
    await tutor.change({ on_unreachable: 'closed' });
    for (const word of words()) await s.hear(word);
    expect(await starts()).toEqual(FREE);
  });

  it('opens and closes with what is heard of them meanwhile', async () => {
    await s.hear(failed(1));
    // Of the calendars that can be read, an address of one for instance.
    await s.hear(busy(2, onDay(18, 15, 16)));
    expect(await starts()).toEqual(hoursOf(18, 14, 16, 17));
    await tutor.change({ on_unreachable: 'open' });
    await s.hear(busy(3, onDay(18, 16, 17)));
    expect(await starts()).toEqual(ALL);
    await tutor.change({ on_unreachable: 'closed' });
    const before = await told();
    await s.hear(busy(4, onDay(18, 17, 18)));
    expect([await starts(), await told()]).toEqual([[], before]);
    await s.hear(recovered(2));
    expect(await starts()).toEqual(hoursOf(18, 14, 15, 16));
    await s.hear(busy(5));
    expect(await starts()).toEqual(ALL);
  });

  it('sees why: in an explanation, and in what new hours meet', async () => {
    await tutor.change({ on_unreachable: 'closed' });
    await s.hear(failed(1));
    const range = `start=${instant(18, 14)}&end=${instant(18, 15)}`;
    const explained = (await tutor.explain(tutor.id, range)).body as unknown as { items: object[] };
    expect(explained.items).toMatchObject([{ offered_by: 'once', reasons: ['calendar_unreachable'] }]);
    const entered = await tutor.offer({ ...onDay(19, 10, 12), is_recurring: false });
    expect(entered.body).toMatchObject({
      slots: { count: 0 },
      conflicts: [{ kind: 'calendar_unreachable', id: tutor.id }],
    });
  });

  it('has no lesson in conflict for that: nothing is said of what was booked', async () => {
    await s.hear(failed(1));
    expect((await s.last(tutor.id)).horizon_at! > instant(30, 0)).toBe(true);
    await tutor.change({ on_unreachable: 'closed' });
    const closed = await s.last(tutor.id);
    // Booking holds no lesson against what is published from the horizon on.
    expect(closed).toMatchObject({ openings: [], horizon_at: closed.from_at });
    await tutor.change({ on_unreachable: 'open' });
    expect((await s.last(tutor.id)).horizon_at! > instant(30, 0)).toBe(true);
  });

  it('is not published of who does not teach, and waits for them to', async () => {
    const student = await s.tutor();
    await s.hear(Object.assign(failed(1), { user_id: student.id }));
    s.clock.advance(24 * HOURS + 5);
    await look();
    expect(await s.published(student.id)).toEqual([]);
    await student.offer(RULE);
    expect(await s.starts(student.id)).toEqual([]);
  });
});
