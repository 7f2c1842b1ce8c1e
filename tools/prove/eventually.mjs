import { setTimeout as pause } from 'node:timers/promises';

/** Asks until it hears something true, which it answers; after so many seconds it gives up, and answers what it heard last. */
export async function eventually(ask, { seconds, every = 100, signal }) {
  const until = performance.now() + seconds * 1000;
  for (;;) {
    signal?.throwIfAborted();
    const answer = await ask();
    if (answer || performance.now() > until) return answer;
    await pause(every, undefined, { signal });
  }
}
