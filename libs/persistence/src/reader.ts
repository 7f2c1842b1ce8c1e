import { DataSource } from 'typeorm';
import { Database } from './database.ts';
import { readerOf } from './own-schema.ts';

/** A database of which one only reads what all services share. */
export interface OpenReader {
  readonly database: Database;
  readonly close: () => Promise<void>;
}

/** Signs in to a database as a role without a schema of its own. */
export async function openReader(url: string, name: string): Promise<OpenReader> {
  const source = await new DataSource(readerOf(url, name)).initialize();
  return { database: new Database(source), close: () => source.destroy() };
}
