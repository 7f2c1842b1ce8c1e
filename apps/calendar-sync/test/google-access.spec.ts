import { GoogleAccess } from '../src/google/google-access.service.ts';
import { scenario, type Scenario, type Someone } from './scenario.ts';

describe('a request to Google', () => {
  let s: Scenario;
  let olena: Someone;
  let sam: Someone;
  beforeAll(async () => {
    s = await scenario();
  });
  beforeEach(async () => {
    s.google.setFaults({});
    [olena, sam] = [await s.connected('Olena'), await s.connected('Sam')];
    await s.settle();
  });
  afterAll(() => s.end());

  const PATH = '/calendar/v3/users/me/calendarList';
  const list = (as: Someone) =>
    s.get(GoogleAccess).as(as.id, ({ calendarList }, options) => calendarList.list({}, options));
  const asked = () => s.google.requests().filter(({ path }) => path === PATH).length;

  it.each([
    ['rate_limited', 403, 'rateLimitExceeded'],
    ['rate_limited', 403, 'userRateLimitExceeded'],
    ['rate_limited', 429, undefined],
    ['unreachable', 500, undefined],
    ['unreachable', 503, undefined],
    ['refused', 403, 'forbidden'],
    ['not_found', 404, undefined],
    ['gone', 410, 'fullSyncRequired'],
    ['changed', 412, undefined],
  ])('that fails is %s after %s %s', async (kind, status, reason) => {
    s.google.setFaults({ requests: [{ kind: 'status', status, ...(reason && { reason }), path: PATH }] });
    const before = asked();
    await expect(list(olena)).rejects.toMatchObject({ name: 'GoogleFailure', kind });
    // The library makes none of its own: work rows count the tries.
    expect(asked()).toBe(before + 1);
  });

  it.each(['reset', 'drop_reply'] as const)('that ends in a %s is unreachable', async (kind) => {
    s.google.setFaults({ requests: [{ kind, path: PATH }] });
    await expect(list(olena)).rejects.toMatchObject({ kind: 'unreachable' });
  });

  it('of somebody whom Google tells to wait waits here, and nobody else’s does', async () => {
    s.google.setFaults({ requests: [{ kind: 'status', status: 429, path: PATH, times: 1 }] });
    await expect(list(olena)).rejects.toMatchObject({ kind: 'rate_limited' });
    const before = asked();
    await expect(list(olena)).rejects.toMatchObject({ kind: 'rate_limited', code: 'own_budget' });
    expect(asked()).toBe(before);
    expect((await list(sam)).items).toHaveLength(1);
  });

  it('of one person stays within half of what Google grants', async () => {
    const all = await Promise.allSettled(Array.from({ length: 120 }, () => list(olena)));
    const made = all.filter(({ status }) => status === 'fulfilled').length;
    expect(made).toBeGreaterThan(30);
    expect(made).toBeLessThan(80);
  });

  // The last one: afterwards Google is left in peace.
  it('is not made while Google does not answer anybody, for ten seconds', async () => {
    s.google.setFaults({ requests: [{ kind: 'status', status: 503, path: PATH }] });
    for (let times = 0; times < 10; times++) await expect(list(olena)).rejects.toMatchObject({ kind: 'unreachable' });
    const before = asked();
    await expect(list(sam)).rejects.toMatchObject({ kind: 'unreachable', code: 'circuit_open', retryAfterMs: 10_000 });
    expect(asked()).toBe(before);
  });
});
