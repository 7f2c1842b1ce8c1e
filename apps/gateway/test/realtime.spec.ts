import { newId, type PersonId } from '@scheduling/domain';
import { until } from '@scheduling/testing';
import { WebSocket } from 'ws';
import { BookingDouble, Follower } from './realtime.scenario.ts';
import { scene, type Scene } from './scenario.ts';

const PATH = '/api/v1/scheduling/realtime';

describe('realtime', () => {
  let s: Scene;
  let house: BookingDouble;
  const tutor = newId<PersonId>();
  const topic = `tutor:${tutor}:slots`;
  const open: Follower[] = [];
  beforeAll(async () => {
    s = await scene();
    house = new BookingDouble(s);
  });
  beforeEach(() => house.clear());
  afterEach(() => open.splice(0).forEach((one) => one.close()));
  afterAll(() => s.close());

  const follower = async (token?: string): Promise<Follower> => {
    const one = await Follower.open(`${s.url}${PATH}`, token ?? (await s.issuer.token()));
    open.push(one);
    return one;
  };

  it('shows a tutor’s slots at once, then only what changes', async () => {
    house.open(tutor, 'a', 'b');
    const one = await follower();
    one.say({ type: 'subscribe', topic });
    await one.heard('snapshot');
    house.close(tutor, 'a');
    await house.tell(tutor);
    const delta = await one.heard('delta');
    expect(delta).toMatchObject({ topic, upsert: [], remove: [house.idOf('a')] });
    expect([...one.state(topic).keys()]).toEqual([house.idOf('b')]);
  });

  it('leaves out what only the clock of a reader makes of a slot', async () => {
    house.open(tutor, 'a');
    const one = await follower();
    one.say({ type: 'subscribe', topic });
    const { items } = await one.heard('snapshot');
    expect(Object.keys((items as object[])[0]!)).toEqual(['slot_id', 'tutor_id', 'start_at', 'seats_left']);
  });

  it('tells whoever comes back what has changed meanwhile, or that nothing has', async () => {
    house.open(tutor, 'a', 'b');
    const stays = await follower();
    stays.say({ type: 'subscribe', topic });
    const { version } = await stays.heard('snapshot');
    const same = await follower();
    same.say({ type: 'subscribe', topic, from: version });
    expect(await same.heard('resumed')).toMatchObject({ topic, version });
    house.close(tutor, 'b');
    await house.tell(tutor);
    await stays.heard('delta');
    const back = await follower();
    back.say({ type: 'subscribe', topic, from: version });
    expect(await back.heard('delta')).toMatchObject({ from: version, remove: [house.idOf('b')] });
  });

  it('begins anew with whoever has a version that nobody remembers', async () => {
    house.open(tutor, 'a');
    const one = await follower();
    one.say({ type: 'subscribe', topic, from: 'from another world' });
    await one.heard('reset');
    expect((await one.heard('snapshot'))['items']).toHaveLength(1);
  });

  it('shows a person what is their own, and nobody else’s', async () => {
    const [ann, bob] = [newId<PersonId>(), newId<PersonId>()];
    house.book(ann, 'lesson');
    house.note(ann, 'told');
    const one = await follower(await s.issuer.token({ id: ann }));
    one.say({ type: 'subscribe', topic: 'me' });
    const { items } = await one.heard('snapshot');
    expect(items).toMatchObject([{ kind: 'booking' }, { kind: 'notification', about: 'told' }]);
    const other = await follower(await s.issuer.token({ id: bob }));
    other.say({ type: 'subscribe', topic: 'me' });
    expect((await other.heard('snapshot'))['items']).toEqual([]);
    house.note(ann, 'more');
    await s.log.state('scheduling.notification.NotificationDelivered.v1', ann, { user_id: ann });
    expect(await one.heard('delta')).toMatchObject({ upsert: [{ about: 'more' }] });
    expect(other.all('delta')).toEqual([]);
  });

  it.each([
    ['no token at all', undefined, 'not_signed_in'],
    ['a token that is none', 'a.b.c', 'not_signed_in'],
  ])('turns away whoever says hello with %s', async (_what, token, code) => {
    const one = await Follower.open(`${s.url}${PATH}`, null);
    open.push(one);
    one.say(token === undefined ? { type: 'subscribe', topic } : { type: 'hello', token });
    expect(await one.heard('bye')).toMatchObject({ code: token === undefined ? 'hello_first' : code });
    await one.closed;
  });

  it.each([
    ['no JSON', 'hello', 'message_not_understood'],
    ['a list', '[]', 'message_not_understood'],
    ['an unknown type', '{"type":"shout","topic":"me"}', 'message_not_understood'],
    ['an unknown topic', '{"type":"subscribe","topic":"everything"}', 'topic_unknown'],
    ['a version that is no word', '{"type":"subscribe","topic":"me","from":{}}', 'message_not_understood'],
  ])('says what is wrong with %s, and stays', async (_what, text, code) => {
    const one = await follower();
    one.sayText(text);
    expect(await one.heard('error')).toMatchObject({ code });
    one.say({ type: 'subscribe', topic });
    await one.heard('snapshot');
  });

  it('follows so many topics on one connection, and no more', async () => {
    const one = await follower();
    for (let n = 0; n < 17; n += 1) one.say({ type: 'subscribe', topic: `tutor:${newId<PersonId>()}:slots` });
    expect(await one.heard('error')).toMatchObject({ code: 'too_many_topics' });
    expect(one.all('snapshot')).toHaveLength(16);
  });

  it('refuses a flood of messages', async () => {
    const one = await follower();
    for (let n = 0; n < 40; n += 1) one.say({ type: 'unsubscribe', topic: 'me' });
    expect(await one.heard('error')).toMatchObject({ code: 'too_many_messages' });
  });

  it('lets one person have so many connections, and another person theirs', async () => {
    const token = await s.issuer.token();
    const many = await Promise.all(Array.from({ length: 8 }, () => follower(token)));
    await Promise.all(many.map((one) => one.heard('hello')));
    const late = await follower(token);
    expect(await late.heard('bye')).toMatchObject({ code: 'too_many_connections' });
    await (await follower()).heard('hello');
    many[0]!.close();
    await many[0]!.closed;
    await until('a connection to be free again', async () => {
      const again = await follower(token);
      await again.heard('hello', 'bye');
      return again.all('hello').length === 1;
    });
  });

  it('says goodbye when the token expires, unless a fresh one of the same person came', async () => {
    const id = newId<PersonId>();
    const soon = { id, claims: { exp: Math.floor(Date.now() / 1000) + 4 } };
    const [one, two] = [await follower(await s.issuer.token(soon)), await follower(await s.issuer.token(soon))];
    two.say({ type: 'hello', token: await s.issuer.token({ id }) });
    expect(await one.heard('bye')).toMatchObject({ code: 'token_expired' });
    two.say({ type: 'subscribe', topic });
    await two.heard('snapshot');
  });

  it('says that a topic cannot be read just now, and lets ask again', async () => {
    house.isDown = true;
    const one = await follower();
    one.say({ type: 'subscribe', topic });
    expect(await one.heard('error')).toMatchObject({ code: 'feed_unavailable', topic });
    house.isDown = false;
    one.say({ type: 'subscribe', topic });
    await one.heard('snapshot');
  });

  it('opens no other address to WebSockets', async () => {
    const socket = new WebSocket(`${s.url}/api/v1/scheduling/bookings`.replace('http', 'ws'));
    const status = await new Promise((resolve) => {
      socket.on('unexpected-response', (_request, { statusCode }) => resolve(statusCode));
      socket.on('error', () => undefined);
    });
    expect(status).toBe(404);
  });
});
