import { Logger } from '@nestjs/common';
import { loggable } from '@scheduling/domain';
import { awaitSchema } from '@scheduling/persistence';
import { DatabaseConfig, type ServiceConfig } from './config.ts';
import { JsonLogger } from './logs/json-logger.ts';
import { EnvironmentRefused, readConfig } from './read-config.ts';
import { run } from './run.ts';
import type { Service } from './service.ts';

/** How long a process waits at its start for a database that is migrated: they may be started in any order. */
const START_PATIENCE_MS = 60_000;

/** Is the whole life of a service's own process: settings, start, and an orderly end on SIGTERM or SIGINT. */
export async function serve<C extends ServiceConfig>(service: Service<C>): Promise<void> {
  // Until it runs there is nothing to finish; process 1 of a container ignores what it does not listen to.
  let stop = (): void => process.exit(0);
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => stop());
  try {
    const config = readConfig(service.config);
    await awaitDatabase(service, config);
    const running = await run(service, config);
    stop = once(async () => {
      await running.drain(config.DRAIN_SECONDS * 1000);
      await running.close();
      process.exit(0);
    });
    process.on('SIGUSR2', () => console.log(JSON.stringify({ service: service.name, level: running.toggleDebug() })));
    console.log(JSON.stringify({ service: service.name, url: running.url, tz: process.versions.tz }));
  } catch (error) {
    // What is wrong with the environment says all there is to say; a stack would hide it.
    console.error(error instanceof EnvironmentRefused ? `${service.name} cannot start. ${error.message}` : error);
    process.exit(1);
  }
}

async function awaitDatabase<C extends ServiceConfig>(service: Service<C>, config: C): Promise<void> {
  if (!service.schema || !(config instanceof DatabaseConfig)) return;
  Logger.overrideLogger(new JsonLogger(service.name, config.LOG_LEVEL));
  const logger = new Logger('start');
  await awaitSchema(service.schema(config.DATABASE_URL), START_PATIENCE_MS, (error) =>
    logger.warn({ message: 'Waiting for the database.', error: loggable(error) }),
  );
}

const once = (work: () => Promise<void>): (() => void) => {
  let started: Promise<void> | undefined;
  return () => void (started ??= work());
};
