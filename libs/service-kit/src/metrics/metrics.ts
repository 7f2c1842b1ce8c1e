import { setTimeout as pause } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import { loggable } from '@scheduling/domain';
import {
  collectDefaultMetrics,
  Counter,
  type CounterConfiguration,
  Gauge,
  type GaugeConfiguration,
  Histogram,
  type HistogramConfiguration,
  type LabelValues,
  Registry,
} from 'prom-client';
import { askedOnce } from './asked-once.ts';

/** How long one figure may take to be read, in milliseconds. */
const PATIENCE_MS = 1000;

/** A value at one combination of labels. */
export interface Reading<Label extends string> {
  readonly labels: LabelValues<Label>;
  readonly value: number;
}

/** What a service counts of itself; each service has its own, since several may live in one process. */
@Injectable()
export class Metrics {
  private readonly logger = new Logger(Metrics.name);
  private readonly registry = new Registry();

  /** A number that only grows, such as `slot_cache_requests_total`. */
  counter<Label extends string>(settings: Omit<CounterConfiguration<Label>, 'registers'>): Counter<Label> {
    return new Counter({ ...settings, registers: [this.registry] });
  }

  /** How often something took how long, in seconds. */
  histogram<Label extends string>(settings: Omit<HistogramConfiguration<Label>, 'registers'>): Histogram<Label> {
    return new Histogram({ ...settings, registers: [this.registry] });
  }

  /** What is read when somebody looks; where it cannot be read within a second it is left out, and the rest is shown. */
  gauge<Label extends string>(
    settings: Omit<GaugeConfiguration<Label>, 'registers' | 'collect'>,
    read: () => Promise<readonly Reading<Label>[]> | readonly Reading<Label>[],
  ): void {
    const { logger } = this;
    // What an earlier look still waits for is not asked for again.
    const readings = askedOnce(async () => read());
    let isMissing = false;
    const gauge: Gauge<Label> = new Gauge({
      ...settings,
      registers: [this.registry],
      async collect() {
        gauge.reset();
        // Without labels it would be reset to 0, which nobody has read.
        if (!settings.labelNames?.length) gauge.remove();
        try {
          for (const { labels, value } of await inTime(readings())) gauge.set(labels, value);
          isMissing = false;
        } catch (error) {
          if (!isMissing) logger.warn({ message: `${settings.name} could not be read.`, error: loggable(error) });
          isMissing = true;
        }
      },
    });
  }

  /** All of it in Prometheus' text format, and what is known of the process. */
  text(): Promise<string> {
    return Registry.merge([this.registry, ofProcess()]).metrics();
  }

  /** What there is to see, for the documentation. */
  describe(): Promise<readonly { name: string; help: string; type: unknown }[]> {
    return this.registry.getMetricsAsJSON();
  }
}

/** Gives up waiting, so that what is known is shown to whoever looks: a database may keep us longer than they wait. */
async function inTime<T>(reading: Promise<T>): Promise<T> {
  const answered = new AbortController();
  const late = pause(PATIENCE_MS, undefined, { signal: answered.signal });
  try {
    return await Promise.race([reading, late.then(() => Promise.reject(new Error('It took too long.')))]);
  } finally {
    answered.abort();
  }
}

let processRegistry: Registry | undefined;

/** Memory, processor time and event loop: the process's, however many services are in it; observed from the first look on. */
function ofProcess(): Registry {
  if (!processRegistry) {
    processRegistry = new Registry();
    collectDefaultMetrics({ register: processRegistry });
  }
  return processRegistry;
}
