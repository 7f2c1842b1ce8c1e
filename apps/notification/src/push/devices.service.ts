import { Injectable } from '@nestjs/common';
import type { PersonId } from '@scheduling/domain';
import { audit, Database, lockLiving } from '@scheduling/persistence';
import { DeviceNotFound, PushEndpointNotAllowed, PushNotSetUp } from './devices.errors.ts';
import { type Device, MOST_DEVICES, type NewDevice } from './device.ts';
import { deleteDevice, devicesOf, dropOldest, keepDevice } from './devices.store.ts';
import { FcmClient } from './fcm-client.ts';
import { WebPushClient } from './web-push-client.ts';

@Injectable()
export class DevicesService {
  constructor(
    private readonly db: Database,
    private readonly webPush: WebPushClient,
    private readonly fcm: FcmClient,
  ) {}

  /** The public key that browsers subscribe with. */
  get publicKey(): string {
    const { publicKey } = this.webPush;
    if (publicKey === null) throw new PushNotSetUp('web');
    return publicKey;
  }

  /** A person's devices, the one last used first. */
  list(userId: PersonId): Promise<Device[]> {
    return this.db.transaction((tx) => devicesOf(tx, userId));
  }

  /** Keeps a device as this person's; one that is known says that it is still in use. */
  register(userId: PersonId, wish: NewDevice): Promise<{ device: Device; isNew: boolean }> {
    const wanted = this.admitted(wish);
    return this.db.transaction(async (tx) => {
      await lockLiving(tx, userId);
      const kept = await keepDevice(tx, userId, wanted);
      await dropOldest(tx, userId, MOST_DEVICES);
      audit(tx, { action: 'DeviceRegistered', subject: ['device', kept.device.id] });
      return kept;
    });
  }

  /** Sends nothing more to a device of this person's. */
  async remove(userId: PersonId, id: string): Promise<void> {
    await this.db.transaction(async (tx) => {
      if (!(await deleteDevice(tx, userId, id))) throw new DeviceNotFound(id);
      audit(tx, { action: 'DeviceRemoved', subject: ['device', id] });
    });
  }

  private admitted(wish: NewDevice): NewDevice {
    if (!(wish.platform === 'web' ? this.webPush : this.fcm).isOn) throw new PushNotSetUp(wish.platform);
    if (wish.platform !== 'web') return wish;
    const address = this.webPush.admitted(wish.address);
    if (address === null) throw new PushEndpointNotAllowed();
    return { ...wish, address };
  }
}
