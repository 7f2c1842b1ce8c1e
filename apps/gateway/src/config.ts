import { Count, Maybe } from '@scheduling/contracts';
import { LogConfig } from '@scheduling/service-kit';
import { Transform, Type } from 'class-transformer';
import { IsDefined, IsUrl, Matches, ValidateBy, ValidateIf } from 'class-validator';
import { LIMIT_CLASSES, limitsFrom } from './limits/limits.policy.ts';

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

/** `off`, or limits that can be read. */
const LimitRules = () =>
  ValidateBy({
    name: 'limitRules',
    validator: {
      validate: (text) => text === 'off' || (typeof text === 'string' && limitsFrom(text) !== null),
      defaultMessage: () => `$property must be off, or rules such as write:120/60 of ${LIMIT_CLASSES.join(', ')}`,
    },
  });

export class GatewayConfig extends LogConfig {
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

  /** Where the gateway's own role signs in, which may only read the event log; not needed where that is in Kafka. */
  @ValidateIf(({ KAFKA_BROKERS }: GatewayConfig, url) => url !== undefined || KAFKA_BROKERS.length === 0)
  @IsDefined({ message: '$property must say where the event log is, unless KAFKA_BROKERS does' })
  @Matches(/^postgres(ql)?(\+\w+)?:\/\//)
  readonly DATABASE_URL?: string;

  /** How long a service may take to begin an answer, and to go on with one, in milliseconds. */
  @Type(() => Number)
  @Count(100, 120_000)
  readonly UPSTREAM_TIMEOUT_MS: number = 15_000;

  /** How often what may be asked: `write:120/60` lets a person write 120 times in 60 seconds, and an address five times as often; `off` for proofs and measurements. */
  @Maybe() @LimitRules() readonly RATE_LIMITS?: string;

  /** Where requests are counted for all replicas; none means that each counts for itself. */
  @Maybe()
  @Matches(/^rediss?:\/\//)
  readonly REDIS_URL?: string;

  /** How many proxies of ours stand before the gateway: so many addresses at the end of X-Forwarded-For are theirs to say. */
  @Type(() => Number)
  @Count(0, 10)
  readonly TRUSTED_PROXIES: number = 0;

  /** The origins whose pages may call the API from a browser, with commas between; none means that none may. */
  @Transform(({ value }) => String(value).split(',').filter(Boolean))
  @Matches(/^https?:\/\/[^/\s]+$/, {
    each: true,
    message: 'each of $property must be an origin such as https://app.example.org',
  })
  readonly CORS_ORIGINS: string[] = [];
}
