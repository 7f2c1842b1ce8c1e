import { newId, type PersonId } from '@scheduling/domain';
import { MemoryCache } from '../src/slot-cache/memory-cache.ts';
import { slotCacheContract } from './slot-cache.contract.ts';

describe('a cache in memory', () => {
  slotCacheContract(() => new MemoryCache());

  it('remembers that something happened to a tutor after a hundred thousand others', async () => {
    const cache = new MemoryCache();
    const tutor = newId<PersonId>();
    const { generation } = await cache.look(tutor, 'week');
    await cache.drop(tutor);
    for (let others = 0; others < 100_000; others++) await cache.drop(newId<PersonId>());
    await cache.keep(tutor, 'week', generation!, { body: 'stale', etag: '"stale"', until: 1 });
    expect((await cache.look(tutor, 'week')).answer).toBeNull();
  });
});
