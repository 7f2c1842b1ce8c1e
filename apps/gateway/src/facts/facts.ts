import { setTimeout as pause } from 'node:timers/promises';
import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { loggable } from '@scheduling/domain';
import { type Envelope, openTail } from '@scheduling/events';
import { kafkaOf } from '@scheduling/service-kit';
import { GatewayConfig } from '../config.ts';

export type FactListener = (envelope: Envelope) => void;

const RETRY_MS = 250;
const TOPICS = ['accounts', 'booking', 'notification'] as const;
type Topic = (typeof TOPICS)[number];

/** Hears what services state, on every replica, from now on: for what this process keeps in memory. */
@Injectable()
export class Facts implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(Facts.name);
  private readonly listeners = new Map<string, FactListener[]>();
  private readonly beginning: (() => void)[] = [];
  private readonly closing = new AbortController();
  private watching: Promise<() => Promise<void>> = Promise.resolve(async () => {});

  constructor(private readonly config: GatewayConfig) {}

  /** Has each fact of a service told; a listener does not throw. */
  hear(service: Topic, listener: FactListener): void {
    const topic = `scheduling.${service}`;
    this.listeners.set(topic, [...(this.listeners.get(topic) ?? []), listener]);
  }

  /** Has it told that hearing begins: what was stated until then was missed. */
  onBegin(listener: () => void): void {
    this.beginning.push(listener);
  }

  onApplicationBootstrap(): void {
    this.watching = this.watch();
  }

  async onApplicationShutdown(): Promise<void> {
    this.closing.abort();
    await (
      await this.watching
    )();
  }

  /** A log that cannot be watched yet stops nobody from being forwarded. */
  private async watch(): Promise<() => Promise<void>> {
    const log = { service: 'gateway', databaseUrl: this.config.DATABASE_URL, kafka: kafkaOf(this.config) };
    const topics = TOPICS.map((service) => `scheduling.${service}`);
    while (!this.closing.signal.aborted) {
      try {
        const stop = await openTail(log, topics, (fact) => this.tell(fact));
        for (const listener of this.beginning) listener();
        return stop;
      } catch (error) {
        this.logger.warn({ message: 'The log cannot be watched yet.', error: loggable(error) });
        await pause(RETRY_MS, undefined, { signal: this.closing.signal }).catch(() => undefined);
      }
    }
    return async () => {};
  }

  private tell(fact: Envelope): void {
    const topic = fact.type.split('.').slice(0, 2).join('.');
    for (const listener of this.listeners.get(topic) ?? []) listener(fact);
  }
}
