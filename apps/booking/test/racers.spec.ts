import type { PersonId, SlotId } from '@scheduling/domain';
import { rush } from '@scheduling/testing';
import type { Hold } from '../src/holds/holds.store.ts';
import { sizeOf } from './model/sizes.ts';
import { type Scenario, scenario } from './scenario.ts';
import { unsound } from './soundness.ts';

/** `npm run prove -- --only racers` asks for more. */
const ROUNDS = sizeOf('RACERS_ROUNDS', 1);

const NOON = Date.UTC(2030, 2, 1, 12);
const codes = (refusals: Error[]) => [
  ...new Set(refusals.map((refusal) => (refusal as Error & { code: string }).code)),
];

/** Each order in which a few things can happen. */
const ordersOf = <Thing>(things: readonly Thing[]): Thing[][] =>
  things.length < 2
    ? [[...things]]
    : things.flatMap((first) => ordersOf(things.filter((thing) => thing !== first)).map((rest) => [first, ...rest]));

describe('racers', () => {
  let s: Scenario;
  const retried: string[] = [];
  beforeAll(async () => {
    s = await scenario();
    s.db.onRetry((sqlState) => retried.push(sqlState));
  });
  afterAll(() => s.end());

  it('get one slot once, a thousand of them', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const slot = await s.slot();
      const { won, refusals } = await rush(1000, () => s.hold(s.person(), slot));
      expect([won.length, codes(refusals)]).toEqual([1, ['slot_held']]);
    }
    expect([retried, await unsound(s.source)]).toEqual([[], {}]);
  }, 300_000);

  it('get five seats five times, fifty of them, and again when the seats come back', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const slot = await s.slot({ capacity: 5 });
      const { won, refusals } = await rush(50, async () => (await s.hold(s.person(), slot)).hold);
      expect([won.map(({ seat }) => seat).toSorted(), codes(refusals)]).toEqual([[1, 2, 3, 4, 5], ['slot_held']]);
      await rush(5, (i) => s.holds.release(won[i]!.studentId!, slot));
      expect(await s.claims(slot)).toEqual([]);
      const again = await rush(50, () => s.book(slot));
      expect([again.won.length, await s.status(slot)]).toEqual([5, 'booked']);
      await rush(5, (i) => s.cancel(again.won[i]!.studentId, again.won[i]!.id));
      expect([await s.claims(slot), await s.status(slot)]).toEqual([[], 'open']);
    }
    expect([retried, await unsound(s.source)]).toEqual([[], {}]);
  }, 300_000);
});

/** Who sits in a group, and how each of them leaves it. */
interface Leaving {
  readonly until: Date | null;
  readonly leave: () => Promise<unknown>;
}

describe("a tutor's claim on a group", () => {
  let s: Scenario;
  beforeAll(async () => {
    s = await scenario();
  });
  afterAll(() => s.end());

  /** Two who have booked, two who hold, one of them since a while ago. */
  async function group(slot: SlotId): Promise<Leaving[]> {
    const booked = [await s.book(slot), await s.book(slot)];
    const early = (await s.hold(s.person(), slot)).hold;
    s.clock.advance(3);
    const late = (await s.hold(s.person(), slot)).hold;
    return [
      ...booked.map((booking) => ({ until: null, leave: () => s.cancel(booking.studentId, booking.id) })),
      { until: early.expiresAt, leave: () => s.letGo(early) },
      { until: late.expiresAt, leave: () => release(late) },
    ];
  }
  const release = ({ slotId, studentId }: Hold) => s.holds.release(studentId as PersonId, slotId);

  const longest = (seats: readonly Leaving[]): Date | null =>
    seats.some(({ until }) => until === null)
      ? null
      : new Date(Math.max(...seats.map(({ until }) => until!.getTime())));

  it('is as long as the longest of its students’, in whichever order they leave', async () => {
    for (const [i, order] of ordersOf([0, 1, 2, 3]).entries()) {
      const slot = await s.slot({ capacity: 4, starts: [new Date(NOON + i * 86_400_000).toISOString()] });
      const seats = await group(slot);
      const left = new Set(seats);
      for (const seat of order.map((n) => seats[n]!)) {
        expect((await s.claims(slot))[0]).toEqual({ seat: 0, expires_at: longest([...left]) });
        await seat.leave();
        left.delete(seat);
      }
      expect([order, await s.claims(slot)]).toEqual([order, []]);
    }
    expect(await unsound(s.source)).toEqual({});
  });

  it('is so when they all leave at once', async () => {
    for (let round = 0; round < 6 * ROUNDS; round++) {
      const slot = await s.slot({ capacity: 4, starts: [new Date(NOON + (30 + round) * 86_400_000).toISOString()] });
      const seats = await group(slot);
      const { refusals } = await rush(3, (i) => seats[i + 1]!.leave());
      expect([refusals, await s.claims(slot)]).toEqual([
        [],
        [expect.objectContaining({ seat: 0, expires_at: null }), expect.objectContaining({ seat: 1 })],
      ]);
      await seats[0]!.leave();
      expect(await s.claims(slot)).toEqual([]);
    }
    expect(await unsound(s.source)).toEqual({});
  }, 60_000);
});
