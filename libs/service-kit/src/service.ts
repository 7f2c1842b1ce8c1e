import type { DynamicModule, Type } from '@nestjs/common';
import type { DataSourceOptions } from 'typeorm';
import type { ServiceConfig } from './config.ts';

/** All that makes a process this service. */
export interface Service<Config extends ServiceConfig = ServiceConfig> {
  /** Its name in events; where it has a schema, also the schema's and its role's. */
  readonly name: string;
  /** What it consists of, or how its settings make it so. */
  readonly module: Type | ((config: Config) => DynamicModule);
  readonly config: Type<Config>;
  /** Its schema at a database; a service without one keeps nothing. */
  readonly schema?: (url: string) => DataSourceOptions;
  /** Whether bodies reach its controllers byte for byte, as a Buffer. */
  readonly rawBody?: boolean;
}

/** States what a service is, once, for its own process, the host of all services, and tests. */
export const defineService = <Config extends ServiceConfig>(service: Service<Config>): Service<Config> => service;
