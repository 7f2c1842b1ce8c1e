/** An error as it may stand in a log. */
export interface Loggable {
  readonly name: string;
  /** Left out where it may quote what a person wrote. */
  readonly message?: string;
  /** An error code, for instance PostgreSQL's SQLSTATE or Node's `ECONNREFUSED`. */
  readonly code?: string;
  readonly constraint?: string;
  /** Where it was thrown. */
  readonly stack?: string;
  readonly cause?: Loggable;
}

const DEEPEST_CAUSE = 3;

/**
 * What of an error may be logged: everything, unless a database said it. PostgreSQL's messages, details and parameters
 * quote rows, and rows are about people; its code, the constraint and the place say what went wrong.
 */
export function loggable(error: unknown, depth = 0): Loggable {
  if (!(error instanceof Error)) return { name: typeof error };
  const { name, message, cause } = error;
  return {
    name,
    ...(!isOfDatabase(error) && { message }),
    ...textOf(error, 'code'),
    ...textOf(error, 'constraint'),
    stack: placesIn(error.stack ?? ''),
    ...(cause !== undefined && depth < DEEPEST_CAUSE && { cause: loggable(cause, depth + 1) }),
  };
}

/** The driver's errors carry a severity, TypeORM's the driver's error. */
const isOfDatabase = (error: Error): boolean => 'severity' in error || 'driverError' in error;

const textOf = (error: Error, field: 'code' | 'constraint'): object =>
  field in error ? { [field]: String(Object(error)[field]) } : {};

const placesIn = (stack: string): string =>
  stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .join('\n');
