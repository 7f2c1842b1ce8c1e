import { newId, type PersonId } from '@scheduling/domain';
import { until } from '@scheduling/testing';
import type { KeptAnswer, SlotCache } from '../src/slot-cache/slot-cache.ts';

const answer = (body: string): KeptAnswer => ({ body, etag: `"${body}"`, until: 1 });

/** What every cache of lists promises, wherever it keeps them. */
export function slotCacheContract(open: () => SlotCache): void {
  let ours: SlotCache;
  beforeAll(async () => {
    ours = open();
    await until('the cache is connected', async () => (await ours.look(newId<PersonId>(), 'week')).generation !== null);
  });
  afterAll(() => ours.close());

  const look = async (tutor: PersonId, query = 'week') => (await ours.look(tutor, query)).answer;
  /** Keeps an answer as a reader would who began before anything else happened. */
  async function keep(tutor: PersonId, body: string, query = 'week'): Promise<void> {
    const { generation } = await ours.look(tutor, query);
    await ours.keep(tutor, query, generation!, answer(body));
  }

  it('gives an answer again, to the same question about the same tutor', async () => {
    const [tutor, other] = [newId<PersonId>(), newId<PersonId>()];
    expect(await look(tutor)).toBeNull();
    await keep(tutor, 'one');
    expect(await look(tutor)).toEqual(answer('one'));
    expect(await look(tutor, 'month')).toBeNull();
    expect(await look(other)).toBeNull();
  });

  it('forgets all of a tutor, and of nobody else, when something happens to them', async () => {
    const [tutor, other] = [newId<PersonId>(), newId<PersonId>()];
    await keep(tutor, 'one');
    await keep(tutor, 'four', 'month');
    await keep(other, 'two');
    await ours.drop(tutor);
    await ours.drop(tutor);
    expect([await look(tutor), await look(tutor, 'month'), await look(other)]).toEqual([null, null, answer('two')]);
    await keep(tutor, 'three');
    expect(await look(tutor)).toEqual(answer('three'));
  });

  it('gives nothing from the moment on that something happens, before that is written down', async () => {
    const tutor = newId<PersonId>();
    await keep(tutor, 'one');
    const dropped = ours.drop(tutor);
    expect(await look(tutor)).toBeNull();
    await dropped;
  });

  it('never gives what was read before something happened and kept after it', async () => {
    const tutor = newId<PersonId>();
    for (const wasKnown of [false, true]) {
      if (wasKnown) await ours.drop(tutor);
      const { generation } = await ours.look(tutor, 'week');
      await ours.drop(tutor);
      await ours.keep(tutor, 'week', generation!, answer('stale'));
      expect(await look(tutor)).toBeNull();
    }
  });

  it('keeps its promise among many who read and change at once', async () => {
    const tutor = newId<PersonId>();
    let truth = 0;
    const reader = async () => {
      const { answer: kept, generation } = await ours.look(tutor, 'week');
      // Whatever is given was true at some moment since the last change.
      if (kept) expect(kept.body).toBe(String(truth));
      const read = truth;
      await Promise.resolve();
      if (!kept && generation !== null) await ours.keep(tutor, 'week', generation, answer(String(read)));
    };
    for (let round = 0; round < 50; round++) {
      const reading = Array.from({ length: 5 }, reader);
      truth += 1;
      const dropped = ours.drop(tutor);
      await Promise.all([...reading, dropped]);
    }
    await reader();
    expect(await look(tutor)).toEqual(answer(String(truth)));
  });
}
