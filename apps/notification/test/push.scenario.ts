import { createECDH } from 'node:crypto';
import type { PersonId } from '@scheduling/domain';
import { FcmDouble } from '../../sandbox/src/push/fcm-double.ts';
import { WebPushDouble } from '../../sandbox/src/push/web-push-double.ts';
import { NotificationConfig } from '../src/config.ts';
import { DevicesService } from '../src/push/devices.service.ts';
import type { Device, NewDevice } from '../src/push/device.ts';
import { FcmClient } from '../src/push/fcm-client.ts';
import { PushWay } from '../src/push/push-way.ts';
import { WebPushClient } from '../src/push/web-push-client.ts';
import { scenario } from './scenario.ts';

/** A pair as `npx web-push generate-vapid-keys` makes it. */
export function vapidKeys() {
  const curve = createECDH('prime256v1');
  curve.generateKeys();
  return { publicKey: curve.getPublicKey('base64url'), privateKey: curve.getPrivateKey().toString('base64url') };
}

/** Both push services, and what makes them notification's. */
export async function pushServices() {
  const [fcm, web] = [await FcmDouble.listen(), await WebPushDouble.listen()];
  const keys = vapidKeys();
  const settings = {
    VAPID_PUBLIC_KEY: keys.publicKey,
    VAPID_PRIVATE_KEY: keys.privateKey,
    VAPID_SUBJECT: 'mailto:ops@example.org',
    PUSH_LOCAL_ORIGIN: web.url,
    FCM_SERVICE_ACCOUNT: fcm.account.json,
    FCM_API_URL: fcm.url,
  };
  return { fcm, web, settings, close: async () => void (await Promise.all([fcm.close(), web.close()])) };
}

/** A notification service whose messages go to devices, and the words for stories about them. */
export async function pushScenario() {
  const services = await pushServices();
  const story = await scenario({ channels: ['push'] });
  const config = Object.assign(new NotificationConfig(), services.settings);
  const { fcm, web } = services;

  /** The way to devices as one replica has it; it waits so long for an answer, in milliseconds. */
  const way = (patience?: number) =>
    new PushWay(story.db, new WebPushClient(config, patience), new FcmClient(config, patience));
  const devices = new DevicesService(story.db, new WebPushClient(config), new FcmClient(config));

  return {
    ...story,
    ...services,
    devices,
    config,
    pusher: (patience?: number) => story.workerOn(way(patience)),

    /** A browser of somebody's that takes messages from us alone. */
    async browser(of: PersonId): Promise<Device> {
      const { endpoint, keys } = web.subscribe(config.VAPID_PUBLIC_KEY);
      return (await devices.register(of, { platform: 'web', address: endpoint, keys })).device;
    },

    /** A telephone of somebody's with the app on it. */
    async telephone(of: PersonId, platform: 'android' | 'ios' = 'android'): Promise<Device> {
      return (await devices.register(of, { platform, address: fcm.install(platform), keys: null })).device;
    },

    /** Any device of somebody's, whether it is there or not. */
    register: async (of: PersonId, device: NewDevice): Promise<Device> => (await devices.register(of, device)).device,

    /** What came to a device, repeats included. */
    shownOn: ({ address }: Device) => [...fcm.shown(), ...web.shown()].filter((shown) => shown.address === address),

    async end(): Promise<void> {
      await services.close();
      await story.end();
    },
  };
}

export type PushScenario = Awaited<ReturnType<typeof pushScenario>>;
