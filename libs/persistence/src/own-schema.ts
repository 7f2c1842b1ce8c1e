import type { EventEmitter } from 'node:events';
import { type DataSourceOptions, DefaultNamingStrategy, type MixedList } from 'typeorm';
import { AuditTrail1795740000001 } from './audit.migration.ts';
import { ErasedPeople1795920000001 } from './erased-people.migration.ts';
import { Foundation1795338000000 } from './foundation.migration.ts';
import { Housekeeping1795830000001 } from './housekeeping.migration.ts';
import { OperatorRequests1795830000002 } from './operator-requests.migration.ts';

type Classes = (new () => object)[];

/** Connections of one process to its schema; a batch job, the consumers and the requests share them. */
const POOL_SIZE = 5;

/** Bounds on every statement: a lock or a plan gone wrong ends as an error, never as a hanging request. */
const BOUNDS = ['lock_timeout=4s', 'statement_timeout=15s', 'idle_in_transaction_session_timeout=30s'];

/**
 * Every statement goes by an index where there is one. A prepared statement keeps the plan that it got first, and on the empty
 * table of a new installation that is to read all of it: fine then, and ruinous a minute later.
 */
const PLANS = ['enable_seqscan=off'];

/** `startAt` in code is `start_at` in SQL. */
class SnakeCase extends DefaultNamingStrategy {
  override columnName(property: string, custom: string | undefined): string {
    return custom ?? property.replace(/[A-Z]/g, (capital) => `_${capital.toLowerCase()}`);
  }
}

/**
 * A service's data source: it sees its own schema, whose name is therefore never written in SQL.
 * `public` is there for the operators of btree_gist.
 */
export const ownSchema = (
  url: string,
  schema: string,
  entities: Classes,
  migrations: Classes,
): DataSourceOptions & { type: 'postgres' } => ({
  type: 'postgres',
  url: plainScheme(url),
  applicationName: schema,
  schema,
  poolSize: POOL_SIZE,
  extra: {
    options: [`search_path=${schema},public`, ...BOUNDS, ...PLANS].map((setting) => `-c ${setting}`).join(' '),
    connectionTimeoutMillis: 10_000,
    // Statements that are asked for without waiting in between travel together.
    pipeline: true,
    onConnect: keepTheProcess,
  },
  entities,
  migrations: [
    Foundation1795338000000,
    AuditTrail1795740000001,
    Housekeeping1795830000001,
    OperatorRequests1795830000002,
    ErasedPeople1795920000001,
    ...migrations,
  ] as MixedList<Function>,
  namingStrategy: new SnakeCase(),
  synchronize: false,
});

/** The data source of a role that owns nothing: two connections, and the same bounds. */
export const readerOf = (url: string, name: string): DataSourceOptions & { type: 'postgres' } => ({
  type: 'postgres',
  url: plainScheme(url),
  applicationName: name,
  poolSize: 2,
  extra: {
    options: [...BOUNDS, ...PLANS].map((setting) => `-c ${setting}`).join(' '),
    connectionTimeoutMillis: 10_000,
    onConnect: keepTheProcess,
  },
});

/**
 * A connection may die in the instant in which it passes from the pool to a transaction. Its error, which whoever uses it
 * meets anyway, would then be nobody's and end the process.
 */
const keepTheProcess = (connection: EventEmitter): void => void connection.on('error', () => {});

/** `postgresql+asyncpg://` is how the specification's environment writes it; the part after the plus is a driver's name. */
export const plainScheme = (url: string): string => url.replace(/^(postgres(?:ql)?)\+\w+:/, '$1:');
