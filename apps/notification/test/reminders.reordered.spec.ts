import type { BookingConfirmed } from '@scheduling/contracts';
import { awaited, cancellation, lesson, link, move } from './booking-says.ts';
import { Random } from './random.ts';
import { type LedgerRow, type Scenario, scenario } from './scenario.ts';

const SEED = 20_300_301;
const LESSONS = 60;
/** Starts that a lesson is moved between: also back to where it was. */
const STARTS = ['2030-03-05T12:00:00.000Z', '2030-03-06T12:00:00.000Z', '2030-03-07T12:00:00.000Z'];
const OVERTAKING = new Set(['booking_rescheduled', 'booking_canceled']);

/** A fact of a lesson that is told to the service. */
interface Told {
  readonly state: BookingConfirmed;
  readonly kind: 'confirmed' | 'rescheduled' | 'canceled' | 'link' | 'pending';
  readonly say: () => Promise<void>;
}

describe('a lesson that is booked, moved twice and often canceled within a minute', () => {
  let s: Scenario;
  beforeAll(async () => {
    s = await scenario();
  });
  afterAll(() => s.end());

  /** What becomes of a lesson by chance, in the order in which it did. */
  function story(random: Random): Told[] {
    const at = (start: string) => ({ start_at: start, end_at: new Date(Date.parse(start) + 3_600_000).toISOString() });
    const told: Told[] = [];
    let now = lesson(at(STARTS[0]!));
    const isPaidLater = random.below(2) === 0;
    if (isPaidLater) {
      const event = awaited(now);
      told.push({ state: event, kind: 'pending', say: () => s.await(event) });
      now = { ...now, version: 2 };
    }
    const first = now;
    told.push({ state: first, kind: 'confirmed', say: () => s.confirm(first) });
    for (let n = 0; n < 2; n++) {
      if (random.below(2) === 0) {
        const event = link(now, { join_link: `https://meet.example.org/${n}` });
        told.push({ state: event, kind: 'link', say: () => s.link(event) });
        now = { ...now, version: event.version, join_link: event.join_link };
      }
      const start = STARTS.filter((one) => one !== now.start_at)[random.below(2)]!;
      const event = move(now, at(start));
      told.push({ state: event, kind: 'rescheduled', say: () => s.move(event) });
      now = { ...now, version: event.version, ...at(start) };
    }
    if (random.below(3) > 0) {
      const event = cancellation(now);
      told.push({ state: event, kind: 'canceled', say: () => s.cancel(event) });
    }
    return told;
  }

  /** Tells all of it, each up to three times, in any order, and some of it at once. */
  async function tell(random: Random, told: readonly Told[]): Promise<void> {
    const all = random.shuffled(told.flatMap((one) => Array.from({ length: 1 + random.below(3) }, () => one)));
    while (all.length > 0) await Promise.all(all.splice(0, 1 + random.below(3)).map(({ say }) => say()));
  }

  type Row = LedgerRow & { readonly booking_version: string; readonly due_at: Date };

  /** What booking last said of a lesson, by what the service keeps. */
  const kept = async ({ booking_id: id }: BookingConfirmed) =>
    (await s.source.query('select version::int, start_at, join_link from lessons where booking_id = $1', [id]))[0];

  it('ends with the right last word and no stale reminder, in whatever order it is told, and however often', async () => {
    const random = new Random(SEED);
    const stories = Array.from({ length: LESSONS }, () => story(random));
    await Promise.all(stories.map((told) => tell(random, told)));
    for (const told of stories) {
      const [last] = told.slice(-1);
      const { version, start_at: start, join_link } = last!.state;
      expect(await kept(last!.state)).toEqual({ version, start_at: new Date(start), join_link });
      const rows = (await s.wholeLedger(told[0]!.state.booking_id)) as Row[];
      const live = rows.filter(({ state }) => state === 'planned');
      const isOff = last!.kind === 'canceled';
      const word = isOff ? 'booking_canceled' : 'booking_rescheduled';
      const spoken = isOff ? [word] : [word, 'lesson_soon', 'lesson_tomorrow'];
      expect([...new Set(live.map(({ kind }) => kind))].toSorted()).toEqual(spoken);
      for (const row of live) expect(Number(row.booking_version)).toBe(version);
      expect(live).toHaveLength(2 * spoken.length);
      for (const { kind, due_at: due } of live.filter(({ kind: one }) => !OVERTAKING.has(one))) {
        const hours = kind === 'lesson_soon' ? 2 : 24;
        expect(due.getTime()).toBe(Date.parse(start) - hours * 3_600_000);
      }
      expect(rows.filter(({ state }) => !['planned', 'revoked', 'skipped'].includes(state))).toEqual([]);
    }
  });
});
