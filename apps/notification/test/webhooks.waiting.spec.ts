import { until } from '@scheduling/testing';
import { lesson } from './booking-says.ts';
import type { Envelope } from '@scheduling/events';
import { WebhookLogService } from '../src/webhooks/webhook-log.service.ts';
import { type Arrival, type Opened, type Scenario, scenario } from './webhooks.scenario.ts';

describe('an endpoint', () => {
  let s: Scenario;
  let witness: Opened;
  beforeAll(async () => {
    s = await scenario();
  });
  afterAll(() => s.end());
  beforeEach(async () => {
    witness = await s.open();
  });

  const idsOf = (arrivals: readonly Arrival[]) => arrivals.map(({ body }) => (JSON.parse(body) as Envelope).id);

  /** States so many facts, and waits until they are heard. */
  const heard = async (count: number): Promise<string[]> => {
    const facts = await s.state(...Array.from({ length: count }, () => lesson()));
    await s.arrivals(witness, count);
    return facts.map(({ id }) => id);
  };

  it('that is disabled loses nothing: all of it comes when it is enabled, in the order of events', async () => {
    const endpoint = await s.open();
    expect(await s.change(endpoint, { is_enabled: false })).toMatchObject({
      status: 200,
      is_enabled: false,
      disabled_reason: 'by an operator',
    });
    const stated = await heard(8);
    expect(await s.all(endpoint, 'planned', 8)).toMatchObject(stated.map((event_id) => ({ event_id, attempts: 0 })));
    expect(s.platform.at(endpoint.path)).toEqual([]);
    expect(await s.said(`/${endpoint.id}/test`, { method: 'POST' })).toMatchObject({
      status: 409,
      code: 'webhook_endpoint_disabled',
    });
    expect(await s.change(endpoint, { is_enabled: true })).toMatchObject({ is_enabled: true, disabled_reason: null });
    expect(idsOf(await s.arrivals(endpoint, 8))).toEqual(stated);
    await s.all(endpoint, 'delivered', 8);
    const [{ is_behind }] = await s.source.query('select is_behind from webhook_endpoints where id = $1', [
      endpoint.id,
    ]);
    expect(is_behind).toBe(false);
  });

  it('that is gone is disabled, and goes on from there', async () => {
    const endpoint = await s.open(['*'], (_, response) => response.writeHead(410).end());
    const stated = await heard(1);
    await until('it is disabled', async () => !(await s.said(`/${endpoint.id}`))['is_enabled']);
    expect(await s.said(`/${endpoint.id}`)).toMatchObject({ disabled_reason: 'answered 410 Gone', failures: 1 });
    stated.push(...(await heard(3)));
    expect(s.platform.at(endpoint.path)).toHaveLength(1);
    s.platform.answer(endpoint.path);
    await s.change(endpoint, { is_enabled: true });
    expect(idsOf(await s.arrivals(endpoint, 5)).slice(1)).toEqual(stated);
  });

  it('that failed for five days is disabled by itself, and keeps what it did not take', async () => {
    const endpoint = await s.open(['*'], (_, response) => response.writeHead(503).end());
    await heard(1);
    await until('it fails', async () => (await s.said(`/${endpoint.id}`))['failures'] > 0);
    await s.source.query("update webhook_endpoints set failing_since = now() - interval '5 days' where id = $1", [
      endpoint.id,
    ]);
    await s.source.query('update webhook_deliveries set attempts = 11 where endpoint_id = $1', [endpoint.id]);
    await s.hurry(endpoint);
    await until('it is disabled', async () => !(await s.said(`/${endpoint.id}`))['is_enabled']);
    expect(await s.said(`/${endpoint.id}`)).toMatchObject({ disabled_reason: 'failed everything for 5 days' });
    s.platform.answer(endpoint.path);
    await s.change(endpoint, { is_enabled: true });
    expect(await s.all(endpoint, 'delivered')).toMatchObject([{ attempts: 1 }]);
  });

  it('that fails is asked no more than now and then, by one', async () => {
    const endpoint = await s.open(['*'], (_, response) => response.writeHead(500).end());
    await s.change(endpoint, { is_enabled: false });
    await heard(6);
    await s.change(endpoint, { is_enabled: true });
    await until('it has failed', async () => (await s.said(`/${endpoint.id}`))['failures'] > 0);
    // It rests for at least half a second, and what waits is not tried meanwhile: the tries are as many as the failures.
    const tried = (await s.log(endpoint)).reduce((sum, { attempts }) => sum + attempts, 0);
    const { failures } = await s.said(`/${endpoint.id}`);
    expect(tried - Number(failures)).toBeLessThanOrEqual(1);
    expect(tried).toBeLessThan(6);
  });

  it('gets what waits at its new address', async () => {
    const endpoint = await s.open(['*'], (_, response) => response.writeHead(500).end());
    const stated = await heard(1);
    await until('it fails', async () => (await s.said(`/${endpoint.id}`))['failures'] > 0);
    const path = `${endpoint.path}/new`;
    const moved = await s.change(endpoint, { url: `${s.platform.origin}${path}` });
    expect(moved).toMatchObject({ status: 200, failures: 0, failing_since: null });
    expect(idsOf(await s.arrivals({ ...endpoint, path }, 1))).toEqual(stated);
  });

  it('gets a window of events again, in their order', async () => {
    const endpoint = await s.open();
    const stated = await heard(6);
    await s.all(endpoint, 'delivered', 6);
    // A minute lies between each of these events.
    for (const [nth, id] of stated.entries())
      await s.source.query('update webhook_events set at = $2 where id = $1', [id, `2026-01-01T00:0${nth}:00Z`]);
    const window = { from: '2026-01-01T00:01:00Z', until: '2026-01-01T00:05:00Z' };
    expect(await s.said(`/${endpoint.id}/replay`, { method: 'POST', body: window })).toMatchObject({
      status: 202,
      planned: 4,
    });
    expect(idsOf(await s.arrivals(endpoint, 10)).slice(6)).toEqual(stated.slice(1, 5));
    const whole = { from: '2026-01-01T00:00:00Z' };
    expect(await s.said(`/${endpoint.id}/replay`, { method: 'POST', body: whole })).toMatchObject({ planned: 6 });
    expect(idsOf(await s.arrivals(endpoint, 16)).slice(10)).toEqual(stated);
    const refused = { from: window.until, until: window.from };
    expect(await s.said(`/${endpoint.id}/replay`, { method: 'POST', body: refused })).toMatchObject({
      status: 422,
      code: 'webhook_window_empty',
    });
  });

  it('is forgotten with all that waited for it, and what arrived 30 days ago too', async () => {
    const [endpoint, old] = [await s.open(), await s.open()];
    await heard(2);
    await s.all(endpoint, 'delivered', 2);
    await s.all(old, 'delivered', 2);
    await s.all(witness, 'delivered', 2);
    expect((await s.said(`/${endpoint.id}`, { method: 'DELETE' })).status).toBe(204);
    expect((await s.said(`/${endpoint.id}/deliveries`)).status).toBe(404);
    await s.source.query("update webhook_events set at = at - interval '31 days'");
    await s.source.query(
      "update webhook_deliveries set delivered_at = delivered_at - interval '31 days' where endpoint_id = $1",
      [old.id],
    );
    expect(await s.app.get(WebhookLogService).forget()).toBe(2);
    expect(await s.log(old)).toEqual([]);
    expect(await s.log(witness)).toHaveLength(2);
    const unused = `select id from webhook_events as event
                     where not exists (select from webhook_deliveries where event_id = event.id)`;
    expect(await s.source.query(unused)).toEqual([]);
  });
});
