import { type Bench, newCounter, times } from './bench.ts';
import { killAtRandom } from './kill-at-random.ts';

/** What holds while connections of relays and consumers die under load. */
export function killsContract(bench: () => Bench): void {
  it('loses nothing, doubles nothing and keeps the order while connections die', async () => {
    const [group, counters] = [bench().group(), Array.from({ length: 6 }, newCounter)];
    bench().relay();
    await Promise.all([1, 2].map(() => bench().replica(group, bench().counting(group))));
    const kills = killAtRandom(
      bench().test.adminUrl,
      [`${bench().service} relay`, `${bench().service} consumer`],
      20261122,
    );
    await Promise.all(
      counters.map((counter) =>
        times(50, () =>
          bench()
            .bump(counter)
            .then(() => kills.perhaps()),
        ),
      ),
    );
    await kills.end();
    for (const counter of counters) {
      await bench().untilSeen(group, counter, 50);
      expect(await bench().seen(group, counter)).toEqual({ seen: 50, disorders: 0 });
      expect(await bench().deadLetters(group, counter)).toEqual([]);
    }
    expect(kills.count()).toBeGreaterThan(5);
  });
}
