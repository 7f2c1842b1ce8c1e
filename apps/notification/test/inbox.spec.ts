import { newId, type PersonId } from '@scheduling/domain';
import { insertNote } from '../src/inbox/inbox.store.ts';
import { type Scenario, scenario } from './preferences.scenario.ts';

describe('notifications', () => {
  let s: Scenario;
  let who: PersonId;
  beforeAll(async () => {
    s = await scenario();
  });
  afterAll(() => s.end());
  beforeEach(() => {
    who = s.person();
  });

  /** Gives somebody so many notes, a minute apart, the last one just now; answers their ids, the newest first. */
  const note = async (count: number, userId = who): Promise<string[]> => {
    const ids: string[] = [];
    for (let nth = count; nth > 0; nth--) {
      const id = await s.write({
        recipient_id: userId,
        channel: 'in_app',
        kind: 'booking_canceled',
        state: 'delivered',
      });
      const said = {
        id,
        kind: 'booking_canceled',
        title: `Note ${nth}`,
        body: 'It is off.',
        link: null,
        bookingId: null,
      };
      await s.db.transaction((tx) => insertNote(tx, userId, said));
      await s.source.query(
        'update in_app set created_at = created_at - make_interval(mins => $2) where message_id = $1',
        [id, nth - 1],
      );
      ids.unshift(id);
    }
    return ids;
  };
  const list = (query = '') => s.said(s.ask(query, who));
  const read = (path: string, by = who, body?: object) =>
    s.said(s.ask(path, by, { method: 'POST', ...(body && { body }) }));

  it('are listed, the newest first, page by page', async () => {
    const ids = await note(5);
    await note(2, s.person());
    const first = await list('?limit=2');
    expect(first).toMatchObject({ status: 200, unread_count: 5, next_cursor: ids[1] });
    expect(first['items'][0]).toEqual({
      notification_id: ids[0],
      kind: 'booking_canceled',
      title: 'Note 1',
      body: 'It is off.',
      link: null,
      booking_id: null,
      created_at: expect.any(String),
      read_at: null,
    });
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page = await list(`?limit=2${cursor && `&cursor=${cursor}`}`);
      seen.push(...page['items'].map(({ notification_id: id }: { notification_id: string }) => id));
      cursor = page['next_cursor'];
    }
    expect(seen).toEqual(ids);
  });

  it('are read one by one, once', async () => {
    const [newest, older] = await note(2);
    const first = await read(`/${newest}/read`);
    expect(first).toMatchObject({ status: 200, notification_id: newest, read_at: expect.any(String) });
    expect(await read(`/${newest}/read`)).toEqual(first);
    expect(await list('/unread-count')).toMatchObject({ status: 200, unread_count: 1 });
    const { items } = await list('?unread=true');
    expect(items.map(({ notification_id: id }: { notification_id: string }) => id)).toEqual([older]);
  });

  it('are read all together, or as many as had come by an instant', async () => {
    await note(3);
    const { items } = await list();
    expect(await read('/read-all', who, { until: items[1].created_at })).toMatchObject({
      status: 200,
      unread_count: 1,
    });
    expect((await list('?unread=true'))['items']).toMatchObject([{ notification_id: items[0].notification_id }]);
    expect(await read('/read-all')).toMatchObject({ status: 200, unread_count: 0 });
    expect(await read('/read-all', who, {})).toMatchObject({ status: 200, unread_count: 0 });
  });

  it('are counted aright, though several tabs read them at once', async () => {
    const ids = await note(6);
    await Promise.all([...ids.map((id) => read(`/${id}/read`)), read('/read-all'), read('/read-all')]);
    expect(await list()).toMatchObject({ unread_count: 0, items: ids.map(() => ({ read_at: expect.any(String) })) });
  });

  it('are nobody else’s', async () => {
    const [theirs] = await note(1, s.person());
    expect(await read(`/${theirs}/read`)).toMatchObject({ status: 404, code: 'notification_not_found' });
    expect(await read(`/${newId()}/read`)).toMatchObject({ status: 404 });
    expect(await list(`?cursor=${theirs}`)).toMatchObject({ status: 200, items: [], next_cursor: null });
    expect(await list()).toMatchObject({ items: [], unread_count: 0 });
  });

  it.each([
    ['?limit=0', 400],
    ['?limit=101', 400],
    ['?cursor=x', 400],
    ['?unread=perhaps', 400],
    ['?from=x', 400],
  ])('are not listed by %s', async (query, status) => {
    expect(await list(query)).toMatchObject({ status, code: 'malformed_request' });
  });

  it('are not read by what is no id, nor until what is no instant', async () => {
    expect(await read('/nonsense/read')).toMatchObject({ status: 400 });
    expect(await read('/read-all', who, { until: 'yesterday' })).toMatchObject({ status: 400 });
  });

  it('are for whoever is signed in', async () => {
    expect((await s.ask('')).status).toBe(401);
    expect((await s.ask('/unread-count')).status).toBe(401);
    expect((await s.ask('/read-all', undefined, { method: 'POST' })).status).toBe(401);
  });
});
