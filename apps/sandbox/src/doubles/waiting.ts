import { setTimeout as pause } from 'node:timers/promises';

/** Lets an answer be late; says whether the double has ended meanwhile. */
export async function waited(ms: number, end: AbortSignal): Promise<boolean> {
  if (ms > 0) await pause(ms, undefined, { signal: end }).catch(() => undefined);
  return end.aborted;
}

/** Waits until the double ends: whoever asked hears nothing, as of a provider that hangs. */
export const hung = (end: AbortSignal): Promise<void> =>
  new Promise((done) => {
    if (end.aborted) done();
    else end.addEventListener('abort', () => done(), { once: true });
  });
