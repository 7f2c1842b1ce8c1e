import { Database } from '@scheduling/persistence';
import { readConfig, run } from '@scheduling/service-kit';
import { CalendarSyncConfig } from '../src/config.ts';
import { KeyRing } from '../src/connections/key-ring.ts';
import { KeyRotation } from '../src/connections/key-rotation.service.ts';
import { GoogleAccess } from '../src/google/google-access.service.ts';
import { service } from '../src/service.ts';
import { scenario, type Scenario, type Someone, someKeys } from './scenario.ts';

describe('the keys of tokens', () => {
  let s: Scenario;
  let olena: Someone;
  beforeEach(async () => {
    s = await scenario();
    olena = await s.connected('Olena');
    await s.ask('/calendar/auth-url', { as: olena });
    await s.settle();
  });
  afterEach(() => s.end());

  const started = (keys: string | undefined) => {
    const env: Record<string, string | undefined> = { ...s.env, PORT: '0', CALENDAR_TOKEN_KEYS: keys };
    return (async () => run(service, readConfig(CalendarSyncConfig, env)))();
  };

  it.each([
    ['missing', undefined, 'CALENDAR_TOKEN_KEYS must be id:base64 of 32 random bytes'],
    ['no keys', 'secret', 'CALENDAR_TOKEN_KEYS must be id:base64 of 32 random bytes'],
    ['others', someKeys('k2'), 'CALENDAR_TOKEN_KEYS lacks the key k1 that tokens were encrypted with.'],
    ['others by the same name', someKeys('k1'), 'CALENDAR_TOKEN_KEYS holds another key k1 than the one that tokens'],
  ])('keep the service from starting where they are %s, in a sentence', async (_, keys, sentence) => {
    await expect(started(keys)).rejects.toThrow(sentence);
  });

  it('change while requests go on, and the old one can be taken out then', async () => {
    const [old, next] = [s.env.CALENDAR_TOKEN_KEYS, someKeys('k2')];
    const both = await started(`${next},${old}`);
    try {
      // Every replica has both keys before tokens are sealed anew; `s` has only the old one.
      const access = both.app.get(GoogleAccess, { strict: false });
      const list = () => access.as(olena.id, ({ calendarList }, options) => calendarList.list({}, options));
      const rotation = new KeyRotation(new Database(s.source), new KeyRing(`${next},${old}`));
      const [resealed] = await Promise.all([rotation.rotate(), list(), list()]);
      expect(resealed).toBe(4);
      expect(await rotation.rotate()).toBe(0);
      expect((await list()).items).toHaveLength(1);
    } finally {
      await both.close();
    }
    await (await started(next)).close();
  });
});
