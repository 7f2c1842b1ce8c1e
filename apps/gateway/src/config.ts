import { Count, Maybe } from '@scheduling/contracts';
import { GuardedConfig } from '@scheduling/service-kit';
import { Type } from 'class-transformer';
import { IsUrl } from 'class-validator';

/** Where a service listens: an origin, without a path. */
const Origin = () =>
  IsUrl(
    {
      require_tld: false,
      require_protocol: true,
      require_valid_protocol: true,
      protocols: ['http', 'https'],
      allow_fragments: false,
      allow_query_components: false,
    },
    { message: '$property must be an address such as http://booking:3000' },
  );

export class GatewayConfig extends GuardedConfig {
  /** Where accounts listens. */
  @Origin() readonly ACCOUNTS_URL!: string;
  /** Where availability listens. */
  @Origin() readonly AVAILABILITY_URL!: string;
  /** Where booking listens. */
  @Origin() readonly BOOKING_URL!: string;
  /** Where calendar-sync listens. */
  @Origin() readonly CALENDAR_SYNC_URL!: string;
  /** Where notification listens. */
  @Origin() readonly NOTIFICATION_URL!: string;
  /** Where the sandbox listens; none in production. */
  @Maybe() @Origin() readonly SANDBOX_URL?: string;

  /** How long a service may take to begin an answer, and to go on with one, in milliseconds. */
  @Type(() => Number)
  @Count(100, 120_000)
  readonly UPSTREAM_TIMEOUT_MS: number = 15_000;
}
