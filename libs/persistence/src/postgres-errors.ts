import { DatabaseError } from 'pg';
import { QueryFailedError } from 'typeorm';

const DEADLOCK_DETECTED = '40P01';
const SERIALIZATION_FAILURE = '40001';
const LOCK_NOT_AVAILABLE = '55P03';
const EXCLUSION_VIOLATION = '23P01';
const QUERY_CANCELED = '57014';
const TOO_MANY_CONNECTIONS = '53300';
/** The server ends, ended or begins: the connection is gone, whatever it was doing. */
const SHUTDOWNS = ['57P01', '57P02', '57P03'];

/** What Node says of a socket that is gone. */
const BROKEN = ['ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ECONNREFUSED'];
/** What node-postgres says of one, without a code (`lib/client.js`). */
const CUT_OFF =
  /^(Connection terminated|Client has encountered a connection error and is not queryable|Client was closed)/;

interface PostgresError {
  readonly code?: string;
  readonly constraint?: string;
}

/** What PostgreSQL said, whichever layer it came through. */
function cause(error: unknown): PostgresError {
  if (error instanceof QueryFailedError) return error.driverError;
  return error instanceof DatabaseError ? error : {};
}

/** The five characters by which PostgreSQL says what went wrong; undefined where it did not say. */
export const sqlStateOf = (error: unknown): string | undefined => cause(error).code;

/** Whether the same work may well succeed when it runs again. */
export const isTransient = (error: unknown): boolean =>
  [DEADLOCK_DETECTED, SERIALIZATION_FAILURE, LOCK_NOT_AVAILABLE].includes(cause(error).code ?? '');

/** Whether the database had no time or no connection for the work, or was lost on the way: a later request may succeed. */
export const isOverloaded = (error: unknown): boolean =>
  [QUERY_CANCELED, TOO_MANY_CONNECTIONS, ...SHUTDOWNS].includes(cause(error).code ?? '') || isCutOff(error);

/** Whether the connection broke off, which PostgreSQL could say nothing of: what was sent last may have taken effect. */
function isCutOff(error: unknown): boolean {
  const { code, message } = driversOwn(error);
  return (code !== undefined && BROKEN.includes(code)) || (message !== undefined && CUT_OFF.test(message));
}

/** What the driver or Node said, without TypeORM around it. */
const driversOwn = (error: unknown): { readonly code?: string; readonly message?: string } =>
  error instanceof QueryFailedError ? error.driverError : error instanceof Error ? error : {};

/** Whether the database has no connection to spare: it answers, though not to this one. */
export const isFull = (error: unknown): boolean => cause(error).code === TOO_MANY_CONNECTIONS;

/** Whether an exclusion constraint refused a row: another row has the same time. */
export const isExcluded = (error: unknown): boolean => cause(error).code === EXCLUSION_VIOLATION;

/** Whether PostgreSQL refused a row for the sake of this constraint. */
export const violates = (error: unknown, constraint: string): boolean => cause(error).constraint === constraint;
