import { Count, Maybe, OneOf } from '@scheduling/contracts';
import { KAFKA_MECHANISMS, type KafkaMechanism } from '@scheduling/events';
import { Transform, Type } from 'class-transformer';
import { IsString, IsUrl, Matches, ValidateBy, type ValidationArguments } from 'class-validator';

/** What every process reads from its environment. */
export class ServiceConfig {
  /** The port to listen on; 0 takes a free one. */
  @Type(() => Number)
  @Count(0, 65_535)
  readonly PORT: number = 3000;

  /** The address to listen on. */
  @IsString()
  readonly HOST: string = '0.0.0.0';

  /** The least severe lines that are logged. */
  @OneOf(['debug', 'log', 'warn', 'error'])
  readonly LOG_LEVEL: 'debug' | 'log' | 'warn' | 'error' = 'log';

  /** For so many seconds after SIGTERM it still serves, while `/health/ready` says no: as long as whoever sends requests takes to notice. */
  @Type(() => Number)
  @Count(0, 60)
  readonly DRAIN_SECONDS: number = 0;

  /** Where traces are sent by OTLP over HTTP, as OpenTelemetry's other `OTEL_*` variables say; none means that nothing is traced. */
  @Maybe()
  @IsUrl({ require_tld: false, require_protocol: true, protocols: ['http', 'https'] })
  readonly OTEL_EXPORTER_OTLP_ENDPOINT?: string;

  /** The whole address that traces are sent to, where it is not `/v1/traces` below the one above. */
  @Maybe()
  @IsUrl({ require_tld: false, require_protocol: true, protocols: ['http', 'https'] })
  readonly OTEL_EXPORTER_OTLP_TRACES_ENDPOINT?: string;

  /** Where what is logged as an error is reported too, as Sentry's DSN says; none means that it is only logged. */
  @Maybe()
  @IsUrl({ require_tld: false, require_protocol: true, protocols: ['http', 'https'] })
  readonly SENTRY_DSN?: string;
}

/** A process that lets in whoever has a token of this issuer. */
export class GuardedConfig extends ServiceConfig {
  /** The OpenID provider; its keys are found by `/.well-known/openid-configuration` below this address. */
  @IsUrl({ require_tld: false, require_protocol: true, protocols: ['http', 'https'] })
  readonly AUTH_ISSUER!: string;

  /** The audience that a token must name; none means that any will do. */
  @Maybe()
  @IsString()
  readonly AUTH_AUDIENCE?: string;
}

const TOO_SHORT = '$property must be more than EVENT_LOG_DAYS';
const isLongerThanLog = (value: unknown, args?: ValidationArguments): boolean =>
  Number(value) > Number((args?.object as DatabaseConfig | undefined)?.EVENT_LOG_DAYS);

/** Both are set, or neither is. */
const GoesWith = (other: string) =>
  ValidateBy({
    name: 'goesWith',
    validator: {
      validate: (value, args) => (value === undefined) === ((args!.object as never)[other] === undefined),
      defaultMessage: () => `$property and ${other} are set together`,
    },
  });

// Whoever names certificates means to be asked by TLS.
const NO_TLS = '$property is of no use while KAFKA_TLS is off';
const isByTls = (_: unknown, args?: ValidationArguments): boolean => (args!.object as LogConfig).KAFKA_TLS === 'on';

/** A process that hears events. */
export class LogConfig extends GuardedConfig {
  /** Host and port of each Kafka broker, with commas between; none means that the event log lives in PostgreSQL. */
  @Transform(({ value }) => String(value).split(',').filter(Boolean))
  @IsString({ each: true })
  readonly KAFKA_BROKERS: string[] = [];

  /** Whether brokers are asked by TLS; `off` is for a network that nobody else is in. */
  @OneOf(['on', 'off'])
  readonly KAFKA_TLS: 'on' | 'off' = 'off';

  /** The certificates that may have signed the brokers', in PEM; none means those that Node.js trusts. */
  @Maybe()
  @Matches(/-----BEGIN CERTIFICATE-----/, { message: '$property must be certificates in PEM' })
  @ValidateBy({ name: 'isUsed', validator: { validate: isByTls, defaultMessage: () => NO_TLS } })
  readonly KAFKA_CA?: string;

  /** As whom the process signs in to the brokers, by SASL; none means that they ask nobody. */
  @Maybe()
  @IsString()
  readonly KAFKA_USERNAME?: string;

  /** The password of that user. */
  @GoesWith('KAFKA_USERNAME')
  readonly KAFKA_PASSWORD?: string;

  /** How the password is shown to the brokers. */
  @OneOf([...KAFKA_MECHANISMS])
  readonly KAFKA_SASL_MECHANISM: KafkaMechanism = 'scram-sha-512';
}

/** A process that owns a schema, states events and hears those of others. */
export class DatabaseConfig extends LogConfig {
  /** Where this service's own role signs in. */
  @Matches(/^postgres(ql)?(\+\w+)?:\/\//)
  readonly DATABASE_URL!: string;

  /** So many days the audit trail keeps from which address and why something was done; who did what stays. */
  @Type(() => Number)
  @Count(1, 3650)
  readonly AUDIT_PRIVATE_DAYS: number = 90;

  /**
   * So many days the event log in PostgreSQL keeps what every group has passed; the newest state of each person stays. Kafka keeps as long
   * as its topics say.
   */
  @Type(() => Number)
  @Count(1, 3650)
  readonly EVENT_LOG_DAYS: number = 7;

  /** So many days it is known which event was received: longer than any log keeps it, since what is forgotten would take effect again. */
  @Type(() => Number)
  @Count(2, 3650)
  @ValidateBy({ name: 'isLongerThanLog', validator: { validate: isLongerThanLog, defaultMessage: () => TOO_SHORT } })
  readonly INBOX_DAYS: number = 14;

  /** So many days a dead letter is kept after it was settled, as what operators asked of groups is once it is done; one that is not is kept. */
  @Type(() => Number)
  @Count(1, 3650)
  readonly DEAD_LETTER_DAYS: number = 30;

  /** So many hours the answer to a request with an Idempotency-Key is kept: a later repeat is a new request. */
  @Type(() => Number)
  @Count(24, 8760)
  readonly IDEMPOTENCY_HOURS: number = 48;
}
