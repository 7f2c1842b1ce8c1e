import { run, type RunningService } from '@scheduling/service-kit';
import { type TestDatabase, testDatabase } from '@scheduling/testing';
import { NotificationConfig } from '../src/config.ts';
import { KINDS } from '../src/messages/kinds.ts';
import { notificationSchema } from '../src/schema.ts';
import { service } from '../src/service.ts';

describe('the preview of messages', () => {
  let test: TestDatabase;
  let running: RunningService;
  const begin = (settings: Partial<NotificationConfig>) => {
    const config = { PORT: 0, HOST: '127.0.0.1', LOG_LEVEL: 'error', AUTH_ISSUER: 'http://127.0.0.1:9' } as const;
    return run(service, Object.assign(new NotificationConfig(), { ...config, DATABASE_URL: test.url, ...settings }));
  };
  beforeAll(async () => {
    test = await testDatabase('notification', notificationSchema);
    running = await begin({ MESSAGE_PREVIEW: 'on' });
  });
  afterAll(async () => {
    await running.close();
    await test.drop();
  });

  const ask = (path: string) => fetch(`${running.url}/dev/messages${path}`);

  it('shows each kind in each language, with names that mean harm', async () => {
    for (const kind of Object.keys(KINDS)) {
      for (const locale of ['en', 'uk', 'es', 'de']) {
        for (const path of ['', '/mail']) {
          const answer = await ask(`${path}?kind=${kind}&locale=${locale}&names=hostile&reader=tutor`);
          expect(answer.status).toBe(200);
          expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
          const html = await answer.text();
          expect(html).not.toContain('<b>Ann');
          expect(html).not.toMatch(/<script|onerror=|src="http/);
        }
      }
    }
  });

  it('refuses what it does not know', async () => {
    for (const query of ['?kind=nothing', '?locale=xx', '?reader=nobody', '?kind=__proto__']) {
      expect((await ask(query)).status).toBe(400);
    }
  });

  it('is not there unless it is turned on', async () => {
    const off = await begin({});
    try {
      expect((await fetch(`${off.url}/dev/messages`)).status).toBe(404);
    } finally {
      await off.close();
    }
  });
});
