import { until } from '@scheduling/testing';
import type { Envelope } from '../src/envelope.ts';
import { type Bench, newCounter, type Noted, times } from './bench.ts';

/** Makes the log deliver an event again that a group has had, as after a crash. */
export type Repeat = (bench: Bench, group: string, envelope: Envelope) => Promise<void>;

/** What reaches consumers, and how often, in which order. */
export function deliveriesContract(bench: () => Bench, repeat: Repeat): void {
  it('delivers what was committed once to each group', async () => {
    const [one, other, counter] = [bench().group(), bench().group(), newCounter()];
    await bench().replica(one, bench().counting(one), bench().noting(one));
    await bench().replica(other, bench().counting(other), bench().noting(other));
    await times(20, () => bench().bump(counter));
    await bench().note(counter, 'the end');
    for (const group of [one, other]) {
      await bench().untilNoted(group, counter, 'the end');
      expect(await bench().seen(group, counter)).toEqual({ seen: 20, disorders: 0 });
    }
  });

  it('never delivers what was rolled back', async () => {
    const [group, counter] = [bench().group(), newCounter()];
    await bench().replica(group, bench().noting(group));
    const regretted = bench().db.transaction(async (tx) => {
      bench().say(tx, counter, 'regretted');
      throw new Error('no');
    });
    await expect(regretted).rejects.toThrow('no');
    await bench().note(counter, 'meant');
    await bench().untilNoted(group, counter, 'meant');
    expect(await bench().notes(group, counter)).toEqual(['meant']);
  });

  it('keeps the order of a key with several writers and several replicas', async () => {
    const [group, counters] = [bench().group(), [newCounter(), newCounter(), newCounter()]];
    await Promise.all([1, 2].map(() => bench().replica(group, bench().counting(group))));
    await Promise.all([1, 2, 3, 4].flatMap(() => counters.map((counter) => times(10, () => bench().bump(counter)))));
    for (const counter of counters) {
      await bench().untilSeen(group, counter, 40);
      expect(await bench().seen(group, counter)).toEqual({ seen: 40, disorders: 0 });
    }
  });

  it('goes on with other keys while one is slow', async () => {
    const [group, counters, another] = [
      bench().group(),
      Array.from({ length: 12 }, newCounter),
      Promise.withResolvers<void>(),
    ];
    let begun = 0;
    for (const counter of counters) await bench().note(counter, 'once');
    const mine = new Set<string>(counters);
    const slow = ({ counter_id }: Noted) => {
      if (!mine.has(counter_id)) return undefined;
      begun += 1;
      if (begun > 1) another.resolve();
      return another.promise;
    };
    await bench().replica(group, bench().noting(group, slow));
    for (const counter of counters) await bench().untilNoted(group, counter, 'once');
  });

  it('gives a new group everything from the earliest event on', async () => {
    const [first, late, counter] = [bench().group(), bench().group(), newCounter()];
    await bench().replica(first, bench().counting(first));
    await times(3, () => bench().bump(counter));
    await bench().untilSeen(first, counter, 3);
    await bench().replica(late, bench().counting(late));
    await bench().untilSeen(late, counter, 3);
  });

  it('passes over types that a group does not listen to', async () => {
    const [group, counter] = [bench().group(), newCounter()];
    const log = await bench().replica(group, bench().counting(group));
    await bench().note(counter, 'of no interest');
    await bench().bump(counter);
    await bench().untilSeen(group, counter, 1);
    await bench().untilCaughtUp(log);
    expect(await bench().deadLetters(group, counter)).toEqual([]);
  });

  it('has one effect of an event that stands in the log twice', async () => {
    const [group, counter, deliveries] = [bench().group(), newCounter(), { many: 0 }];
    const log = await bench().replica(
      group,
      bench().noting(group, (event) => (deliveries.many += Number(event.counter_id === counter))),
    );
    const envelopes: Envelope[] = [];
    const stop = await log.tail([`scheduling.${bench().service}`], (envelope) => void envelopes.push(envelope));
    await bench().note(counter, 'once');
    await bench().untilNoted(group, counter, 'once');
    await until('the envelope', () => envelopes.length === 1);
    await stop();
    await repeat(bench(), group, envelopes[0]!);
    await bench().note(counter, 'after');
    await bench().untilNoted(group, counter, 'after');
    await bench().untilCaughtUp(log);
    expect([deliveries.many, await bench().notes(group, counter)]).toEqual([2, ['once', 'after']]);
  });

  it('shows to a tail on each replica what comes after it, and nothing else', async () => {
    const [group, counter] = [bench().group(), newCounter()];
    const [one, other] = [
      await bench().replica(group, bench().counting(group)),
      await bench().replica(group, bench().counting(group)),
    ];
    await bench().bump(counter);
    await bench().untilSeen(group, counter, 1);
    const seen: number[][] = [[], []];
    const watch = (log: typeof one, place: number) =>
      log.tail([`scheduling.${bench().service}`], ({ data }) => void seen[place]!.push(Object(data).seq));
    const stops = await Promise.all([watch(one, 0), watch(other, 1)]);
    await times(3, () => bench().bump(counter));
    await until('all on both', () => seen.every((those) => those.length >= 3));
    await Promise.all(stops.map((stop) => stop()));
    expect(seen).toEqual([
      [2, 3, 4],
      [2, 3, 4],
    ]);
  });

  it('lets a delivery in flight finish before it stops', async () => {
    const [group, counter, begun, leave] = [
      bench().group(),
      newCounter(),
      Promise.withResolvers<void>(),
      Promise.withResolvers<void>(),
    ];
    const log = await bench().replica(
      group,
      bench().noting(group, (event) => {
        if (event.counter_id !== counter) return undefined;
        begun.resolve();
        return leave.promise;
      }),
    );
    await bench().note(counter, 'slow');
    await begun.promise;
    const stopped = log.stop().then(() => 'stopped');
    expect(await Promise.race([stopped, bench().momentLater()])).not.toBe('stopped');
    leave.resolve();
    await stopped;
    expect(await bench().notes(group, counter)).toEqual(['slow']);
  });
}
