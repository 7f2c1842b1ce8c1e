import { Malformed } from '@scheduling/contracts';
import { Refusal } from '@scheduling/domain';

/** How often, and how far apart in milliseconds, a delivery that fails is tried before it becomes a dead letter. */
export interface Patience {
  readonly attempts: number;
  readonly firstPauseMs: number;
  readonly longestPauseMs: number;
}

/** About one and a half minutes in all. */
export const PATIENCE: Patience = { attempts: 8, firstPauseMs: 200, longestPauseMs: 30_000 };

/** The pause after so many attempts: doubled each time, and up to half of it left to chance. */
export function pauseAfter(attempts: number, { firstPauseMs, longestPauseMs }: Patience): number {
  const full = Math.min(firstPauseMs * 2 ** (attempts - 1), longestPauseMs);
  return Math.ceil(full * (1 - Math.random() / 2));
}

/** Whether the same event will fail for ever: what it says is wrong, not the moment. */
export const isHopeless = (error: unknown): boolean =>
  error instanceof Malformed || (error instanceof Refusal && ['malformed', 'invalid'].includes(error.kind));

/**
 * An error without any value of the payload: its name, its code or SQLSTATE, a refusal's fixed message, bad fields' names.
 * Other messages may quote what a person wrote and stay out.
 */
export function describeFailure(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const code = 'code' in error ? ` ${String(error.code)}` : '';
  const fields = error instanceof Malformed ? ` (${Object.keys(Object(error.facts['fields'])).join(', ')})` : '';
  return `${error.name}${code}${error instanceof Refusal ? `: ${error.message}` : ''}${fields}`;
}

/** Where an error was thrown: its stack without the message. */
export const whereThrown = (error: unknown): string =>
  error instanceof Error
    ? (error.stack ?? '')
        .split('\n')
        .filter((line) => /^\s+at /.test(line))
        .join('\n')
    : '';
