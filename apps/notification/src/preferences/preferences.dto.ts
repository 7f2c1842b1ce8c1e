import { ApiProperty } from '@nestjs/swagger';
import { Count, Flag, Maybe, Nullable, OneOf, Part, Text } from '@scheduling/contracts';
import { IsObject, Matches } from 'class-validator';
import { KINDS } from '../messages/kinds.ts';
import type { Told } from './preferences.service.ts';
import { type Digest, DIGESTS } from './preferences.ts';

const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;
const TIME_HOW = { message: '$property must be a time of day such as 22:00' };
const BY_KIND = {
  type: 'object',
  additionalProperties: { type: 'object', additionalProperties: { type: 'boolean' } },
  example: { daily_agenda: { email: true }, lesson_tomorrow: { sms: false } },
} as const;

export class QuietHoursView {
  /** When they begin, by the person's own clock. */
  @Matches(TIME, TIME_HOW) @ApiProperty({ type: String, example: '22:00' }) readonly from!: string;
  /** When they end; earlier than they begin: on the next day. */
  @Matches(TIME, TIME_HOW) @ApiProperty({ type: String, example: '07:00' }) readonly until!: string;
}

export class ChangeTexts {
  /** Whether the person agrees to get texts at the number of their account. */
  @Flag() readonly is_opted_in!: boolean;
}

/** What is not given stays as it was. */
export class ChangePreferences {
  /** Kinds, channels, and whether the one comes on the other. */
  @Maybe() @IsObject() @ApiProperty(BY_KIND) readonly kinds?: Record<string, unknown>;
  /** When nothing that can wait may disturb by e-mail, text or push; null for never. */
  @Maybe() @Nullable() @Part(() => QuietHoursView) readonly quiet_hours?: QuietHoursView | null;
  /** Whether e-mail that can wait is gathered into one a day, at eight in the morning. */
  @Maybe() @OneOf(DIGESTS) readonly digest?: Digest;
  /** Texts come only to whoever asked for them. */
  @Maybe() @Part(() => ChangeTexts) readonly sms?: ChangeTexts;
}

export class ChannelView {
  /** Whether it leads to this person now. */
  @Flag() readonly is_available!: boolean;
  /** Why it does not; null where it does. */
  @Nullable() @Text(1, 200) readonly why_not!: string | null;
  /** Where it leads, most of it hidden; null where there is nothing to show. */
  @Nullable() @Text(1, 254) readonly address!: string | null;
}

export class ChannelsView {
  /** E-mail. */
  @Part(() => ChannelView) readonly email!: ChannelView;
  /** Texts. */
  @Part(() => ChannelView) readonly sms!: ChannelView;
  /** What is read where one is signed in. */
  @Part(() => ChannelView) readonly in_app!: ChannelView;
  /** Browsers and telephones that were registered. */
  @Part(() => ChannelView) readonly push!: ChannelView;
}

export class TextsView {
  /** Whether the person agreed to get texts. */
  @Flag() readonly is_opted_in!: boolean;
  /** Where they would come, most of it hidden; null while the account has no number. */
  @Nullable() @Text(1, 20) readonly phone!: string | null;
}

export class PreferencesView {
  /** Which ways lead to this person. */
  @Part(() => ChannelsView) readonly channels!: ChannelsView;
  /** Every kind, each channel that it goes on, and whether it does. */
  @IsObject() @ApiProperty(BY_KIND) readonly kinds!: Told['kinds'];
  /** Kinds that e-mail always tells of. */
  @ApiProperty({ type: [String] }) readonly always_by_email!: string[];
  /** When nothing that can wait disturbs; null for never. */
  @Nullable() @Part(() => QuietHoursView) readonly quiet_hours!: QuietHoursView | null;
  /** Whether e-mail that can wait is gathered. */
  @OneOf(DIGESTS) readonly digest!: Digest;
  /** Texts. */
  @Part(() => TextsView) readonly sms!: TextsView;
  /** Grows with each change; 0 before the first. */
  @Count(0, Number.MAX_SAFE_INTEGER) readonly version!: number;

  /** Shows a person how they are told of things, and not where: whoever looks over their shoulder learns no address. */
  static of({ preferences, reader, obstacles, kinds }: Told): PreferencesView {
    const phone = reader?.phone ? hiddenPhone(reader.phone) : null;
    const email = reader?.email ? hiddenAddress(reader.email) : null;
    const channel = (why_not: string | null, address: string | null): ChannelView => ({
      is_available: why_not === null,
      why_not,
      address,
    });
    return {
      channels: {
        email: channel(obstacles.email, email),
        sms: channel(obstacles.sms, phone),
        in_app: channel(obstacles.in_app, null),
        push: channel(obstacles.push, null),
      },
      kinds,
      always_by_email: ALWAYS_BY_EMAIL,
      quiet_hours: preferences.quietHours,
      digest: preferences.digest,
      sms: { is_opted_in: preferences.smsOptedInAt !== null, phone },
      version: preferences.version,
    };
  }
}

const ALWAYS_BY_EMAIL = Object.entries(KINDS).flatMap(([kind, { isOptional }]) => (isOptional ? [] : [kind]));

const hiddenAddress = (address: string): string => `${[...address][0]}…${address.slice(address.lastIndexOf('@'))}`;
const hiddenPhone = (phone: string): string => `${phone.slice(0, 4)}…${phone.slice(-2)}`;
