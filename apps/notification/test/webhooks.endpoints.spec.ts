import { type Role, newId } from '@scheduling/domain';
import { until } from '@scheduling/testing';
import { Webhook } from 'standardwebhooks';
import { lesson } from './booking-says.ts';
import { type Scenario, scenario } from './webhooks.scenario.ts';

describe('webhook endpoints', () => {
  let s: Scenario;
  beforeAll(async () => {
    s = await scenario();
  });
  afterAll(() => s.end());

  const URL_OUTSIDE = 'https://platform.example.org/hooks?key=1';
  const add = (body: object, headers = {}) => s.said('', { method: 'POST', body, headers });
  const verifies = ({ body, headers }: { body: string; headers: Record<string, string> }, secret: string): boolean => {
    try {
      return Boolean(new Webhook(secret).verify(body, headers));
    } catch {
      return false;
    }
  };

  it('are added, shown, changed and removed; the secret is shown at first alone', async () => {
    const wish = { url: URL_OUTSIDE, event_types: ['BookingConfirmed'], description: 'CRM' };
    const { secret, status, ...added } = await add(wish);
    expect(status).toBe(201);
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(added).toEqual({
      ...wish,
      endpoint_id: expect.any(String),
      is_enabled: true,
      disabled_reason: null,
      failures: 0,
      failing_since: null,
      created_at: expect.any(String),
    });
    const path = `/${added['endpoint_id']}`;
    expect(await s.said(path)).toEqual({ ...added, status: 200 });
    const { items, next_cursor } = await s.said('');
    expect(items).toContainEqual(added);
    expect(next_cursor).toBeNull();
    const change = { event_types: ['*'], description: 'ERP' };
    expect(await s.said(path, { method: 'PATCH', body: change })).toEqual({ ...added, ...change, status: 200 });
    expect((await s.said(path, { method: 'DELETE' })).status).toBe(204);
    expect(await s.said(path)).toMatchObject({ status: 404, code: 'webhook_endpoint_not_found' });
  });

  it('are added once for an Idempotency-Key', async () => {
    const body = { url: URL_OUTSIDE, event_types: ['*'] };
    const first = await add(body, { 'idempotency-key': 'one' });
    expect(await add(body, { 'idempotency-key': 'one' })).toEqual(first);
    await s.said(`/${first['endpoint_id']}`, { method: 'DELETE' });
  });

  it.each(['secret/rotate', 'test', 'replay'])('do %s once for an Idempotency-Key', async (deed) => {
    const { id } = await s.open();
    const ask = (key: string) =>
      s.said(`/${id}/${deed}`, {
        method: 'POST',
        headers: { 'idempotency-key': key },
        ...(deed === 'replay' && { body: { from: '2026-01-01T00:00:00Z' } }),
      });
    const first = await ask(`${deed} one`);
    expect(first.status).toBeLessThan(300);
    expect(await ask(`${deed} one`)).toEqual(first);
    const deeds = `select count(*)::int as many from audit_trail where subject_id = $1 and action <> 'WebhookEndpointAdded'`;
    expect(await s.source.query(deeds, [id])).toEqual([{ many: 1 }]);
    await ask(`${deed} two`);
    expect(await s.source.query(deeds, [id])).toEqual([{ many: 2 }]);
  });

  it.each<[string, Role[], number]>([
    ['nobody', [], 401],
    ['a student', ['student'], 403],
    ['a tutor', ['tutor'], 403],
    ['an operator', ['admin'], 404],
    ['a platform', ['service'], 404],
  ])('answer %s, who is %j, with %d', async (_who, roles, status) => {
    const id = newId();
    const body = { from: '2026-01-01T00:00:00Z' };
    const asked = [
      s.ask(`/${id}`, { roles }),
      s.ask(`/${id}`, { roles, method: 'PATCH', body: {} }),
      s.ask(`/${id}`, { roles, method: 'DELETE' }),
      s.ask(`/${id}/secret/rotate`, { roles, method: 'POST' }),
      s.ask(`/${id}/deliveries`, { roles }),
      s.ask(`/${id}/deliveries/${id}/replay`, { roles, method: 'POST' }),
      s.ask(`/${id}/replay`, { roles, method: 'POST', body }),
      s.ask(`/${id}/test`, { roles, method: 'POST' }),
    ];
    expect((await Promise.all(asked)).map((answer) => answer.status)).toEqual(asked.map(() => status));
    expect((await s.ask('', { roles })).status).toBe(status === 404 ? 200 : status);
  });

  it.each([
    ['no address', { event_types: ['*'] }, 400],
    ['no events', { url: URL_OUTSIDE }, 400],
    ['an empty list of events', { url: URL_OUTSIDE, event_types: [] }, 400],
    ['an event twice', { url: URL_OUTSIDE, event_types: ['*', '*'] }, 400],
    ['an unknown event', { url: URL_OUTSIDE, event_types: ['BookingDreamt'] }, 400],
    ['personal data', { url: URL_OUTSIDE, event_types: ['UserChanged'] }, 400],
    ['a long address', { url: `https://a.example/${'x'.repeat(2000)}`, event_types: ['*'] }, 400],
    ['an address that grows', { url: `https://a.example/${'й'.repeat(1000)}`, event_types: ['*'] }, 422],
    ['something unknown', { url: URL_OUTSIDE, event_types: ['*'], secret: 'whsec_mine' }, 400],
    ['no address at all', { url: 'platform', event_types: ['*'] }, 422],
    ['what is not encrypted', { url: 'http://platform.example.org/', event_types: ['*'] }, 422],
    ['this machine', { url: 'https://127.0.0.1/', event_types: ['*'] }, 422],
    ['this machine, shortened', { url: 'https://127.1/', event_types: ['*'] }, 422],
    ['a private network', { url: 'https://192.168.1.1/', event_types: ['*'] }, 422],
    ['the metadata of a cloud', { url: 'https://169.254.169.254/', event_types: ['*'] }, 422],
    ['a password', { url: 'https://ann:secret@platform.example.org/', event_types: ['*'] }, 422],
    ['a file', { url: 'file:///etc/passwd', event_types: ['*'] }, 422],
  ])('refuse %s', async (_what, body, status) => {
    const answer = await add(body);
    expect(answer.status).toBe(status);
    if (status === 422) expect(answer).toMatchObject({ code: 'webhook_address_not_allowed', field: 'url' });
    expect(JSON.stringify(answer)).not.toContain('secret@');
  });

  it('sign with two secrets for a day after a rotation, then with the new one', async () => {
    const endpoint = await s.open();
    const rotated = await s.said(`/${endpoint.id}/secret/rotate`, { method: 'POST' });
    expect(rotated).toMatchObject({ status: 200, endpoint_id: endpoint.id, secret: expect.any(String) });
    const secrets = [endpoint.secret, rotated['secret'] as string];
    await s.state(lesson());
    const [both] = await s.arrivals(endpoint, 1);
    expect(secrets.map((secret) => verifies(both!, secret))).toEqual([true, true]);
    const expired = `update webhook_secrets set expires_at = expires_at - interval '24 hours'
                      where endpoint_id = $1 returning expires_at`;
    const [rows] = await s.source.query(expired, [endpoint.id]);
    expect(rows).toHaveLength(2);
    await s.state(lesson());
    const [, last] = await s.arrivals(endpoint, 2);
    expect(secrets.map((secret) => verifies(last!, secret))).toEqual([false, true]);
  });

  it('are tried out with an event that says nothing', async () => {
    const endpoint = await s.open(['SlotHeld']);
    const tried = await s.said(`/${endpoint.id}/test`, { method: 'POST' });
    expect(tried).toMatchObject({ status: 202, event_type: 'webhook.test' });
    const [tryout] = await s.arrivals(endpoint, 1);
    expect(new Webhook(endpoint.secret).verify(tryout!.body, tryout!.headers)).toMatchObject({
      id: tried['event_id'],
      type: 'webhook.test',
      data: { endpoint_id: endpoint.id },
    });
    expect(tryout!.headers['webhook-id']).toBe(tried['webhook_id']);
  });

  it('show their log page by page, the newest first, by state', async () => {
    const endpoint = await s.open(['BookingConfirmed']);
    const ids = (await s.state(...Array.from({ length: 5 }, () => lesson()))).map(({ id }) => id);
    await s.all(endpoint, 'delivered', 5);
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page = await s.said(`/${endpoint.id}/deliveries?limit=2&state=delivered${cursor && `&cursor=${cursor}`}`);
      seen.push(...page['items'].map(({ event_id }: { event_id: string }) => event_id));
      cursor = page['next_cursor'];
    }
    expect(seen).toEqual(ids.toReversed());
    expect(await s.said(`/${endpoint.id}/deliveries?state=dead`)).toMatchObject({ items: [], next_cursor: null });
    expect((await s.said(`/${endpoint.id}/deliveries?state=lost`)).status).toBe(400);
    const other = `/${(await s.open()).id}/deliveries/${newId()}/replay`;
    expect(await s.said(other, { method: 'POST' })).toMatchObject({ code: 'webhook_delivery_not_found' });
  });

  it('are at most 50, though many are added at once', async () => {
    const known = (await s.said(''))['items'].length as number;
    const body = { url: URL_OUTSIDE, event_types: ['SlotHeld'] };
    const answers = await Promise.all(Array.from({ length: 55 - known }, () => add(body)));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(50 - known);
    const refused = answers.filter(({ status }) => status !== 201);
    for (const answer of refused) expect(answer).toMatchObject({ code: 'too_many_webhook_endpoints', limit: 50 });
    expect(refused).toHaveLength(5);
    await until('all are there', async () => (await s.said(''))['items'].length === 50);
  });
});
