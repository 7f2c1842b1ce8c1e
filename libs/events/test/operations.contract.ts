import { until } from '@scheduling/testing';
import { GroupNotPaused } from '../src/event-log.errors.ts';
import { OperatorRequests } from '../src/operator-requests.ts';
import { type Bench, newCounter, times } from './bench.ts';

/** What a person who runs the system can do to a group. */
export function operationsContract(bench: () => Bench): void {
  it('delivers nothing to a paused group on any replica, and all of it later', async () => {
    const [group, witness, counter] = [bench().group(), bench().group(), newCounter()];
    const [log] = await Promise.all([1, 2].map(() => bench().replica(group, bench().counting(group))));
    await bench().replica(witness, bench().counting(witness));
    await log!.pause(group);
    await times(5, () => bench().bump(counter));
    await bench().untilSeen(witness, counter, 5);
    expect(await bench().seen(group, counter)).toEqual({ seen: 0, disorders: 0 });
    await log!.resume(group);
    await bench().untilSeen(group, counter, 5);
    expect(await bench().seen(group, counter)).toEqual({ seen: 5, disorders: 0 });
  });

  it('says how far a group is behind, and since when', async () => {
    const [group, counter] = [bench().group(), newCounter()];
    const log = await bench().replica(group, bench().counting(group));
    await bench().bump(counter);
    await bench().untilSeen(group, counter, 1);
    await bench().untilCaughtUp(log);
    await log.pause(group);
    await times(3, () => bench().bump(counter));
    const late = async () => (await log.lag()).filter(({ behind }) => behind > 0);
    await until('3 events behind', async () => (await late())[0]?.behind === 3);
    await until('their age grows', async () => (await late())[0]!.oldestAgeMs > 10);
    await log.resume(group);
    await until('nothing behind', async () => (await late()).length === 0);
    expect((await log.lag()).every(({ oldestAgeMs }) => oldestAgeMs === 0)).toBe(true);
  });

  it('replays only a paused group of this service', async () => {
    const group = bench().group();
    const log = await bench().replica(group, bench().counting(group));
    await expect(log.replay(group, 'earliest')).rejects.toThrow(GroupNotPaused);
    await expect(log.pause(`${bench().service}.nobody`)).rejects.toMatchObject({ code: 'group_unknown' });
  });

  it('repeats all effects in a replay from the earliest event', async () => {
    const [group, counter] = [bench().group(), newCounter()];
    const log = await bench().replica(group, bench().noting(group));
    for (const text of ['a', 'b']) await bench().note(counter, text);
    await bench().untilNoted(group, counter, 'b');
    await log.pause(group);
    await log.replay(group, 'earliest');
    await log.resume(group);
    await until('both again', async () => (await bench().notes(group, counter)).length === 4);
    expect(await bench().notes(group, counter)).toEqual(['a', 'b', 'a', 'b']);
  });

  it('repeats in a replay from an instant only what reached the log since', async () => {
    const [group, counter] = [bench().group(), newCounter()];
    const log = await bench().replica(group, bench().noting(group));
    await bench().note(counter, 'before');
    await bench().untilNoted(group, counter, 'before');
    const instant = await bench().momentLater();
    await bench().note(counter, 'since');
    await bench().untilNoted(group, counter, 'since');
    await log.pause(group);
    await log.replay(group, instant);
    await log.resume(group);
    await until('the later one again', async () => (await bench().notes(group, counter)).length === 3);
    expect(await bench().notes(group, counter)).toEqual(['before', 'since', 'since']);
  });

  it('does what operators have written down, and says how that ended', async () => {
    const [group, counter] = [bench().group(), newCounter()];
    const log = await bench().replica(group, bench().noting(group));
    const requests = new OperatorRequests(bench().db, log);
    await bench().note(counter, 'a');
    await bench().untilNoted(group, counter, 'a');
    const asked = async (action: string, argument: string | null = null) => {
      const { source } = bench().test;
      const written =
        'insert into operator_requests (action, consumer_group, argument) values ($1, $2, $3) returning id';
      const [{ id }] = await source.query(written, [action, group, argument]);
      expect(await requests.carryOut()).toBe(true);
      const [{ state, error }] = await source.query('select state, error from operator_requests where id = $1', [id]);
      return [state, error];
    };
    expect(await asked('replay', 'earliest')).toEqual(['failed', expect.stringMatching(/group_not_paused/)]);
    for (const [action, argument] of [['pause'], ['replay', 'earliest'], ['resume']])
      expect(await asked(action!, argument)).toEqual(['done', null]);
    await until('it once more', async () => (await bench().notes(group, counter)).length === 2);
    expect(await asked('redeliver', newCounter())).toEqual(['failed', expect.stringMatching(/dead_letter_unknown/)]);
    expect(await requests.carryOut()).toBe(false);
  });
}
