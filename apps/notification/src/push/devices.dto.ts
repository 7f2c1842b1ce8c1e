import { ApiProperty } from '@nestjs/swagger';
import { Instant, ListOf, Malformed, Maybe, Nullable, OneOf, Part, Text, Uuid } from '@scheduling/contracts';
import { Matches } from 'class-validator';
import { AuthSecretText, PublicKeyText } from './browser-keys.ts';
import { type Device, MOST_DEVICES, type NewDevice, type Platform, PLATFORMS } from './device.ts';

const VISIBLE = /^[\x21-\x7e]{1,2000}$/;

export class SubscriptionKeys {
  /** The browser's public key, in base64url. */
  @PublicKeyText() readonly p256dh!: string;
  /** A secret of the browser's, in base64url. */
  @AuthSecretText() readonly auth!: string;
}

/** What `PushSubscription.toJSON()` gives in a browser. */
export class Subscription {
  /** Where the browser's push service takes messages for it. */
  @Matches(VISIBLE, { message: '$property must be an address' })
  @ApiProperty({ type: String, maxLength: 2000, example: 'https://updates.push.services.mozilla.com/wpush/v2/gAAA' })
  readonly endpoint!: string;
  /** What messages are encrypted with. */
  @Part(() => SubscriptionKeys) readonly keys!: SubscriptionKeys;
  /** Browsers send it; it is not used. */
  @Maybe() @Nullable() @ApiProperty({ type: 'number' }) readonly expirationTime?: number | null;
}

export class RegisterDevice {
  /** What messages are shown on. */
  @OneOf(PLATFORMS) readonly platform!: Platform;

  /** The FCM registration token of the app, on android and ios. */
  @Maybe()
  @Matches(VISIBLE, { message: '$property must be a registration token' })
  @ApiProperty({ type: String, maxLength: 2000 })
  readonly token?: string;

  /** The browser's subscription, on web. */
  @Maybe() @Part(() => Subscription) readonly subscription?: Subscription;

  /** The device that a body introduces: a browser by its subscription, a telephone by its token. */
  static deviceOf({ platform, token, subscription }: RegisterDevice): NewDevice {
    const isWeb = platform === 'web';
    const [needed, other] = isWeb ? (['subscription', 'token'] as const) : (['token', 'subscription'] as const);
    if ((isWeb ? token : subscription) !== undefined)
      throw Malformed.field(other, `${other} does not belong to ${platform}`);
    const address = isWeb ? subscription?.endpoint : token;
    if (address === undefined) throw Malformed.field(needed, `${needed} is needed on ${platform}`);
    return { platform, address, keys: subscription ? subscription.keys : null };
  }
}

export class DeviceView {
  /** The device's id. */
  @Uuid() readonly device_id!: string;
  /** What messages are shown on. */
  @OneOf(PLATFORMS) readonly platform!: Platform;
  /** When it became the caller's. */
  @Instant() readonly created_at!: string;
  /** When it last registered. */
  @Instant() readonly last_used_at!: string;

  /** Shows a device to its owner; whoever looks over their shoulder learns no token. */
  static of({ id, platform, createdAt, lastUsedAt }: Device): DeviceView {
    return {
      device_id: id,
      platform,
      created_at: createdAt.toISOString(),
      last_used_at: lastUsedAt.toISOString(),
    };
  }
}

export class DeviceList {
  /** The one last used first. */
  @ListOf(() => DeviceView, MOST_DEVICES) readonly items!: DeviceView[];
  /** Always null: nobody has so many. */
  @Nullable() @Text(1, 200) readonly next_cursor!: null;

  /** Shows a person's devices. */
  static of(devices: readonly Device[]): DeviceList {
    return { items: devices.map(DeviceView.of), next_cursor: null };
  }
}

export class PushKey {
  /** The `applicationServerKey` that a browser subscribes with, in base64url. */
  @ApiProperty({ type: String }) readonly public_key!: string;
}
