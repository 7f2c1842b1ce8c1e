import type { OnModuleDestroy } from '@nestjs/common';
import { Client } from 'pg';
import { plainScheme } from './own-schema.ts';
import { isFull } from './postgres-errors.ts';

/** How long the database may take to take a connection, and to answer over it, in milliseconds: less than any probe waits. */
const PATIENCE_MS = 1000;

/** Asks the database whether it is there, over a connection of its own: work may have all others, and that is no reason to get no more. */
export class Probe implements OnModuleDestroy {
  private client: Promise<Client> | null = null;
  private asked: Promise<void> | null = null;

  constructor(private readonly url: string) {}

  /** Resolves if the database answers within two seconds; throws why it does not. Who asks while one is asking is told the same. */
  ask(): Promise<void> {
    this.asked ??= this.once().finally(() => (this.asked = null));
    return this.asked;
  }

  /** Gives the connection back. */
  async onModuleDestroy(): Promise<void> {
    const client = await this.client?.catch(() => null);
    await client?.end();
  }

  private async once(): Promise<void> {
    try {
      const client = await (this.client ??= connected(this.url));
      await client.query('select 1');
    } catch (error) {
      this.drop();
      // Without a connection to spare it is there all the same, and those who have one go on.
      if (!isFull(error)) throw error;
    }
  }

  private drop(): void {
    const { client } = this;
    this.client = null;
    client?.then((gone) => gone.end()).catch(() => undefined);
  }
}

async function connected(url: string): Promise<Client> {
  const bounds = { connectionTimeoutMillis: PATIENCE_MS, query_timeout: PATIENCE_MS };
  const client = new Client({ connectionString: plainScheme(url), application_name: 'probe', ...bounds });
  // It is met by the next question.
  client.on('error', () => undefined);
  await client.connect();
  return client;
}
