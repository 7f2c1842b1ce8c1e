import { onDay, type Scenario, scenario, type Tutor } from './scenario.ts';

const TIME = { ...onDay(5, 9, 12), is_recurring: false };
const ifMatch = (tag: string) => ({ 'if-match': tag });

describe('a change for a version that was read', () => {
  let s: Scenario;
  let tutor: Tutor;
  beforeAll(async () => {
    s = await scenario();
  });
  beforeEach(async () => {
    tutor = await s.tutor();
  });
  afterAll(() => s.end());

  it('of settings is made while they are that version, and once', async () => {
    expect((await tutor.settings()).etag).toBe('"v0"');
    expect(await tutor.change({ capacity: 2 }, ifMatch('"v0"'))).toMatchObject({ status: 200, etag: '"v1"' });
    const stale = await tutor.change({ capacity: 3 }, ifMatch('"v0"'));
    expect(stale).toMatchObject({ status: 412, body: { code: 'version_stale', current_version: 1 } });
    expect(await tutor.settings()).toMatchObject({ etag: '"v1"', body: { capacity: 2, version: 1 } });
  });

  it('of a block is made while it is that version, and once', async () => {
    const { body, etag } = await tutor.offer(TIME);
    const { availability_id: block } = body;
    expect(etag).toBe('"v1"');
    expect(await tutor.edit(block, { capacity: 2 }, ifMatch('"v1"'))).toMatchObject({ status: 200, etag: '"v2"' });
    const stale = { status: 412, body: { code: 'version_stale', current_version: 2 } };
    expect(await tutor.edit(block, { capacity: 3 }, ifMatch('"v1"'))).toMatchObject(stale);
    expect(await tutor.withdraw(block, '', ifMatch('"v1"'))).toMatchObject(stale);
    expect(await tutor.block(block)).toMatchObject({ etag: '"v2"', body: { capacity: 2 } });
    expect(await tutor.withdraw(block, '', ifMatch('"v2"'))).toMatchObject({ status: 204 });
  });

  it('of a block counts what is left of it as its next version, and what is divided from it as a first', async () => {
    const weekly = { ...TIME, is_recurring: true, rrule_string: 'FREQ=WEEKLY;COUNT=4' };
    const { availability_id: block } = (await tutor.offer(weekly)).body;
    const second = { scope: 'one', occurrence_at: '2030-03-12T09:00:00Z', capacity: 2 };
    expect(await tutor.edit(block, second, ifMatch('"v1"'))).toMatchObject({ status: 200, etag: '"v1"' });
    expect((await tutor.block(block)).etag).toBe('"v2"');
  });

  it.each([
    ['any of several that were read', '"v7", "v0"', 200],
    ['whatever there is', '*', 200],
    ['a tag that is weak, as RFC 9110 compares them', 'W/"v0"', 412],
    ['a tag of somebody else', '"2f0a"', 412],
    ['no tag at all', 'v0', 400],
  ])('is decided for %s', async (_, tag, status) => {
    expect((await tutor.change({ capacity: 2 }, ifMatch(tag))).status).toBe(status);
  });

  it('is made by one of those who read the same', async () => {
    const { availability_id: block } = (await tutor.offer(TIME)).body;
    const asked = Array.from({ length: 8 }, (_, n) => tutor.edit(block, { capacity: n + 2 }, ifMatch('"v1"')));
    const won = (await Promise.all(asked)).filter(({ status }) => status === 200);
    expect(won).toHaveLength(1);
    expect(await tutor.block(block)).toMatchObject({ etag: '"v2"', body: { version: 2 } });

    const changes = Array.from({ length: 8 }, () => tutor.change({ lesson_minutes: 30 }, ifMatch('"v0"')));
    const statuses = (await Promise.all(changes)).map(({ status }) => status);
    expect(statuses.toSorted()).toEqual([200, ...Array.from({ length: 7 }, () => 412)]);
  });
});
