import { applyDecorators } from '@nestjs/common';
import { Matches, ValidateIf } from 'class-validator';

/** What texts are set up with. */
interface TwilioSettings {
  readonly TWILIO_ACCOUNT_SID?: string;
  readonly TWILIO_AUTH_TOKEN?: string;
  readonly TWILIO_FROM?: string;
}

/** All three are set, or none: half of them is a mistake. */
const WhereTwilioIsMeant = (shape: RegExp, what: string, beside: string) =>
  applyDecorators(
    ValidateIf(({ TWILIO_ACCOUNT_SID: sid, TWILIO_AUTH_TOKEN: token, TWILIO_FROM: from }: TwilioSettings) =>
      [sid, token, from].some((setting) => setting !== undefined),
    ),
    Matches(shape, { message: `$property must be ${what}, beside ${beside}` }),
  );

/** The account's name at Twilio. */
export const TwilioAccount = () =>
  WhereTwilioIsMeant(/^AC[0-9a-fA-F]{32}$/, 'AC and 32 hexadecimal digits', 'TWILIO_AUTH_TOKEN and TWILIO_FROM');

/** The account's secret. */
export const TwilioToken = () =>
  WhereTwilioIsMeant(/^[\x21-\x7e]{1,200}$/, "the account's token", 'TWILIO_ACCOUNT_SID and TWILIO_FROM');

/** A number of the account. */
export const TwilioNumber = () =>
  WhereTwilioIsMeant(
    /^\+[1-9]\d{6,14}$/,
    'a phone number such as +15005550006',
    'TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN',
  );
