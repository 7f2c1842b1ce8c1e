import type { ServiceConfig } from './config.ts';
import { readConfig } from './read-config.ts';
import { run } from './run.ts';
import type { Service } from './service.ts';

/** Is the whole life of a service's own process: settings, start, and an orderly end on SIGTERM or SIGINT. */
export async function serve<C extends ServiceConfig>(service: Service<C>): Promise<void> {
  try {
    const running = await run(service, readConfig(service.config));
    const stop = once(async () => {
      await running.close();
      process.exit(0);
    });
    process.on('SIGTERM', stop).on('SIGINT', stop);
    console.log(JSON.stringify({ service: service.name, url: running.url, tz: process.versions.tz }));
  } catch (error) {
    console.error(error);
    process.exit(1);
  }
}

const once = (work: () => Promise<void>): (() => void) => {
  let started: Promise<void> | undefined;
  return () => void (started ??= work());
};
