import { scene, type Scene } from './scenario.ts';

interface Document {
  info: { title: string; description: string };
  paths: Record<string, unknown>;
  components: { schemas: Record<string, unknown>; securitySchemes: Record<string, unknown> };
  'x-missing-services'?: string[];
}

const described = (paths: string[], schema: object = { type: 'object' }) => ({
  openapi: '3.0.0',
  paths: Object.fromEntries(
    paths.map((path) => [path, { get: { schema: { $ref: '#/components/schemas/Thing' }, tags: ['t'] } }]),
  ),
  components: { schemas: { Thing: schema } },
});

describe('the documentation', () => {
  let s: Scene;
  beforeEach(async () => {
    s = await scene();
  });
  afterEach(() => s.close());

  const say = (service: keyof Scene['services'], document: object) => {
    s.services[service].answer = (_request, response) =>
      response.setHeader('content-type', 'application/json').end(JSON.stringify(document));
  };

  it.each(['/docs', '/docs/start.js', '/openapi.json'])('may be kept by any cache for a while: %s', async (path) => {
    expect((await s.ask(path)).headers.get('cache-control')).toBe('public, max-age=300');
  });

  it('merges what the services say of themselves, and names those that say nothing', async () => {
    const [seats, plays] = [
      '/api/v1/scheduling/availability/{tutor_id}/slots/seats',
      '/api/v1/scheduling/bookings/plays',
    ];
    say('accounts', described(['/api/v1/accounts/they', '/health/live']));
    say('booking', described([seats, plays, '/api/v1/accounts/mine'], { type: 'string' }));
    await s.services.availability.close();

    const document = (await (await s.ask('/openapi.json')).json()) as Document;
    expect(document.info.title).toBe('Preply Scheduling');
    expect(Object.keys(document.paths)).toEqual([
      '/api/v1/accounts/they',
      seats,
      plays,
      '/api/v1/scheduling/realtime/events',
    ]);
    expect(document.components.schemas).toMatchObject({ Thing: { type: 'object' }, booking_Thing: { type: 'string' } });
    expect(document.paths[seats]).toMatchObject({ get: { schema: { $ref: '#/components/schemas/booking_Thing' } } });
    expect(document.components.securitySchemes).toMatchObject({ bearer: { type: 'http', scheme: 'bearer' } });
    expect(document['x-missing-services']).toEqual(['availability', 'calendar-sync', 'notification', 'sandbox']);
    expect(document.info.description).toContain('availability, calendar-sync, notification, sandbox');
  });

  it('shows a route that was released in the full words of its release', async () => {
    const me = '/api/v1/accounts/me';
    say('accounts', { ...described([]), paths: { [me]: { get: {}, delete: {}, patch: { summary: 'Old.' } } } });
    const document = (await (await s.ask('/openapi.json')).json()) as Document;
    const { patch } = document.paths[me] as { patch: object };
    expect(patch).toMatchObject({ responses: { 401: { $ref: '#/components/responses/not_signed_in' } } });
    expect(document.components.schemas).toMatchObject({
      UserView: { properties: { name: { description: expect.any(String) } } },
    });
  });

  it('asks the services once for many readers', async () => {
    say('booking', described([]));
    await Promise.all(Array.from({ length: 10 }, () => s.ask('/openapi.json')));
    expect(s.services.booking.seen).toHaveLength(1);
  });

  it('is a page that loads nothing from elsewhere and runs nothing of its own', async () => {
    const answer = await s.ask('/docs');
    const page = await answer.text();
    const policy = answer.headers.get('content-security-policy') ?? '';
    expect(policy).toMatch(/^default-src 'none'; script-src 'self';/);
    expect(policy).not.toMatch(/unsafe|\*|https?:/);
    expect(page).not.toMatch(/<script(?! src="\/docs\/)|<style|https?:/);
    const links = [...page.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map(([, link]) => link!);
    expect(links.length).toBeGreaterThanOrEqual(5);
    for (const link of links) {
      const found = await s.ask(link);
      expect([found.status, (await found.arrayBuffer()).byteLength > 0]).toEqual([200, true]);
    }
  });

  it('serves only the files that the page loads', async () => {
    for (const name of ['package.json', 'index.html', 'swagger-ui-bundle.js.map', '..%2fpackage.json']) {
      expect((await s.ask(`/docs/assets/${name}`)).status).toBe(404);
    }
  });

  it('is where a visitor is led to', async () => {
    const answer = await s.ask('/');
    expect([answer.status, answer.headers.get('location')]).toEqual([302, '/docs']);
  });

  it('leaves the gateway’s own health where it is', async () => {
    expect((await s.ask('/health/ready')).status).toBe(200);
  });
});
