import { lesson } from './booking-says.ts';
import { type Scenario, scenario } from './webhooks.scenario.ts';

describe('two replicas', () => {
  let s: Scenario;
  beforeAll(async () => {
    s = await scenario(2);
  });
  afterAll(() => s.end());

  it('send each event once to each endpoint, and few beside each other', async () => {
    let underway = 0;
    let most = 0;
    const busy = await s.open(['*'], (_, response) => {
      most = Math.max(most, ++underway);
      setTimeout(() => {
        underway -= 1;
        response.writeHead(200).end();
      }, 5);
    });
    const other = await s.open();
    await s.state(...Array.from({ length: 40 }, () => lesson()));
    for (const endpoint of [busy, other]) {
      const ids = (await s.arrivals(endpoint, 40)).map(({ headers }) => headers['webhook-id']);
      expect(new Set(ids).size).toBe(40);
      await s.all(endpoint, 'delivered', 40);
      expect(s.platform.at(endpoint.path)).toHaveLength(40);
    }
    expect(most).toBeLessThanOrEqual(4);
  });
});
