import { Injectable } from '@nestjs/common';
import { Database } from '@scheduling/persistence';
import { type Delivery, type Handed, type Reach, Way } from '../deliveries/way.ts';
import type { Recipient } from '../recipients/recipients.store.ts';
import type { Device } from './device.ts';
import { devicesOf, dropGone, insertReceipts, receiptsOf } from './devices.store.ts';
import { FcmClient } from './fcm-client.ts';
import { failureOf, type Outcome } from './outcome.ts';
import { type Push, pushOf } from './push-content.ts';
import { WebPushClient } from './web-push-client.ts';

/** Push messages to every device of their reader. What was taken twice is shown once: all of a message's tries have one name. */
@Injectable()
export class PushWay extends Way {
  readonly channel = 'push';
  readonly silence = 'no push service is set up';
  readonly width = 10;
  readonly perSecond = 500;

  constructor(
    private readonly db: Database,
    private readonly webPush: WebPushClient,
    private readonly fcm: FcmClient,
  ) {
    super();
  }

  override get isOn(): boolean {
    return this.webPush.isOn || this.fcm.isOn;
  }

  override reach({ hasDevice }: Recipient): Reach {
    return hasDevice ? 'yes' : { never: 'no device' };
  }

  /** Hands a message to those devices that have not had it; who took it is written down before the rest is tried again. */
  override async hand({ message, letter }: Delivery): Promise<Handed> {
    const { devices, had, now } = await this.db.transaction(async (tx) => ({
      devices: await devicesOf(tx, message.recipientId),
      had: await receiptsOf(tx, message.id),
      now: tx.now,
    }));
    const push = pushOf(message, letter, now);
    const waiting = devices.filter(({ id }) => !had.has(id));
    const outcomes = await Promise.all(waiting.map((device) => this.send(device, push, now)));
    const taken = waiting.filter((_, n) => outcomes[n]!.fate === 'taken');
    const gone = waiting.filter((_, n) => outcomes[n]!.fate === 'gone');
    const failure = failureOf(outcomes, had.size > 0);
    if (failure || gone.length > 0)
      await this.db.transaction(async (tx) => {
        await insertReceipts(tx, message.id, taken);
        await dropGone(tx, gone);
      });
    if (failure) throw failure;
    return {
      response: `${had.size + taken.length} of ${devices.length} devices`,
      record: (tx) => insertReceipts(tx, message.id, taken),
    };
  }

  private async send(device: Device, push: Push, now: Date): Promise<Outcome> {
    if (device.platform !== 'web') return this.fcm.send(device.address, push, now);
    const outcome = await this.webPush.send(device, push, now);
    return outcome.fate === 'later' ? { ...outcome, isOwn: true } : outcome;
  }
}
