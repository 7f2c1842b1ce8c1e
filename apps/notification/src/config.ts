import { Count, Described, Maybe, OneOf } from '@scheduling/contracts';
import { DatabaseConfig } from '@scheduling/service-kit';
import { Type } from 'class-transformer';
import { IsString, IsUrl, Matches, ValidateBy, type ValidationArguments } from 'class-validator';
import { MAILBOX } from './mailbox.ts';
import { ServiceAccountJson, VapidPrivateKey, VapidPublicKey, VapidSubject } from './push/push-settings.ts';
import { TwilioAccount, TwilioNumber, TwilioToken } from './sms/twilio-settings.ts';

/** Stands in for an outside provider, or lets into this machine: refused in production. */
const NotInProduction = () =>
  ValidateBy({
    name: 'isNotInProduction',
    validator: {
      validate: (_value: unknown, args?: ValidationArguments) =>
        (args?.object as NotificationConfig | undefined)?.NODE_ENV !== 'production',
      defaultMessage: () => '$property must not be set in production',
    },
  });

export class NotificationConfig extends DatabaseConfig {
  /** `production` takes nothing that stands in for an outside provider. */
  @Maybe()
  @IsString()
  readonly NODE_ENV?: string;

  /** The mail server, as `smtps://user:password@host:465` or `smtp://host:587`; with neither this nor RESEND_API_KEY no mail is sent. */
  @Maybe()
  @Matches(/^smtps?:\/\/\S+$/)
  @Described({ example: 'smtps://user:password@mail.example.org:465' })
  readonly SMTP_URL?: string;

  /** A key of Resend, whose mail server is then used; SMTP_URL goes before it. */
  @Maybe()
  @Matches(/^[\x21-\x7e]+$/)
  readonly RESEND_API_KEY?: string;

  /** Whom mail comes from, and who calls people to lessons; its domain ends each Message-ID. */
  @Matches(MAILBOX, { message: '$property must be a mailbox such as Lessons <lessons@example.org>' })
  readonly MAIL_FROM: string = 'Lessons <lessons@localhost.localdomain>';

  /** How many mails each replica hands over in a second at most, as the mail server allows. */
  @Type(() => Number)
  @Count(1, 10_000)
  readonly MAILS_PER_SECOND: number = 500;

  /** `on` shows how every message looks, at /dev/messages, to whoever asks: never where people are real. */
  @Maybe()
  @OneOf(['on', 'off'])
  @NotInProduction()
  readonly MESSAGE_PREVIEW?: string;

  /** How the gateway is called from outside, without a path: links in mail lead there, and providers call back there. */
  @IsUrl({ require_tld: false, require_protocol: true, protocols: ['http', 'https'] })
  readonly PUBLIC_URL: string = 'http://localhost:3000';

  /** What seals the links by which people end mail of one kind, 32 characters or more; mail has no such links without it, and those given out end with it. */
  @Maybe()
  @Matches(/^[\x21-\x7e]{32,200}$/, { message: '$property must be 32 characters or more, without spaces' })
  readonly UNSUBSCRIBE_SECRET?: string;

  /** The public key that browsers subscribe with; without the three VAPID settings browsers get no push messages. */
  @VapidPublicKey()
  readonly VAPID_PUBLIC_KEY?: string;

  /** The private key that shows push services who writes. */
  @VapidPrivateKey()
  readonly VAPID_PRIVATE_KEY?: string;

  /** Whom push services write to when something is wrong, as `mailto:you@example.org` or an https address. */
  @VapidSubject()
  readonly VAPID_SUBJECT?: string;

  /** The whole JSON of the key file of a Firebase service account, in one line; without it telephones get no push messages. */
  @Maybe()
  @ServiceAccountJson()
  readonly FCM_SERVICE_ACCOUNT?: string;

  /** Where Firebase Cloud Messaging is, without a path, for tests and development; refused in production. */
  @Maybe()
  @IsUrl({ require_tld: false, require_protocol: true, protocols: ['http', 'https'] })
  @NotInProduction()
  readonly FCM_API_URL?: string;

  /** One origin that browsers' subscriptions may lead to although it is on this machine or speaks http, for tests and development; refused in production. */
  @Maybe()
  @IsUrl({ require_tld: false, require_protocol: true, protocols: ['http', 'https'] })
  @NotInProduction()
  readonly PUSH_LOCAL_ORIGIN?: string;

  /** The account at Twilio that texts are sent from; without the three TWILIO settings no text is sent. */
  @TwilioAccount()
  readonly TWILIO_ACCOUNT_SID?: string;

  /** The account's token: it lets requests in, and Twilio signs its callbacks with it. */
  @TwilioToken()
  readonly TWILIO_AUTH_TOKEN?: string;

  /** The number that texts come from, in E.164, such as `+15005550006`. */
  @TwilioNumber()
  readonly TWILIO_FROM?: string;

  /** Where Twilio is, without a path, for tests and development; refused in production. */
  @Maybe()
  @IsUrl({ require_tld: false, require_protocol: true, protocols: ['http', 'https'] })
  @NotInProduction()
  readonly TWILIO_API_URL?: string;

  /** How many texts each replica hands over in a second at most, as the number allows. */
  @Type(() => Number)
  @Count(1, 1000)
  readonly TEXTS_PER_SECOND: number = 10;

  /** One origin that webhooks may go to although it is on this machine or speaks http, for tests and development; refused in production. */
  @Maybe()
  @IsUrl({ require_tld: false, require_protocol: true, protocols: ['http', 'https'] })
  @NotInProduction()
  readonly WEBHOOK_TRUSTED_ORIGIN?: string;

  /** So many days after it was planned a message is kept that was sent or never will be, in the ledger and in its reader’s inbox. */
  @Type(() => Number)
  @Count(30, 3650)
  readonly MESSAGE_DAYS: number = 180;

  /** So many days after its end a lesson is kept here, of which people were reminded. */
  @Type(() => Number)
  @Count(31, 3650)
  readonly PAST_LESSON_DAYS: number = 90;

  /** So many days after it was planned a delivery to a webhook is kept that did not arrive; one that did is kept for 30 days. */
  @Type(() => Number)
  @Count(30, 3650)
  readonly WEBHOOK_DAYS: number = 90;

  /** So many days after it last registered a device is kept: Firebase forgets one after 270 itself. */
  @Type(() => Number)
  @Count(30, 3650)
  readonly PUSH_DEVICE_DAYS: number = 270;
}
