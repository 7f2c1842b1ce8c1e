import type { DynamicModule, Type } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { DataSourceOptions } from 'typeorm';
import type { ServiceConfig } from './config.ts';
import type { Kept } from './housekeeping.cron.ts';

/** What the route of a request is called in metrics and traces: a template, never a path with somebody's ids in it. */
export type RouteOf = (request: FastifyRequest) => string;

/** All that makes a process this service. */
export interface Service<Config extends ServiceConfig = ServiceConfig> {
  /** Its name in events; where it has a schema, also the schema's and its role's. */
  readonly name: string;
  /** What it consists of, or how its settings make it so. */
  readonly module: Type | ((config: Config) => DynamicModule);
  readonly config: Type<Config>;
  /** Its schema at a database; a service without one keeps nothing. */
  readonly schema?: (url: string) => DataSourceOptions;
  /** Which rows of its schema are of use for a while only: they are let go at night. */
  readonly housekeeping?: (config: Config) => readonly Kept[];
  /** Whether bodies reach its controllers byte for byte, as a Buffer. */
  readonly rawBody?: boolean;
  /** How it calls routes in metrics and traces, where that is not how Fastify has them. */
  readonly routeOf?: RouteOf;
}

/** States what a service is, once, for its own process, the host of all services, and tests. */
export const defineService = <Config extends ServiceConfig>(service: Service<Config>): Service<Config> => service;
