import { applyDecorators } from '@nestjs/common';
import { Matches, ValidateBy, ValidateIf, type ValidationArguments } from 'class-validator';
import { fcmAccountOf } from './fcm-account.ts';
import { isPair } from './vapid.ts';

/** What web push is set up with. */
interface VapidSettings {
  readonly VAPID_PUBLIC_KEY?: string;
  readonly VAPID_PRIVATE_KEY?: string;
  readonly VAPID_SUBJECT?: string;
}

/** All three are set, or none: half of them is a mistake. */
const WhereVapidIsMeant = () =>
  ValidateIf(({ VAPID_PUBLIC_KEY: open, VAPID_PRIVATE_KEY: secret, VAPID_SUBJECT: subject }: VapidSettings) =>
    [open, secret, subject].some((setting) => setting !== undefined),
  );

/** The public half of a pair whose private half stands beside it. */
export const VapidPublicKey = () =>
  applyDecorators(
    WhereVapidIsMeant(),
    ValidateBy({
      name: 'isVapidPair',
      validator: {
        validate: (value: unknown, args?: ValidationArguments) => {
          const { VAPID_PRIVATE_KEY: secret } = (args?.object ?? {}) as VapidSettings;
          return typeof value === 'string' && typeof secret === 'string' && isPair(value, secret);
        },
        defaultMessage: () =>
          'VAPID_PUBLIC_KEY and VAPID_PRIVATE_KEY must be a pair as npx web-push generate-vapid-keys makes it',
      },
    }),
  );

/** The private half of a pair. */
export const VapidPrivateKey = () =>
  applyDecorators(
    WhereVapidIsMeant(),
    Matches(/^[\w-]{43}$/, { message: '$property must be 32 octets in base64url, beside VAPID_PUBLIC_KEY' }),
  );

/** Whom a push service writes to when something is wrong. */
export const VapidSubject = () =>
  applyDecorators(
    WhereVapidIsMeant(),
    Matches(/^(mailto:[^\s@]+@[^\s@]+|https:\/\/\S+)$/, {
      message: '$property must be how push services reach you, as mailto:you@example.org or https://example.org',
    }),
  );

/** The JSON of a service account's key file, as Google gives it; it may ask tokens of a double only where a double is set up. */
export const ServiceAccountJson = () =>
  ValidateBy({
    name: 'isServiceAccount',
    validator: {
      validate: (value: unknown, args?: ValidationArguments) => {
        const account = typeof value === 'string' ? fcmAccountOf(value) : null;
        const { FCM_API_URL: place } = (args?.object ?? {}) as { readonly FCM_API_URL?: string };
        return account !== null && (place !== undefined || account.tokenUri.startsWith('https:'));
      },
      defaultMessage: () =>
        '$property must be the JSON of a service account with project_id, client_email, private_key and token_uri',
    },
  });
