import { type DynamicModule, Module, type Provider, type Type } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, Reflector } from '@nestjs/core';
import { ScheduleModule } from '@nestjs/schedule';
import { getDataSourceToken, TypeOrmModule } from '@nestjs/typeorm';
import { Clock, SystemClock } from '@scheduling/domain';
import { EventLog, type EventsOptions, openLog } from '@scheduling/events';
import { Database, Probe, Ticks } from '@scheduling/persistence';
import { DataSource } from 'typeorm';
import { AuditCron } from './audit.cron.ts';
import { AuthGuard } from './auth.guard.ts';
import { DatabaseConfig, GuardedConfig, type ServiceConfig } from './config.ts';
import { HealthController } from './health.controller.ts';
import { HousekeepingCron } from './housekeeping.cron.ts';
import { kafkaOf } from './kafka-of.ts';
import { DatabaseMetrics } from './metrics/database-metrics.ts';
import { EventMetrics } from './metrics/event-metrics.ts';
import { MetricsController } from './metrics/metrics.controller.ts';
import { Metrics } from './metrics/metrics.ts';
import { ProblemFilter } from './problem.filter.ts';
import { OperatorCron } from './operator.cron.ts';
import { Readiness } from './readiness.ts';
import type { Service } from './service.ts';
import { Tokens } from './tokens.ts';

/** What every service has around its own module: settings, guard, problem answers, health, and its database if any. */
@Module({})
export class RootModule {
  /** Puts a service together; `overrides` stand last, so that a test may replace what it must. */
  static of<C extends ServiceConfig>(service: Service<C>, config: C, overrides: Provider[]): DynamicModule {
    const tokens = config instanceof GuardedConfig ? new Tokens(config) : null;
    const providers: Provider[] = [
      { provide: service.config, useValue: config },
      { provide: Clock, useClass: SystemClock },
      { provide: APP_FILTER, useClass: ProblemFilter },
      { provide: Tokens, useValue: tokens },
      Metrics,
      Readiness,
      {
        provide: APP_GUARD,
        useFactory: (reflector: Reflector) => new AuthGuard(reflector, tokens),
        inject: [Reflector],
      },
    ];
    const own = isClass(service.module) ? service.module : service.module(config);
    const imports: DynamicModule['imports'] = [own];
    const controllers: Type[] = [HealthController, MetricsController];
    if (service.schema && config instanceof DatabaseConfig) {
      // Named, because TypeORM keeps one register for a process, and the host of all services has several.
      const source = { ...service.schema(config.DATABASE_URL), name: service.name, retryAttempts: 1 };
      imports.push(TypeOrmModule.forRoot(source), ScheduleModule.forRoot());
      providers.push({ provide: DataSource, useExisting: getDataSourceToken(service.name) }, Database, Ticks);
      providers.push({ provide: Probe, useFactory: () => new Probe(config.DATABASE_URL) });
      const openOwnLog = (db: Database): EventLog => openLog(eventsOptions(service.name, config, db));
      providers.push(
        { provide: EventLog, useFactory: openOwnLog, inject: [Database] },
        DatabaseMetrics,
        EventMetrics,
        OperatorCron,
      );
      const sealer = (ticks: Ticks, db: Database) => new AuditCron(ticks, db, config.AUDIT_PRIVATE_DAYS);
      providers.push({ provide: AuditCron, useFactory: sealer, inject: [Ticks, Database] });
      const keeping = { periods: config, own: service.housekeeping?.(config) ?? [] };
      const keeper = (ticks: Ticks, db: Database, log: EventLog) => new HousekeepingCron(ticks, db, log, keeping);
      providers.push({ provide: HousekeepingCron, useFactory: keeper, inject: [Ticks, Database, EventLog] });
    }
    providers.push(...overrides);
    return {
      module: RootModule,
      global: true,
      imports,
      controllers,
      providers,
      exports: providers.filter((provider) => !isForTheApp(provider)).map(tokenOf),
    };
  }
}

/** Where a service's events are; its own code and its consumers share one log. */
export const eventsOptions = (service: string, config: DatabaseConfig, database: Database): EventsOptions => ({
  service,
  database,
  databaseUrl: config.DATABASE_URL,
  kafka: kafkaOf(config),
});

const tokenOf = (provider: Provider) => ('provide' in provider ? provider.provide : provider);
const isForTheApp = (provider: Provider): boolean =>
  'provide' in provider && [APP_FILTER, APP_GUARD].includes(String(provider.provide));

const isClass = (module: Type | ((config: never) => DynamicModule)): module is Type => 'prototype' in module;
