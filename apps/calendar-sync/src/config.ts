import { Count, Maybe, Text } from '@scheduling/contracts';
import { MAILBOX } from '@scheduling/invitations';
import { DatabaseConfig } from '@scheduling/service-kit';
import { Type } from 'class-transformer';
import { IsString, IsUrl, Matches, ValidateBy, ValidateIf, type ValidationArguments } from 'class-validator';
import { KEYS } from './connections/key-ring.ts';

/** Stands in for an outside provider, or lets into this machine: refused in production. */
const NotInProduction = () =>
  ValidateBy({
    name: 'isNotInProduction',
    validator: {
      validate: (_value: unknown, args?: ValidationArguments) =>
        (args?.object as CalendarSyncConfig | undefined)?.NODE_ENV !== 'production',
      defaultMessage: () => '$property must not be set in production',
    },
  });

export class CalendarSyncConfig extends DatabaseConfig {
  /** How the gateway is called from outside, without a path: calendars tell us of changes there, and feeds are read there. */
  @IsUrl({ require_tld: false, require_protocol: true, protocols: ['http', 'https'] })
  readonly PUBLIC_URL: string = 'http://localhost:3000';

  /** `production` takes nothing that stands in for an outside provider. */
  @Maybe()
  @IsString()
  readonly NODE_ENV?: string;

  /** What tokens are encrypted with: `id:base64` of 32 random bytes each, with commas between; the first encrypts, all decrypt. */
  @Matches(KEYS, {
    message: '$property must be id:base64 of 32 random bytes, several with commas between, the current first',
  })
  readonly CALENDAR_TOKEN_KEYS!: string;

  /** The OAuth client that people let into their Google calendars; without it Google calendars are off. */
  @Maybe()
  @Text(1, 200)
  readonly GOOGLE_CLIENT_ID?: string;

  /** The OAuth client's secret. */
  @ValidateIf(({ GOOGLE_CLIENT_ID: id }: CalendarSyncConfig) => id !== undefined)
  @Text(1, 200)
  readonly GOOGLE_CLIENT_SECRET?: string;

  /** Where Google sends a browser back to: the gateway's `/api/v1/scheduling/auth/google/callback`, as it is registered with Google. */
  @ValidateIf(({ GOOGLE_CLIENT_ID: id }: CalendarSyncConfig) => id !== undefined)
  @IsUrl({ require_tld: false, require_protocol: true, protocols: ['http', 'https'] })
  readonly GOOGLE_REDIRECT_URI?: string;

  /** Where Google is, without a path, for tests and development; refused in production. */
  @Maybe()
  @IsUrl({ require_tld: false, require_protocol: true, protocols: ['http', 'https'] })
  @NotInProduction()
  readonly GOOGLE_API_URL?: string;

  /** The account of the Zoom app (server-to-server OAuth) that lessons take place in; without the three ZOOM settings no tutor can choose Zoom. */
  @Maybe()
  @Text(1, 200)
  readonly ZOOM_ACCOUNT_ID?: string;

  /** The Zoom app's client id. */
  @Maybe()
  @Text(1, 200)
  readonly ZOOM_CLIENT_ID?: string;

  /** The Zoom app's secret. */
  @Maybe()
  @Text(1, 200)
  readonly ZOOM_CLIENT_SECRET?: string;

  /** Where Zoom is, without a path, for tests and development; refused in production. */
  @Maybe()
  @IsUrl({ require_tld: false, require_protocol: true, protocols: ['http', 'https'] })
  @NotInProduction()
  readonly ZOOM_API_URL?: string;

  /** One origin whose calendar files may be read although it is on this machine or speaks http, for tests and development; refused in production. */
  @Maybe()
  @IsUrl({ require_tld: false, require_protocol: true, protocols: ['http', 'https'] })
  @NotInProduction()
  readonly ICS_LOCAL_ORIGIN?: string;

  /** Who calls people to lessons, as in mails about them. */
  @Matches(MAILBOX, { message: '$property must be a mailbox such as Lessons <lessons@example.org>' })
  readonly MAIL_FROM: string = 'Lessons <lessons@localhost.localdomain>';

  /** So many days after its end a lesson is kept here, with what calendars and Zoom show of it: longer than feeds look back. */
  @Type(() => Number)
  @Count(31, 3650)
  readonly PAST_LESSON_DAYS: number = 90;

  /** So many days after its end it is kept when somebody was busy. */
  @Type(() => Number)
  @Count(1, 3650)
  readonly PAST_BUSY_DAYS: number = 7;

  /** So many days it is kept which difference of a calendar was repaired. */
  @Type(() => Number)
  @Count(1, 3650)
  readonly REPAIR_DAYS: number = 90;

  /** So many hours after its time a consent is kept that was asked for. */
  @Type(() => Number)
  @Count(1, 720)
  readonly OAUTH_STATE_HOURS: number = 1;
}
