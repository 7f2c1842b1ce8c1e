import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Injectable, Logger } from '@nestjs/common';
import { loggable, Clock } from '@scheduling/domain';
import type { ServiceName } from '../routing/routes.policy.ts';
import { Upstreams } from '../routing/upstreams.ts';
import { inFullWords, mergeOpenApi, type OpenApi } from './openapi.policy.ts';

const KEPT_MS = 5000;
const PATIENCE_MS = 3000;

@Injectable()
export class DocsService {
  private readonly logger = new Logger(DocsService.name);
  private last?: { readonly until: number; readonly document: Promise<object> };

  constructor(
    private readonly upstreams: Upstreams,
    private readonly clock: Clock,
  ) {}

  /** The description of the whole public API, asked of the services again when it is older than 5 seconds. */
  async openApi(): Promise<object> {
    const now = this.clock.now().getTime();
    if (!this.last || this.last.until <= now) this.last = { until: now + KEPT_MS, document: this.collect() };
    return this.last.document;
  }

  private async collect(): Promise<object> {
    const ask = async (service: ServiceName) => ({ service, document: await this.ask(service) });
    const live = mergeOpenApi(await Promise.all(this.upstreams.names.map(ask)), this.upstreams.routes);
    return inFullWords(live, released());
  }

  /** A service that does not answer is left out, and the document says so. */
  private async ask(service: ServiceName): Promise<OpenApi | null> {
    try {
      const address = `${this.upstreams.originOf(service)}/openapi.json`;
      const answer = await fetch(address, { signal: AbortSignal.timeout(PATIENCE_MS) });
      if (!answer.ok) throw new Error(`${address} answered ${answer.status}`);
      return (await answer.json()) as OpenApi;
    } catch (error) {
      this.logger.warn({ message: `no description of ${service}`, error: loggable(error) });
      return null;
    }
  }
}

/** The committed document, as far from the sources as from what is built of them. */
const released = (): OpenApi => JSON.parse(readFileSync(join(__dirname, '../../../../docs/openapi.json'), 'utf8'));
