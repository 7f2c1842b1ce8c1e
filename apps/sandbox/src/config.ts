import { Count, Maybe } from '@scheduling/contracts';
import { ServiceConfig } from '@scheduling/service-kit';
import { Type } from 'class-transformer';
import { IsJSON, IsString, IsUrl } from 'class-validator';

export class SandboxConfig extends ServiceConfig {
  /** Where mail arrives and the doubles listen, and how they are called: the loopback, unless only those who are meant reach another. */
  @IsString()
  readonly DOUBLES_HOST: string = '127.0.0.1';

  /** Where mail arrives; 0 takes a free port. */
  @Type(() => Number)
  @Count(0, 65_535)
  readonly SMTP_PORT: number = 0;

  /** Where the double of Stripe listens; 0 takes a free port. */
  @Type(() => Number)
  @Count(0, 65_535)
  readonly STRIPE_PORT: number = 0;

  /** Where the double of Stripe sends its webhooks; nowhere when not set. */
  @Maybe()
  @IsUrl({ require_tld: false, require_protocol: true, protocols: ['http'] })
  readonly STRIPE_WEBHOOK_URL?: string;

  /** What the webhooks of Stripe are signed with. */
  @IsString()
  readonly STRIPE_WEBHOOK_SECRET: string = 'whsec_sandbox';

  /** Where the double of Google listens; 0 takes a free port. */
  @Type(() => Number)
  @Count(0, 65_535)
  readonly GOOGLE_PORT: number = 0;

  /** Where the double of Zoom listens; 0 takes a free port. */
  @Type(() => Number)
  @Count(0, 65_535)
  readonly ZOOM_PORT: number = 0;

  /** Where the double of FCM listens; 0 takes a free port. */
  @Type(() => Number)
  @Count(0, 65_535)
  readonly FCM_PORT: number = 0;

  /** The key file of the service account that the double of FCM takes messages from; it makes one where none is given. */
  @Maybe()
  @IsJSON()
  readonly FCM_DOUBLE_ACCOUNT?: string;

  /** Where the double of browsers' push services listens; 0 takes a free port. */
  @Type(() => Number)
  @Count(0, 65_535)
  readonly WEB_PUSH_PORT: number = 0;

  /** Where the double of Twilio listens; 0 takes a free port. */
  @Type(() => Number)
  @Count(0, 65_535)
  readonly TWILIO_PORT: number = 0;

  /** Where the double of Twilio tells of texts from phones; nowhere when not set, or when it is not over http. */
  @Maybe()
  @IsUrl({ require_tld: false, require_protocol: true, protocols: ['http', 'https'] })
  readonly TWILIO_INBOUND_URL?: string;
}
