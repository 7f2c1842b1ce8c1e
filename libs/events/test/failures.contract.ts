import { Malformed } from '@scheduling/contracts';
import { until } from '@scheduling/testing';
import { type Bench, HASTY, newCounter } from './bench.ts';

/** What becomes of deliveries that fail. */
export function failuresContract(bench: () => Bench): void {
  it('tries it again, and keeps nothing of the attempt that failed', async () => {
    const [group, counter, failures] = [bench().group(), newCounter(), [new Error('paper jam')]];
    const jam = () => {
      const failure = failures.pop();
      if (failure) throw failure;
    };
    await bench().replica(
      group,
      bench().noting(group, (event) => event.counter_id === counter && jam()),
    );
    await bench().note(counter, 'at last');
    await bench().untilNoted(group, counter, 'at last');
    expect(await bench().notes(group, counter)).toEqual(['at last']);
    expect(await bench().deadLetters(group, counter)).toEqual([]);
  });

  it('gives it up after the last attempt, and goes on with what follows', async () => {
    const [group, counter] = [bench().group(), newCounter()];
    await bench().replica(
      group,
      bench().noting(group, ({ text }) => text === 'bad' && Promise.reject(new Error('always'))),
    );
    await bench().note(counter, 'bad');
    await bench().note(counter, 'good');
    await bench().untilNoted(group, counter, 'good');
    expect(await bench().notes(group, counter)).toEqual(['good']);
    expect(await bench().deadLetters(group, counter)).toMatchObject([
      { attempts: HASTY.attempts, error: 'Error', resolved_at: null },
    ]);
  });

  it('gives it up at once when the event itself is wrong', async () => {
    const [group, counter] = [bench().group(), newCounter()];
    const refuse = () => Promise.reject(Malformed.field('text', 'must rhyme'));
    await bench().replica(
      group,
      bench().noting(group, ({ text }) => text === 'prose' && refuse()),
    );
    await bench().note(counter, 'prose');
    await bench().note(counter, 'poem');
    await bench().untilNoted(group, counter, 'poem');
    expect(await bench().deadLetters(group, counter)).toMatchObject([
      { attempts: 1, error: expect.stringContaining('(text)') },
    ]);
  });

  it('gives it up at once when it does not read as its class says', async () => {
    const [group, counter] = [bench().group(), newCounter()];
    await bench().replica(group, bench().noting(group));
    await bench().sayNonsense(counter);
    await bench().note(counter, 'sense');
    await bench().untilNoted(group, counter, 'sense');
    expect(await bench().deadLetters(group, counter)).toMatchObject([
      { attempts: 1, error: expect.stringContaining('(text)') },
    ]);
  });

  it('runs a dead letter again on demand, and resolves it when that succeeds', async () => {
    const [group, counter, mood] = [bench().group(), newCounter(), { isBad: true }];
    const sulk = () => (mood.isBad ? Promise.reject(new Error('not now')) : undefined);
    const log = await bench().replica(
      group,
      bench().noting(group, ({ text }) => text === 'moody' && sulk()),
    );
    await bench().note(counter, 'moody');
    await until('a dead letter', async () => (await bench().deadLetters(group, counter)).length === 1);
    const [letter] = await bench().deadLetters(group, counter);

    await expect(log.redeliver(group, letter!.event_id)).rejects.toThrow('not now');
    expect(await bench().deadLetters(group, counter)).toMatchObject([{ resolved_at: null }]);
    mood.isBad = false;
    await log.redeliver(group, letter!.event_id);
    expect(await bench().notes(group, counter)).toEqual(['moody']);
    expect(await bench().deadLetters(group, counter)).toMatchObject([{ resolved_at: expect.any(Date) }]);
    await expect(log.redeliver(group, letter!.event_id)).rejects.toMatchObject({ code: 'dead_letter_unknown' });
  });
}
