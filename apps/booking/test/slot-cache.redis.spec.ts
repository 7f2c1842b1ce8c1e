import { Logger } from '@nestjs/common';
import { newId, type PersonId } from '@scheduling/domain';
import { until } from '@scheduling/testing';
import { Redis } from 'ioredis';
import { RedisCache } from '../src/slot-cache/redis-cache.ts';
import { slotCacheContract } from './slot-cache.contract.ts';

// Redis is away here on purpose, again and again.
Logger.overrideLogger(false);

// oxlint-disable-next-line node/no-process-env -- a Redis is not part of a test run, unless whoever starts it names one
const url = process.env['TEST_REDIS_URL'] ?? '';
const HOW =
  'redis-server --bind 127.0.0.1 --port 6399, then TEST_REDIS_URL=redis://127.0.0.1:6399 npm test -- apps/booking';
if (url === '') console.warn(`NOT RUN: the cache in Redis. To run it: ${HOW}`);

(url === '' ? describe.skip : describe)('a cache in Redis', () => {
  slotCacheContract(() => new RedisCache(url));

  it('gives nothing of a tutor whose change it could not write down, when Redis is there again', async () => {
    const [cache, witness, admin] = [new RedisCache(url), new RedisCache(url), new Redis(url)];
    const tutor = newId<PersonId>();
    const isThere = async (one: RedisCache) => (await one.look(newId<PersonId>(), 'week')).generation !== null;
    await until('both are connected', async () => (await isThere(cache)) && isThere(witness));
    await cache.keep(tutor, 'week', '', { body: 'stale', etag: '"stale"', until: 1 });
    await admin.client('KILL', 'TYPE', 'normal', 'SKIPME', 'yes');
    await until('the connection is gone', async () => !(await isThere(cache)));
    await cache.drop(tutor);
    await until('both are connected again', async () => (await isThere(cache)) && isThere(witness));
    expect((await witness.look(tutor, 'week')).answer?.body).toBe('stale');
    expect(await cache.look(tutor, 'week')).toEqual({ answer: null, generation: null });
    await Promise.all([cache.close(), witness.close(), admin.quit()]);
  });

  it('keeps so many answers about a tutor at most, and forgets no change for it', async () => {
    const [cache, admin] = [new RedisCache(url), new Redis(url)];
    await until('it is connected', async () => (await cache.look(newId<PersonId>(), 'week')).generation !== null);
    const tutor = newId<PersonId>();
    const { generation: before } = await cache.look(tutor, 'week');
    await cache.drop(tutor);
    const { generation } = await cache.look(tutor, 'week');
    const answer = { body: 'one', etag: '"one"', until: 1 };
    for (let query = 0; query < 200; query++) await cache.keep(tutor, String(query), generation!, answer);
    expect(await admin.hlen(`slots:${tutor}`)).toBeLessThan(100);
    await cache.keep(tutor, 'week', before!, answer);
    expect(await cache.look(tutor, 'week')).toEqual({ answer: null, generation });
    await Promise.all([cache.close(), admin.quit()]);
  });

  it('tells other replicas what happened, and shares what was read', async () => {
    const [here, there] = [new RedisCache(url), new RedisCache(url)];
    const tutor = newId<PersonId>();
    await until('both are connected', async () => {
      const looks = await Promise.all([here.look(tutor, 'week'), there.look(tutor, 'week')]);
      return looks.every(({ generation }) => generation !== null);
    });
    const { generation } = await here.look(tutor, 'week');
    await here.keep(tutor, 'week', generation!, { body: 'one', etag: '"one"', until: 1 });
    expect((await there.look(tutor, 'week')).answer?.body).toBe('one');
    await here.drop(tutor);
    expect((await there.look(tutor, 'week')).answer).toBeNull();
    await Promise.all([here.close(), there.close()]);
  });
});

describe('a cache in a Redis that is not there', () => {
  it('is an empty one, and no error', async () => {
    const cache = new RedisCache('redis://127.0.0.1:1');
    const tutor = newId<PersonId>();
    expect(await cache.look(tutor, 'week')).toEqual({ answer: null, generation: null });
    await cache.keep(tutor, 'week', '', { body: 'one', etag: '"one"', until: 1 });
    await cache.drop(tutor);
    expect(await cache.look(tutor, 'week')).toEqual({ answer: null, generation: null });
    await cache.close();
  });
});
