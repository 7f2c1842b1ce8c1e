/** Sorts settled attempts into what was won and why the rest was refused. */
export const outcome = <T>(attempts: PromiseSettledResult<T>[]): { won: T[]; refusals: Error[] } => ({
  won: attempts.flatMap((attempt) => (attempt.status === 'fulfilled' ? [attempt.value] : [])),
  refusals: attempts.flatMap((attempt) => (attempt.status === 'rejected' ? [attempt.reason as Error] : [])),
});

/** Lets so many attempts run at once and sorts how they ended. */
export const rush = async <T>(many: number, attempt: (i: number) => Promise<T>) =>
  outcome(await Promise.allSettled(Array.from({ length: many }, (_, i) => attempt(i))));
