import { randomUUID } from 'node:crypto';
import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { Clock } from '@scheduling/domain';
import { SandboxConfig } from '../config.ts';
import { FcmDouble } from './fcm-double.ts';
import { DeviceNotKept } from './pushes.errors.ts';
import { type Device, MOST_DEVICES, type Registration } from './device.ts';
import type { Platform, Shown } from './shown.ts';
import { WebPushDouble } from './web-push-double.ts';

/** The doubles of push services as part of the sandbox: they begin and end with it, and people make devices on its page. */
@Injectable()
export class PushesService implements OnModuleInit, OnModuleDestroy {
  private readonly devices = new Map<string, Device>();
  private started?: { readonly fcm: FcmDouble; readonly web: WebPushDouble };

  constructor(
    private readonly config: SandboxConfig,
    private readonly clock: Clock,
  ) {}

  /** The doubles, once the application has begun. */
  get doubles(): { readonly fcm: FcmDouble; readonly web: WebPushDouble } {
    if (!this.started) throw new Error('The doubles of push services have not begun.');
    return this.started;
  }

  async onModuleInit(): Promise<void> {
    const { clock, config } = this;
    const { FCM_PORT, WEB_PUSH_PORT, DOUBLES_HOST: host, FCM_DOUBLE_ACCOUNT: account } = config;
    const fcm = await FcmDouble.listen({ port: FCM_PORT, host, clock, ...(account !== undefined && { account }) });
    try {
      this.started = { fcm, web: await WebPushDouble.listen({ port: WEB_PUSH_PORT, host, clock }) };
    } catch (error) {
      await fcm.close();
      throw error;
    }
  }

  async onModuleDestroy(): Promise<void> {
    await Promise.all([this.started?.fcm.close(), this.started?.web.close()]);
  }

  /** The devices, the newest first. */
  list(): Device[] {
    return [...this.devices.values()].toReversed();
  }

  /** Makes a device: a browser takes messages from whoever has the key alone, where one is named. */
  add(platform: Platform, serverKey: string | null): Device {
    const { fcm, web } = this.doubles;
    const registration: Registration =
      platform === 'web'
        ? { platform, subscription: web.subscribe(serverKey) }
        : { platform, token: fcm.install(platform) };
    const device = { id: randomUUID(), registration, isThere: true };
    this.devices.set(device.id, device);
    for (const oldest of this.devices.keys()) if (this.devices.size > MOST_DEVICES) this.devices.delete(oldest);
    return device;
  }

  /** Takes the app off a telephone, or ends a browser's subscription. */
  remove(id: string): void {
    const device = this.devices.get(id);
    if (!device) throw new DeviceNotKept(id);
    const { subscription, token } = device.registration;
    if (subscription) this.doubles.web.unsubscribe(subscription.endpoint);
    if (token !== undefined) this.doubles.fcm.uninstall(token);
    this.devices.set(id, { ...device, isThere: false });
  }

  /** What came to a device, the newest first, repeats included. */
  shownOn({ registration: { subscription, token } }: Device): Shown[] {
    const address = subscription?.endpoint ?? token;
    const { fcm, web } = this.doubles;
    return (subscription ? web : fcm)
      .shown()
      .filter((shown) => shown.address === address)
      .toReversed();
  }
}
