import { ApiProperty } from '@nestjs/swagger';
import { Count, Flag, Instant, ListOf, Maybe, OneOf, Text, Uuid } from '@scheduling/contracts';
import { Matches } from 'class-validator';
import { type Device, MOST_DEVICES, type Registration } from './device.ts';
import { MOST_SHOWN, type Platform, PLATFORMS, type Shown } from './shown.ts';

/** Names one device in a path. */
export class DeviceParams {
  @Uuid()
  readonly id!: string;
}

/** What somebody takes into their hand. */
export class NewDeviceBody {
  @OneOf(PLATFORMS)
  readonly platform!: Platform;

  /** The key that a browser subscribes with, from `/notifications/push/key`; without it messages of anybody are taken. */
  @Maybe()
  @Matches(/^[\w-]{87}$/)
  @ApiProperty({ type: String })
  readonly application_server_key?: string;
}

/** A message on a device. */
export class ShownView {
  @Text(0, 4096)
  readonly title!: string;

  @Text(0, 4096)
  readonly body!: string;

  /** Empty where it leads nowhere. */
  @Text(0, 4096)
  readonly link!: string;

  /** Of two with the same, only the last is to be seen. */
  @Text(0, 4096)
  readonly tag!: string;

  @Text(0, 60)
  readonly kind!: string;

  @Flag()
  readonly is_urgent!: boolean;

  /** How long it waits for a device that is off, in seconds. */
  @Count(0, 10_000_000)
  readonly seconds!: number;

  @Instant()
  readonly received_at!: string;

  static of({ title, body, link, tag, kind, isUrgent, seconds, receivedAt }: Shown): ShownView {
    return { title, body, link, tag, kind, is_urgent: isUrgent, seconds, received_at: receivedAt.toISOString() };
  }
}

/** A device and what came to it. */
export class DeviceView {
  @Uuid()
  readonly device_id!: string;

  /** False once the app is off it. */
  @Flag()
  readonly is_there!: boolean;

  /** What it registers with, word for word, at `/notifications/devices`. */
  @ApiProperty({ type: 'object', additionalProperties: true })
  readonly registration!: Registration;

  /** The newest first, repeats included. */
  @ListOf(() => ShownView, MOST_SHOWN)
  readonly shown!: ShownView[];

  static of({ id, isThere, registration }: Device, shown: readonly Shown[]): DeviceView {
    return { device_id: id, is_there: isThere, registration, shown: shown.map(ShownView.of) };
  }
}

export class DevicesView {
  /** The newest first. */
  @ListOf(() => DeviceView, MOST_DEVICES)
  readonly items!: DeviceView[];
}
