import { Logger } from '@nestjs/common';
import { loggable } from '@scheduling/domain';
import { ownSchema } from '@scheduling/persistence';
import { Client } from 'pg';
import { Loop } from './loop.ts';
import type { Sink } from './sink.ts';

/** Lets the server notice within half a minute that the host of the leader is gone, and with it the lead. */
const KEEPALIVE = '-c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3';

/**
 * A move need not be on disk before the next one begins: what a crash undoes of it stands in the outbox again, and is moved again
 * under its own ids. Whoever has heard of it meanwhile has committed after it, and so has put it on disk too.
 */
const LAZY = '-c synchronous_commit=off';

/**
 * Moves facts from a service's outbox to the log. Each replica has one, and one of them leads.
 * The rows are moved over the connection that holds the lead: whoever loses the one loses the other.
 */
export class Relay {
  private readonly logger = new Logger(Relay.name);
  private readonly loop = new Loop(Relay.name, () => this.step());
  private client: Client | undefined;
  private isLeading = false;

  constructor(
    private readonly databaseUrl: string,
    private readonly schema: string,
    private readonly sink: Sink,
  ) {}

  /** Begins to move facts, or to stand by. */
  start(): void {
    this.loop.start();
  }

  /** Finishes the batch in flight and lets another replica lead. */
  async stop(): Promise<void> {
    await this.loop.stop();
    await this.disconnect();
    await this.sink.close();
  }

  private async step(): Promise<boolean> {
    try {
      const client = (this.client ??= await this.connect());
      this.isLeading ||= await this.lead(client);
      return this.isLeading && (await this.sink.move(client)) > 0;
    } catch (error) {
      await this.disconnect();
      throw error;
    }
  }

  private async connect(): Promise<Client> {
    const { url, extra } = ownSchema(this.databaseUrl, this.schema, [], []);
    const client = new Client({
      connectionString: url,
      application_name: `${this.schema} relay`,
      options: `${extra.options} ${KEEPALIVE} ${LAZY}`,
      keepAlive: true,
      keepAliveInitialDelayMillis: 10_000,
    });
    // A connection that dies while nothing is asked of it says so here only; the next step meets the same error.
    client.on('error', (error) => this.logger.warn({ message: 'The connection was lost.', error: loggable(error) }));
    await client.connect();
    return client;
  }

  private async lead(client: Client): Promise<boolean> {
    const { rows } = await client.query<{ leads: boolean }>(
      "select pg_try_advisory_lock(hashtextextended('relay ' || current_schema(), 0)) as leads",
    );
    return rows[0]!.leads;
  }

  private async disconnect(): Promise<void> {
    const { client } = this;
    this.client = undefined;
    this.isLeading = false;
    await client?.end();
  }
}
