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

/** Whether the database had no time or no connection for the work: a later request may succeed. */
export const isOverloaded = (error: unknown): boolean =>
  [QUERY_CANCELED, TOO_MANY_CONNECTIONS, ...SHUTDOWNS].includes(cause(error).code ?? '');

/** Whether an exclusion constraint refused a row: another row has the same time. */
export const isExcluded = (error: unknown): boolean => cause(error).code === EXCLUSION_VIOLATION;

/** Whether PostgreSQL refused a row for the sake of this constraint. */
export const violates = (error: unknown, constraint: string): boolean => cause(error).constraint === constraint;
