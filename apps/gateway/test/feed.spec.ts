import { until } from '@scheduling/testing';
import { Feed, type Told } from '../src/realtime/feed.ts';

describe('a feed', () => {
  it('goes on for the others where the token of one who follows is refused meanwhile', async () => {
    let [items, refused] = [['a'], ''];
    const feed = new Feed({
      read: (token) =>
        token === refused
          ? Promise.reject(new Error('refused'))
          : Promise.resolve(new Map(items.map((slot_id) => [slot_id, { slot_id }]))),
      idOf: ({ slot_id }) => String(slot_id),
      healMs: 60_000,
    });
    const heard: Told['type'][] = [];
    await feed.follow({ token: () => 'good', tell: ({ type }) => heard.push(type) }, null);
    await feed.follow({ token: () => 'withdrawn', tell: () => undefined }, null);
    [items, refused] = [['b'], 'withdrawn'];
    feed.touch();
    await until('the change', () => heard.includes('delta'));
    feed.close();
    expect(heard).toEqual(['snapshot', 'delta']);
  });
});
