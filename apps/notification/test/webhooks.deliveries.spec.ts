import { until } from '@scheduling/testing';
import { Webhook } from 'standardwebhooks';
import { cancellation, lesson } from './booking-says.ts';
import { type Scenario, scenario } from './webhooks.scenario.ts';

describe('a webhook', () => {
  let s: Scenario;
  beforeAll(async () => {
    s = await scenario();
  });
  afterAll(() => s.end());

  const ids = (items: readonly { readonly headers: Record<string, string> }[]) => [
    ...new Set(items.map(({ headers }) => headers['webhook-id'])),
  ];

  it('brings an event as it stands in the log, signed, to whoever wants it', async () => {
    const all = await s.open(['*']);
    const some = await s.open(['BookingCanceled']);
    const other = await s.open(['SlotHeld', 'LessonConflicted']);
    const booked = lesson();
    const [first, second] = await s.state(booked, cancellation(booked));
    const heard = await s.arrivals(all, 2);
    expect(heard.map(({ body }) => JSON.parse(body))).toEqual(expect.arrayContaining([first, second]));
    const [only] = await s.arrivals(some, 1);
    expect(new Webhook(some.secret).verify(only!.body, only!.headers)).toEqual(second);
    expect(() => new Webhook(all.secret).verify(only!.body, only!.headers)).toThrow('No matching signature');
    expect(only!.headers).toMatchObject({
      'content-type': 'application/json',
      'webhook-id': `msg_${second!.id}_${some.id}`,
    });
    expect(await s.all(some, 'delivered')).toMatchObject([
      { event_id: second!.id, event_type: 'BookingCanceled', attempts: 1, last_status: 204, next_attempt_at: null },
    ]);
    expect(await s.log(other)).toEqual([]);
  });

  it('comes once for an event that is heard twice', async () => {
    const endpoint = await s.open();
    const fact = lesson();
    const [first] = await s.state(fact);
    await s.all(endpoint, 'delivered');
    await s.hear(fact, first!);
    await s.state(lesson());
    expect(ids(await s.arrivals(endpoint, 2))).toHaveLength(2);
    expect(await s.all(endpoint, 'delivered', 2)).toHaveLength(2);
    expect(s.platform.at(endpoint.path)).toHaveLength(2);
  });

  it.each([
    ['answers 500', 500, 'answered 500'],
    ['answers 404', 404, 'answered 404'],
    ['sends us elsewhere', 307, 'answered 307'],
    ['hangs up without an answer', null, 'ECONNRESET'],
  ])('is tried again, the same to the octet, where the platform %s', async (_what, status, error) => {
    const elsewhere = await s.open(['LessonConflicted']);
    const endpoint = await s.open(['*'], (request, response) =>
      status === null
        ? request.socket.destroy()
        : response.writeHead(status, { location: `${s.platform.origin}${elsewhere.path}` }).end(),
    );
    await s.state(lesson());
    await until('the first try is over', async () => (await s.log(endpoint))[0]?.last_error === error);
    expect((await s.said(`/${endpoint.id}`))['failures']).toBeGreaterThan(0);
    s.platform.answer(endpoint.path);
    await s.hurry(endpoint);
    expect(await s.all(endpoint, 'delivered')).toMatchObject([{ last_status: 204, last_error: null }]);
    const [first, ...others] = await s.arrivals(endpoint, 2);
    for (const { headers, body } of others) {
      expect(headers['webhook-id']).toBe(first!.headers['webhook-id']);
      expect(body).toBe(first!.body);
      expect(new Webhook(endpoint.secret).verify(body, headers)).toBeTruthy();
    }
    expect(await s.said(`/${endpoint.id}`)).toMatchObject({ is_enabled: true, failures: 0, failing_since: null });
    expect(s.platform.at(elsewhere.path)).toEqual([]);
  });

  it('waits as long as the platform wants', async () => {
    const endpoint = await s.open(['*'], (_, response) => response.writeHead(429, { 'retry-after': '1000' }).end());
    const began = Date.now();
    await s.state(lesson());
    await until('the first try is over', async () => (await s.log(endpoint))[0]?.last_status === 429);
    const [busy] = await s.log(endpoint);
    expect(Date.parse(busy!.next_attempt_at!)).toBeGreaterThan(began + 990_000);
    const [{ rests }] = await s.source.query('select rests_until as rests from webhook_endpoints where id = $1', [
      endpoint.id,
    ]);
    expect((rests as Date).getTime()).toBeGreaterThan(began + 990_000);
  });

  it('is not held up by a platform that hangs', async () => {
    const hanging = await Promise.all(Array.from({ length: 3 }, () => s.open(['*'], () => undefined)));
    const quick = await s.open();
    const facts = Array.from({ length: 12 }, () => lesson());
    await s.state(...facts);
    expect(await s.arrivals(quick, 12)).toHaveLength(12);
    for (const one of hanging) expect((await s.arrivals(one, 4)).length).toBe(4);
    await Promise.all(hanging.map(({ id }) => s.said(`/${id}`, { method: 'DELETE' })));
  });

  it('is dead after twelve tries, until somebody has it sent again', async () => {
    const endpoint = await s.open(['*'], (_, response) => response.writeHead(500).end());
    await s.state(lesson());
    await until('the first try is over', async () => (await s.log(endpoint))[0]?.last_status === 500);
    await s.source.query('update webhook_deliveries set attempts = 11 where endpoint_id = $1', [endpoint.id]);
    await s.hurry(endpoint);
    const [dead] = await s.all(endpoint, 'dead');
    expect(dead).toMatchObject({ attempts: 12, next_attempt_at: null, last_error: 'answered 500' });
    s.platform.answer(endpoint.path);
    await s.source.query('update webhook_endpoints set rests_until = null where id = $1', [endpoint.id]);
    const replay = () =>
      s.said(`/${endpoint.id}/deliveries/${dead!.delivery_id}/replay`, {
        method: 'POST',
        headers: { 'idempotency-key': dead!.delivery_id },
      });
    const first = await replay();
    expect(first).toMatchObject({ status: 202, state: 'planned', attempts: 0 });
    expect(await s.all(endpoint, 'delivered')).toMatchObject([{ delivery_id: dead!.delivery_id, attempts: 1 }]);
    expect(ids(await s.arrivals(endpoint, 3))).toHaveLength(1);
    expect(await replay()).toEqual(first);
    expect(await s.log(endpoint)).toMatchObject([{ state: 'delivered' }]);
  });

  it('is counted by what became of it', async () => {
    const endpoint = await s.open(['*'], (_, response) => response.writeHead(410).end());
    await s.state(lesson());
    await s.arrivals(endpoint, 1);
    const counted = async () => (await fetch(`${await s.app.getUrl()}/metrics`)).text();
    await until('it is counted', async () => /webhook_tries_total\{outcome="disabled"\} 1\b/.test(await counted()));
    expect(await counted()).toMatch(/webhook_tries_total\{outcome="delivered"\} \d+/);
  });
});
