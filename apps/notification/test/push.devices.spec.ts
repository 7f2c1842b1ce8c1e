import { randomUUID } from 'node:crypto';
import type { PersonId } from '@scheduling/domain';
import { until } from '@scheduling/testing';
import { MessagesConsumer } from '../src/messages/messages.consumer.ts';
import { keepDevice } from '../src/push/devices.store.ts';
import { lesson } from './booking-says.ts';
import { scenario } from './preferences.scenario.ts';
import { pushServices } from './push.scenario.ts';

type Services = Awaited<ReturnType<typeof pushServices>>;

describe('a device', () => {
  let services: Services;
  let s: Awaited<ReturnType<typeof scenario>>;
  beforeAll(async () => {
    services = await pushServices();
    s = await scenario(services.settings);
  });
  afterAll(async () => {
    await s.end();
    await services.close();
  });

  const post = (who: PersonId | undefined, body: object) => s.ask('/devices', who, { method: 'POST', body });
  const remove = async (who: PersonId, id: string) => (await s.ask(`/devices/${id}`, who, { method: 'DELETE' })).status;
  const listed = async (who: PersonId) =>
    ((await (await s.ask('/devices', who)).json()) as { items: { device_id: string; platform: string }[] }).items;
  const telephone = () => ({ platform: 'android', token: services.fcm.install('android') });
  const browser = () => ({ platform: 'web', subscription: { ...services.web.subscribe(), expirationTime: null } });

  it('is registered once, is listed without what it is reached by, and is let go', async () => {
    const who = s.person();
    const [phone, web] = [telephone(), browser()];
    const first = await post(who, phone);
    const made = (await first.json()) as { device_id: string };
    expect([first.status, made]).toEqual([
      201,
      {
        device_id: expect.any(String),
        platform: 'android',
        created_at: expect.any(String),
        last_used_at: expect.any(String),
      },
    ]);
    const again = await post(who, phone);
    expect([again.status, ((await again.json()) as typeof made).device_id]).toEqual([200, made.device_id]);
    expect((await post(who, web)).status).toBe(201);
    expect(new Set((await listed(who)).map(({ platform }) => platform))).toEqual(new Set(['web', 'android']));
    expect(await remove(who, made.device_id)).toBe(204);
    expect(await remove(who, made.device_id)).toBe(404);
    expect(await listed(who)).toMatchObject([{ platform: 'web' }]);
  });

  it('is its owner’s alone to see and to let go', async () => {
    const [owner, other] = [s.person(), s.person()];
    const { device_id: id } = (await (await post(owner, telephone())).json()) as { device_id: string };
    expect(await listed(other)).toEqual([]);
    expect(await remove(other, id)).toBe(404);
    expect(await listed(owner)).toHaveLength(1);
    expect((await s.ask('/devices')).status).toBe(401);
    expect((await post(undefined, telephone())).status).toBe(401);
  });

  it('goes to whoever signs in on it, with keys of theirs', async () => {
    const [before, after] = [s.person(), s.person()];
    const { subscription } = browser();
    const old = (await (await post(before, { platform: 'web', subscription })).json()) as { device_id: string };
    const { keys } = services.web.subscribe();
    expect((await post(after, { platform: 'web', subscription: { ...subscription, keys } })).status).toBe(201);
    expect(await listed(before)).toEqual([]);
    expect(await remove(before, old.device_id)).toBe(404);
    expect(await listed(after)).toHaveLength(1);
    const [row] = await s.source.query('select p256dh from push_devices where user_id = $1', [after]);
    expect(row).toEqual({ p256dh: keys.p256dh });
  });

  it('is one, however many register it at once', async () => {
    const people = [s.person(), s.person(), s.person()];
    const phone = telephone();
    const asked = await Promise.all([...people, ...people, ...people].map((who) => post(who, phone)));
    expect(asked.map(({ status }) => status).filter((status) => status >= 300)).toEqual([]);
    const all = await Promise.all(people.map(listed));
    expect(all.flat()).toHaveLength(1);
  });

  it('is the last one’s of two who register it at once', async () => {
    const [first, last] = [s.person(), s.person()];
    const phone = telephone();
    const [kept, over] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const begun = s.db.transaction(async (tx) => {
      await keepDevice(tx, first, { platform: 'android', address: phone.token, keys: null });
      kept.resolve();
      await over.promise;
    });
    await kept.promise;
    const asked = post(last, phone);
    const waiting = `select from pg_stat_activity 
       where datname = current_database() and wait_event_type = 'Lock' and query like '%push_devices%'`;
    await until('the last one waits', async () => (await s.source.query(waiting)).length === 1);
    over.resolve();
    await begun;
    expect((await asked).status).toBe(200);
    expect([await listed(first), await listed(last)]).toMatchObject([[], [{ platform: 'android' }]]);
  });

  it('takes the place of the one longest not used where there are twenty', async () => {
    const who = s.person();
    const [first, second] = [telephone(), telephone()];
    const ids: string[] = [];
    for (const phone of [first, second])
      ids.push(((await (await post(who, phone)).json()) as { device_id: string }).device_id);
    // As if it were long ago.
    for (const [n, id] of ids.entries())
      await s.source.query(
        'update push_devices set last_used_at = last_used_at - make_interval(hours => $2) where id = $1',
        [id, 9 - n],
      );
    await post(who, first);
    await Promise.all(Array.from({ length: 19 }, () => post(who, telephone())));
    const left = (await listed(who)).map(({ device_id: id }) => id);
    expect(left).toHaveLength(20);
    expect([left.includes(ids[0]!), left.includes(ids[1]!)]).toEqual([true, false]);
  });

  const keys = { p256dh: `B${'A'.repeat(86)}`, auth: 'A'.repeat(22) };
  it.each([
    ['no platform', { token: 'x' }],
    ['a platform that there is not', { platform: 'pager', token: 'x' }],
    ['a telephone without a token', { platform: 'ios' }],
    ['a telephone with an empty token', { platform: 'ios', token: '' }],
    ['a token of two words', { platform: 'ios', token: 'x y' }],
    ['a token without an end', { platform: 'ios', token: 'x'.repeat(2001) }],
    ['a token that is no text', { platform: 'ios', token: { $ne: 1 } }],
    ['a browser without a subscription', { platform: 'web' }],
    ['a browser with a token', { platform: 'web', token: 'x' }],
    ['a subscription that is none', { platform: 'web', subscription: 'x' }],
    [
      'a key that is no point of the curve',
      { platform: 'web', subscription: { endpoint: 'https://x.example/', keys } },
    ],
    ['more than there is', { platform: 'ios', token: 'x', user_id: randomUUID() }],
  ])('is refused with %s', async (_what, body) => {
    const answer = await post(s.person(), body);
    expect([answer.status, await answer.json()]).toMatchObject([400, { code: 'malformed_request' }]);
  });

  it.each([
    'http://updates.push.services.mozilla.com/wpush/v2/x',
    'https://127.0.0.1/x',
    'https://2130706433/x',
    'https://0x7f.1/x',
    'https://[::1]/x',
    'https://[::ffff:10.0.0.1]/x',
    'https://169.254.169.254/latest/meta-data',
    'https://10.1.2.3/x',
    'https://someone:secret@push.example.org/x',
    'http://127.0.0.1:1/x',
    'ftp://push.example.org/x',
    'javascript:alert(1)',
    'x',
  ])('cannot lead us to %s', async (endpoint) => {
    const { keys: good } = services.web.subscribe();
    const answer = await post(s.person(), { platform: 'web', subscription: { endpoint, keys: good } });
    expect([answer.status, await answer.json()]).toMatchObject([422, { code: 'push_endpoint_not_allowed' }]);
  });

  it('shows what is due', async () => {
    const who = s.person();
    await s.meet(who);
    const phone = telephone();
    await post(who, phone);
    const booked = lesson({
      student_id: who,
      start_at: '2090-03-01T12:00:00.000Z',
      end_at: '2090-03-01T13:00:00.000Z',
    });
    await s.db.transaction((tx) => s.get(MessagesConsumer).confirmed(tx, booked));
    const shown = () => services.fcm.shown().filter(({ address }) => address === phone.token);
    await until('it is there', () => shown().length === 1);
    expect(shown()).toMatchObject([{ kind: 'booking_confirmed', body: expect.stringContaining('12:00') }]);
  });

  it('subscribes with the key that is told', async () => {
    const told = await s.ask('/push/key', s.person());
    expect([told.status, await told.json()]).toEqual([200, { public_key: services.settings.VAPID_PUBLIC_KEY }]);
  });

  describe('where no push service is set up', () => {
    let bare: typeof s;
    beforeAll(async () => {
      bare = await scenario();
    });
    afterAll(() => bare.end());

    it('is told so', async () => {
      const who = bare.person();
      const key = await bare.ask('/push/key', who);
      expect([key.status, await key.json()]).toMatchObject([404, { code: 'push_not_set_up', platform: 'web' }]);
      for (const body of [browser(), telephone()])
        expect((await bare.ask('/devices', who, { method: 'POST', body })).status).toBe(404);
    });
  });
});
