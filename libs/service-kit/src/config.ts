import { Count, Maybe, OneOf } from '@scheduling/contracts';
import { Transform, Type } from 'class-transformer';
import { IsString, IsUrl, Matches } from 'class-validator';

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

/** A process that owns a schema, states events and hears those of others. */
export class DatabaseConfig extends GuardedConfig {
  /** Where this service's own role signs in. */
  @Matches(/^postgres(ql)?(\+\w+)?:\/\//)
  readonly DATABASE_URL!: string;

  /** Host and port of each Kafka broker, with commas between; none means that the event log lives in PostgreSQL. */
  @Transform(({ value }) => String(value).split(',').filter(Boolean))
  @IsString({ each: true })
  readonly KAFKA_BROKERS: string[] = [];
}
