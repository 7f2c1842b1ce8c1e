import { randomUUID } from 'node:crypto';
import { UserErased } from '@scheduling/contracts';
import { newId, type PersonId } from '@scheduling/domain';
import { actAs } from '@scheduling/persistence';
import { PreferencesService } from '../src/preferences/preferences.service.ts';
import { UnsubscribeLinks } from '../src/preferences/unsubscribe-links.ts';
import { UnsubscribeService } from '../src/preferences/unsubscribe.service.ts';
import { PrivacyConsumer } from '../src/privacy/privacy.consumer.ts';
import { PrivacyService } from '../src/privacy/privacy.service.ts';
import { type PushScenario, pushScenario } from './push.scenario.ts';

const ADDRESS = '203.0.113.77';

describe('somebody who is gone', () => {
  let s: PushScenario;
  let mary: PersonId;
  beforeAll(async () => {
    s = await pushScenario();
  });
  beforeEach(async () => {
    mary = newId<PersonId>();
    await s.meet(mary, { name: 'Mary' });
  });
  afterAll(() => s.end());

  const erase = () =>
    s.db.transaction((tx) => {
      const privacy = new PrivacyConsumer(new PrivacyService());
      return privacy.erase(tx, UserErased.of<UserErased>({ user_id: mary, version: 7 }));
    });
  /** What is kept of them beside that they are gone: choices, devices, and from where something was done. */
  const left = async () =>
    (
      await s.source.query(
        `select (select count(*)::int from notification_choices where user_id = $1) as choices,
                (select count(*)::int from push_devices where user_id = $1) as devices,
                (select count(*)::int from audit_private where address = $2) as addresses`,
        [mary, ADDRESS],
      )
    )[0];

  it('has left nothing by the link in a mail, and leaves nothing by it any more', async () => {
    const links = new UnsubscribeLinks('http://localhost', 'x'.repeat(32));
    const token = links.linkFor({ userId: mary, kind: 'booking_completed' })!.split('/').at(-1)!;
    const unsubscribing = new UnsubscribeService(links, new PreferencesService(s.db, []));
    const [requestId, cause] = [randomUUID(), 'POST /api/v1/scheduling/notifications/unsubscribe/:token'];
    const visitor = { personId: null, roles: ['public'], requestId, address: ADDRESS, cause, why: null };
    const click = () => actAs({ ...visitor }, () => unsubscribing.turn(token, false));
    await click();
    expect(await left()).toEqual({ choices: 1, devices: 0, addresses: 1 });
    await erase();
    expect(await left()).toEqual({ choices: 0, devices: 0, addresses: 0 });
    await expect(click()).rejects.toMatchObject({ code: 'account_erased' });
    expect(await left()).toEqual({ choices: 0, devices: 0, addresses: 0 });
  });

  it('registers no device by a token that still lives', async () => {
    await s.telephone(mary);
    await erase();
    await expect(s.telephone(mary)).rejects.toMatchObject({ code: 'account_erased' });
    expect(await left()).toEqual({ choices: 0, devices: 0, addresses: 0 });
  });
});
