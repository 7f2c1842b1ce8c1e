import { until } from '@scheduling/testing';
import { ChannelsService } from '../src/busy/channels.service.ts';
import { scenario, type Scenario, type Someone } from './scenario.ts';

describe('a push', () => {
  let s: Scenario;
  let olena: Someone;
  beforeAll(async () => {
    s = await scenario();
    olena = await s.connected('Olena');
    await s.settle();
  });
  afterEach(() => s.settle());
  afterAll(() => s.end());

  const channel = () => s.google.channels().find(({ email }) => email === olena.email)!;
  const headers = () => ({
    'x-goog-channel-id': channel().id,
    'x-goog-channel-token': channel().token!,
    'x-goog-resource-id': channel().resourceId,
    'x-goog-resource-state': 'exists',
    'x-goog-message-number': String(Date.now()),
  });
  const push = (given: Record<string, string>, body?: string) =>
    fetch(`${s.publicUrl}/api/v1/scheduling/webhooks/google-calendar`, {
      method: 'POST',
      headers: given,
      ...(body !== undefined && { body }),
    });
  const asked = async () =>
    (
      await s.source.query('select asked_at from watched_calendars where user_id = $1', [olena.id])
    )[0].asked_at.getTime();

  it('makes its calendar due', async () => {
    const before = await asked();
    expect((await push(headers())).status).toBe(200);
    expect(await asked()).toBeGreaterThan(before);
    await s.settle();
  });

  it('comes with an empty body of JSON, as Google sends it', async () => {
    const given = { ...headers(), 'content-type': 'application/json; utf-8' };
    expect((await push(given, '')).status).toBe(200);
    await s.settle();
  });

  it('that carries garbage is refused, and is no fault of ours', async () => {
    expect((await push({ ...headers(), 'content-type': 'application/json' }, '{"evil":')).status).toBe(400);
  });

  it.each<[string, Record<string, string>]>([
    ['another token', { 'x-goog-channel-token': 'x' }],
    ['no token', { 'x-goog-channel-token': '' }],
    ['a channel of nobody', { 'x-goog-channel-id': '0b2f0c3e-8a8e-4b1c-9c57-0d3f1f1b2a01' }],
    ['a channel that is no id', { 'x-goog-channel-id': "'; drop table channels" }],
    ['another resource', { 'x-goog-resource-id': 'other' }],
    ['a number that is none', { 'x-goog-message-number': 'many' }],
    ['a state that nobody knows', { 'x-goog-resource-state': 'exploded' }],
  ])('with %s is a stranger’s, or nothing', async (_, wrong) => {
    const before = await asked();
    const { status } = await push({ ...headers(), ...wrong });
    expect([200, 404]).toContain(status);
    if (!('x-goog-resource-state' in wrong)) expect(await asked()).toBe(before);
  });

  it('without any header is nobody’s', async () => {
    expect((await push({})).status).toBe(404);
  });

  it('goes on without a gap where its channel is nearly over: the next is open before the last is stopped', async () => {
    const old = channel();
    await s.source.query("update channels set expires_at = now() + interval '1 hour' where id = $1", [old.id]);
    const order: string[] = [];
    const stop = s.google.onRequest(({ path, phase }) => {
      if (phase === 'after' && /watch$|stop$/.test(path)) order.push(path.split('/').at(-1)!);
    });
    await s.source.query("update watched_calendars set next_attempt_at = '-infinity' where state = 'planned'");
    await until('the old one to be stopped', () => !s.google.channels().some(({ id }) => id === old.id));
    stop();
    expect(order).toEqual(['watch', 'stop']);
    expect(s.google.channels().filter(({ email }) => email === olena.email)).toHaveLength(1);
    await s.settle();
  });

  it('is stopped where its calendar is read no more', async () => {
    await s.ask(`/calendar/calendars/${encodeURIComponent(olena.email)}`, {
      as: olena,
      method: 'PUT',
      body: { busy: false, write: false },
    });
    await s.get(ChannelsService).sweep();
    expect(s.google.channels().filter(({ email }) => email === olena.email)).toEqual([]);
  });
});
